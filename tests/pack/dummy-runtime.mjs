// Stands where an unpacked Electron would lie while packaging is checked: no program, but with all that packaging
// changes in one, above all the fuse wire (electronjs.org/docs/latest/tutorial/fuses) with Electron's own defaults.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { plist, resedit } from "./builder-tools.mjs";

/** What @electron/fuses looks for, then the version and the number of fuses, then a character each. */
const fuseWire = Buffer.concat([
  Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
  Buffer.from([1, 9]),
  Buffer.from("101100011"),
]);

const write = (path, content) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o755 });
};

/** A Windows program without code: version information, and the fuse wire as a resource. */
const windowsProgram = () => {
  const { NtExecutable, NtExecutableResource, Resource } = resedit;
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const language = { lang: 1033, codepage: 1200 };
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues(language, { ProductName: "Electron" });
  version.outputToResourceEntries(resources.entries);
  resources.entries.push({ ...language, type: 10, id: 1, bin: Uint8Array.from(fuseWire).buffer });
  resources.outputResource(program);
  return Buffer.from(program.generate());
};

const writeLinux = (directory) => write(join(directory, "electron"), fuseWire);

const writeWindows = (directory) => write(join(directory, "electron.exe"), windowsProgram());

const writeMac = (directory) => {
  const app = (...path) => join(directory, "Electron.app/Contents", ...path);
  const helpers = ["", " (GPU)", " (Plugin)", " (Renderer)"].map(
    (kind) => `Electron Helper${kind}`,
  );
  write(app("Info.plist"), plist.build({ CFBundleExecutable: "Electron" }));
  write(app("MacOS/Electron"), "");
  write(app("Frameworks/Electron Framework.framework/Electron Framework"), fuseWire);
  for (const helper of helpers) {
    const contents = app("Frameworks", `${helper}.app/Contents`);
    write(join(contents, "Info.plist"), plist.build({ CFBundleExecutable: helper }));
    write(join(contents, "MacOS", helper), "");
  }
  for (const locale of ["en", "zh_CN", "ja"])
    mkdirSync(app("Resources", `${locale}.lproj`), { recursive: true });
};

/** @type {Record<import("../../scripts/packager.mjs").System, (directory: string) => void>} */
const writers = { linux: writeLinux, win32: writeWindows, darwin: writeMac };

/**
 * @param {import("../../scripts/packager.mjs").System} system
 * @param {string} directory
 */
export const writeDummyRuntime = (system, directory) => {
  writers[system](directory);
  write(join(directory, "LICENSE"), "Electron's");
  write(join(directory, "LICENSES.chromium.html"), "Chromium's");
  mkdirSync(join(directory, "resources"), { recursive: true });
};
