// The libraries that electron-builder itself packages with, at the versions that it uses.
import { createRequire } from "node:module";

const fromHere = createRequire(import.meta.url);
const fromBuilder = createRequire(fromHere.resolve("electron-builder/package.json"));
const load = createRequire(fromBuilder.resolve("app-builder-lib/package.json"));

/** @type {{ listPackage(archive: string): string[], extractAll(archive: string, directory: string): void }} */
export const asar = load("@electron/asar");
/** @type {{ getCurrentFuseWire(app: string): Promise<Record<string, number | string>> }} */
export const fuses = load("@electron/fuses");
/** @type {{ parse(text: string): Record<string, unknown>, build(value: object): string }} */
export const plist = load("plist");
export const resedit = load("resedit");

const { LinuxTargetHelper } = load("app-builder-lib/out/targets/LinuxTargetHelper.js");

/**
 * The desktop entry that AppImage and deb get.
 * @param {{ packager: { platformSpecificBuildOptions: object } }} context of the `afterPack` hook
 * @returns {Promise<string>}
 */
export const desktopEntry = ({ packager }) =>
  new LinuxTargetHelper(packager).computeDesktopEntry(packager.platformSpecificBuildOptions);

/**
 * What Windows shows of a program.
 * @param {Buffer} program
 * @returns {{ strings: Record<string, string>, iconSidesPx: number[], integrity: { file: string, alg: string }[] }}
 */
export const windowsFacts = (program) => {
  const { NtExecutable, NtExecutableResource, Resource } = resedit;
  const { entries } = NtExecutableResource.from(NtExecutable.from(program));
  const [version] = Resource.VersionInfo.fromEntries(entries);
  const [language] = version.getAllLanguagesForStringValues();
  const [group] = Resource.IconGroupEntry.fromEntries(entries);
  const integrity = entries.find(({ type, id }) => type === "INTEGRITY" && id === "ELECTRONASAR");
  return {
    strings: version.getStringValues(language),
    iconSidesPx: group.icons.map(({ width }) => width || 256),
    integrity: JSON.parse(Buffer.from(integrity.bin).toString()),
  };
};
