// Packages the app with electron-builder, as electron-builder.yml says.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.mjs";

/** @typedef {"linux" | "win32" | "darwin"} System */
/** @typedef {"x64" | "arm64"} Arch */

/** How electron-builder names them, where its settings say `${os}`. */
const builderNames = { linux: "linux", win32: "win", darwin: "mac" };

/**
 * Puts an SFU worker where electron-builder.yml takes it from. Returns what takes it away again.
 * @param {{ system: System, arch: Arch, worker: string }} staged `worker` is a file
 */
export const stageWorker = ({ system, arch, worker }) => {
  const directory = join(root, "out/sfu-worker", `${builderNames[system]}-${arch}`);
  const name = system === "win32" ? "mediasoup-worker.exe" : "mediasoup-worker";
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  copyFileSync(worker, join(directory, name));
  return () => rmSync(directory, { recursive: true, force: true });
};

/**
 * Packages for one system. Without `kinds` it makes what electron-builder.yml lists for it; a directory is the app
 * without an installer.
 * @param {{ system: System, arches: Arch[], kinds?: string[], settings?: object }} wanted
 *   `settings` are laid over electron-builder.yml
 * @returns {Promise<string[]>} the files made
 */
export const packageApp = async ({ system, arches, kinds = [], settings = {} }) => {
  const { Arch, Platform, build } = await import("electron-builder");
  const platforms = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC };
  return build({
    projectDir: root,
    targets: new Map([
      [platforms[system], new Map(arches.map((arch) => [Arch[arch], [...kinds]]))],
    ]),
    publish: "never",
    config: settings,
  });
};

/**
 * What of a package the releasing party decides, from its environment: where updates come from (ANCHOR_UPDATE_URL), and
 * who answers for the Debian package (ANCHOR_HOMEPAGE, ANCHOR_MAINTAINER: "Name <mail address>").
 * @param {NodeJS.ProcessEnv} env
 */
export const releaseSettings = (env) => ({
  ...(env.ANCHOR_UPDATE_URL && { publish: { provider: "generic", url: env.ANCHOR_UPDATE_URL } }),
  ...(env.ANCHOR_HOMEPAGE && { extraMetadata: { homepage: env.ANCHOR_HOMEPAGE } }),
  ...(env.ANCHOR_MAINTAINER && { linux: { maintainer: env.ANCHOR_MAINTAINER } }),
});
