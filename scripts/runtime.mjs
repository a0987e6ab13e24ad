// What runs the app: Electron where it can be had, else the stand-in over Debian's Chromium.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { answers } from "./download.mjs";
import { Failure } from "./failure.mjs";
import { cacheDir, locked, node24, readJson, root } from "./project.mjs";
import { runTool } from "./tool.mjs";

/** @typedef {"electron" | "stand-in"} Runtime */

const electronDir = join(root, "node_modules/electron");
const version = () => locked("electron").version;
const stallMs = 20_000;
const answerMs = 8000;
/** A download that failed is tried again after a day, or at once from another mirror. */
const failureCountsMs = 24 * 60 * 60 * 1000;

const mirror = () =>
  process.env.npm_config_electron_mirror ||
  process.env.ELECTRON_MIRROR ||
  "https://github.com/electron/electron/releases/download/";
const failurePath = () => join(cacheDir, `electron-${version()}.failed.json`);

const readIfThere = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** The Electron binary, as node_modules/electron/install.js leaves it; undefined where there is none. */
export const electronBinary = () => {
  const path = readIfThere(join(electronDir, "path.txt"));
  const binary = join(electronDir, "dist", path);
  const isThere =
    path !== "" &&
    readIfThere(join(electronDir, "dist/version")).replace(/^v/, "") === version() &&
    existsSync(binary);
  return isThere ? binary : undefined;
};

/** Why the last try to download Electron failed, where that still counts. */
export const knownElectronFailure = (nowMs = Date.now()) => {
  if (!existsSync(failurePath())) return undefined;
  const failure = readJson(failurePath());
  const counts = failure.mirror === mirror() && nowMs - failure.atMs < failureCountsMs;
  return counts
    ? `${failure.why}, tried ${new Date(failure.atMs).toLocaleString("sv")}`
    : undefined;
};

const viaProxy = () => Boolean(process.env.HTTPS_PROXY || process.env.https_proxy);

/** A guess, early enough for the choice of system packages: whether Electron's server answers. */
export const electronSeemsReachable = (signal) =>
  viaProxy() ? Promise.resolve(true) : answers(mirror(), { signal, stallMs: answerMs });

const sizeOf = (directory) =>
  readdirSync(directory, { recursive: true })
    .map((name) => statSync(join(directory, name), { throwIfNoEntry: false }))
    .reduce((sum, stat) => sum + (stat?.isFile() ? stat.size : 0), 0);

/**
 * Tries once to download Electron by its own install.js (which honours ELECTRON_MIRROR, uses the
 * user's cache and compares checksums), and gives up when nothing came for a while.
 * Gives why it failed; undefined where Electron is there.
 */
export const installElectron = async ({ log, signal, progress, conclude }) => {
  const scratch = join(cacheDir, `electron-download.${process.pid}`);
  const controller = new AbortController();
  const stop = () => controller.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  let grownMs = Date.now();
  let size = 0;
  const watch = setInterval(() => {
    const sizeNow =
      sizeOf(scratch) +
      (existsSync(join(electronDir, "dist")) ? sizeOf(join(electronDir, "dist")) : 0);
    if (sizeNow !== size) grownMs = Date.now();
    size = sizeNow;
    progress(`${Math.round(size / 1e6)} MB`);
    if (Date.now() - grownMs > stallMs) controller.abort(new Error("nothing came"));
  }, 1000);
  try {
    mkdirSync(scratch, { recursive: true });
    await runTool(node24, [join(electronDir, "install.js")], {
      log,
      signal: controller.signal,
      env: {
        TMPDIR: scratch,
        TEMP: scratch,
        ELECTRON_GET_NO_PROGRESS: "1",
        NODE_USE_ENV_PROXY: "1",
      },
    });
    rmSync(failurePath(), { force: true });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const why = /\b\w*Error: (.+)/.exec(String(error.cause ?? ""))?.[1] ?? error.message;
    conclude("could not be downloaded");
    writeFileSync(failurePath(), JSON.stringify({ mirror: mirror(), why, atMs: Date.now() }));
    return why;
  } finally {
    clearInterval(watch);
    signal.removeEventListener("abort", stop);
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** Fails where nothing can stand in for Electron. */
export const requireStandInSystem = () => {
  if (process.platform === "linux") return;
  throw new Failure(
    `Electron ${version()} cannot be downloaded: check the network, or set ELECTRON_MIRROR, and try again`,
  );
};

/** The sentence with which a start on the stand-in begins. */
export const standInNotice = (why) =>
  `For development only: runs on Chromium in place of Electron ${version()}, which could not be downloaded from ${mirror()} (${why}); ELECTRON_MIRROR names another server.`;

/** The command that starts the app. */
export const appCommand = (runtime, flags) => {
  if (runtime === "stand-in")
    return [
      node24,
      [
        "--import",
        join(root, "tests/electron-stand-in/register.mjs"),
        join(root, "out/main/index.js"),
        ...flags,
      ],
    ];
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.platform === "linux" && process.getuid() === 0;
  return [electronBinary(), [root, ...flags, ...(asRoot ? ["--no-sandbox"] : [])]];
};
