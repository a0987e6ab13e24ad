// mediasoup's worker: downloaded where it can be had, else built; cached outside the tree.
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { basename, dirname, join } from "node:path";
import { download } from "./download.mjs";
import { Failure, explain } from "./failure.mjs";
import { cacheDir, locked, root } from "./project.mjs";
import { runTool } from "./tool.mjs";

const recipe = join(root, "scripts/build-sfu-worker.sh");
const stallMs = 20_000;

const cachedPath = () =>
  join(
    cacheDir,
    `mediasoup-worker-${locked("mediasoup").version}-${process.platform}-${process.arch}`,
    process.platform === "win32" ? "mediasoup-worker.exe" : "mediasoup-worker",
  );

/** Where the worker is, or will be once set-up is done: what mediasoup reads as MEDIASOUP_WORKER_BIN. */
export const sfuWorkerPath = () => process.env.MEDIASOUP_WORKER_BIN || cachedPath();

/** Says how the file beside it came to be: "download", or the recipe that built it. */
const originPath = (worker) => join(dirname(worker), "origin");
const recipeHash = () => createHash("sha256").update(readFileSync(recipe)).digest("hex");

/**
 * Whether a worker runs on this machine. Started without the environment that mediasoup gives it,
 * a worker exits with status 41: mediasoup's own install script checks its download that way.
 * @param {string} worker
 * @returns {Promise<boolean>}
 */
export const workerRuns = (worker) =>
  new Promise((resolve) => {
    const child = spawn(worker, [], { env: {}, stdio: "ignore", timeout: 10_000 });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 41));
  });

export const sfuWorkerIsReady = async () => {
  const worker = sfuWorkerPath();
  if (worker !== cachedPath()) {
    if (await workerRuns(worker)) return true;
    throw new Failure(`MEDIASOUP_WORKER_BIN (${worker}) does not run here: unset it and try again`);
  }
  if (!existsSync(worker) || !existsSync(originPath(worker))) return false;
  const origin = readFileSync(originPath(worker), "utf8").trim();
  return (origin === "download" || origin === recipeHash()) && (await workerRuns(worker));
};

const keep = (worker, origin) => {
  rmSync(originPath(cachedPath()), { force: true });
  renameSync(worker, cachedPath());
  writeFileSync(originPath(cachedPath()), `${origin}\n`);
};

/** A directory beside the worker, gone afterwards. */
const inScratch = async (action) => {
  const scratch = join(dirname(cachedPath()), `new.${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    return await action(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** The release's file for this system, by the name that mediasoup's npm-scripts.mjs gives it. */
export const workerUrl = (version, system) => {
  const kernel = system.platform === "linux" ? `-kernel${system.release.split(".")[0]}` : "";
  const base = system.base || "https://github.com/versatica/mediasoup/releases/download";
  return `${base}/${version}/mediasoup-worker-${version}-${system.platform}-${system.arch}${kernel}.tgz`;
};

/**
 * Downloads the release's worker of this system for `arch` into `directory`, and gives its path; undefined where it
 * cannot be had.
 */
export const downloadRelease = async (arch, directory, { log, signal }) => {
  const url = workerUrl(locked("mediasoup").version, {
    platform: process.platform,
    arch,
    release: release(),
    base: process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL,
  });
  log.write(`\nGET ${url}\n`);
  let archive;
  try {
    archive = await download(url, { signal, stallMs });
  } catch (error) {
    signal.throwIfAborted();
    log.write(`${error.message}: ${error.cause?.message ?? ""}\n`);
    return undefined;
  }
  writeFileSync(join(directory, "worker.tgz"), archive);
  await runTool("tar", ["-xzf", join(directory, "worker.tgz"), "-C", directory], { log, signal });
  return join(directory, basename(cachedPath()));
};

/** Tries once to download the worker. False where it cannot be had, or does not run here. */
export const downloadSfuWorker = ({ log, signal, progress, conclude }) => {
  progress("looking for a prebuilt one");
  return inScratch(async (scratch) => {
    const worker = await downloadRelease(process.arch, scratch, { log, signal });
    if (worker === undefined) return false;
    if (!(await workerRuns(worker))) {
      log.write("the prebuilt worker does not run on this system\n");
      return false;
    }
    keep(worker, "download");
    conclude("downloaded");
    return true;
  });
};

/** Builds the worker; the packages of "sfu-build" must be there. */
export const buildSfuWorker = async ({ log, signal, progress, conclude }) => {
  if (process.platform !== "linux")
    throw new Failure(
      "mediasoup's worker cannot be downloaded: check the network, or set MEDIASOUP_WORKER_BIN to one, and try again",
    );
  const { version, integrity } = locked("mediasoup");
  progress("fetching its sources");
  await inScratch(async (scratch) => {
    const worker = join(scratch, "mediasoup-worker");
    try {
      await runTool("bash", [recipe, worker, version, integrity], {
        log,
        signal,
        onLine: (line) => {
          const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
          if (done) progress(`compiling ${done} of ${total}`);
        },
      });
    } catch (error) {
      if (signal.aborted) throw error;
      const why = explain(String(error.cause ?? ""), {
        source: "what mediasoup's worker is built from",
      });
      throw new Failure(
        why ??
          "mediasoup's worker could not be built: see the log, or set MEDIASOUP_WORKER_BIN to one, and try again",
        { cause: error },
      );
    }
    if (!(await workerRuns(worker)))
      throw new Failure(
        "mediasoup's worker was built but does not run here: set MEDIASOUP_WORKER_BIN to one that does",
      );
    keep(worker, recipeHash());
    conclude("built");
  });
};
