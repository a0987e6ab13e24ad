// Where things are: read by every script that runs before the install, so no dependencies.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

const windows = process.platform === "win32";

/** The Node 24 that runs the app's own code, from the npm package `node`. */
export const node24 = join(root, "node_modules/node/bin", windows ? "node.exe" : "node");

/** What outlives a checkout: the SFU worker, what is known of Electron's download. */
export const cacheDir = join(
  process.env.XDG_CACHE_HOME || (windows && process.env.LOCALAPPDATA) || join(homedir(), ".cache"),
  "anchor-studio",
);

export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** package-lock.json's entry of a package: `{ version, integrity, … }`. */
export const locked = (name) =>
  readJson(join(root, "package-lock.json")).packages[`node_modules/${name}`];
