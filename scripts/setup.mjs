// Set-up: provides what a command needs, side by side where it can, and skips what is there.
import { existsSync, mkdirSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { buildApp, staleTargets } from "./app-build.mjs";
import { hasDisplay, startDisplay } from "./display.mjs";
import { Failure } from "./failure.mjs";
import { createLog } from "./log.mjs";
import { installNpmPackages, npmPackagesAreThere } from "./npm-packages.mjs";
import { cacheDir, root } from "./project.mjs";
import {
  electronBinary,
  electronSeemsReachable,
  installElectron,
  knownElectronFailure,
  requireStandInSystem,
} from "./runtime.mjs";
import {
  buildSfuWorker,
  downloadSfuWorker,
  sfuWorkerIsReady,
  sfuWorkerPath,
} from "./sfu-worker.mjs";
import { createSteps, formatDuration } from "./steps.mjs";
import { installPackages, lackingPackages } from "./system-packages.mjs";

const supported = {
  linux: ["x64", "arm64"],
  darwin: ["x64", "arm64"],
  win32: ["x64", "arm64"],
};
const gigabyte = 1e9;

const checkSystem = () => {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw new Failure(
      `Node ${process.versions.node} is too old: install Node 20 or newer and try again`,
    );
  if (!supported[process.platform]?.includes(process.arch))
    throw new Failure(
      `${process.platform} on ${process.arch} is not supported: use Linux, macOS or Windows on a 64-bit x86 or ARM machine`,
    );
  if (existsSync("/etc/alpine-release"))
    throw new Failure(
      "Alpine Linux (musl) is not supported: use a system with glibc, such as Debian 12",
    );
};

const checkSpace = (directory, neededGb) => {
  mkdirSync(directory, { recursive: true });
  const { bavail, bsize } = statfsSync(directory);
  const freeGb = (bavail * bsize) / gigabyte;
  if (freeGb < neededGb)
    throw new Failure(
      `${directory} has ${freeGb.toFixed(1)} GB free, set-up needs ${neededGb} GB: make some room and try again`,
    );
};

const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A display that starts while the rest is checked, and is closed when that fails. */
const displayBeside = (wanted) => {
  const started = wanted && lackingPackages(["display"]).length === 0 ? startDisplay() : undefined;
  // Looked at when the rest is done.
  started?.catch(() => undefined);
  return {
    get: () => started ?? (wanted ? startDisplay() : undefined),
    drop: async () => (await started?.catch(() => undefined))?.close(),
  };
};

/**
 * @param {object} needs
 * @param {"app" | "stand-in"} [needs.runtime] "app" tries Electron first
 * @param {boolean} [needs.worker]
 * @param {import("./app-build.mjs").Target[]} [needs.build]
 * @param {"any" | "private"} [needs.display] "any" takes the user's own where there is one
 * @param {boolean} [needs.testTools]
 */
export const setUp = async ({
  runtime,
  worker = false,
  build = [],
  display,
  testTools = false,
}) => {
  checkSystem();
  const startedMs = performance.now();
  const log = createLog(join(root, "out/set-up.log"));
  const steps = createSteps();
  const controller = new AbortController();
  const { signal } = controller;
  const virtual = display === "private" || (display === "any" && !hasDisplay());
  const screenBeside = displayBeside(virtual);
  const env = worker ? { MEDIASOUP_WORKER_BIN: sfuWorkerPath() } : {};

  const interrupted = new Failure("stopped");
  interrupted.exitCode = 130;
  const interrupt = () => {
    if (signal.aborted) return;
    steps.say("Stopping (system packages are finished first where they are being installed).");
    controller.abort(interrupted);
  };
  for (const name of interruptions) process.on(name, interrupt);

  let announced = false;
  const step = (title, action) => {
    if (!announced) steps.say("Setting up what is not there yet:");
    announced = true;
    return steps.run(
      title,
      (progress) => action({ log: log.named(title), signal, progress }),
      signal,
    );
  };
  /** All of them, or the first failure, once the others have ended. */
  const all = async (promises) => {
    for (const promise of promises) promise.catch((error) => controller.abort(error));
    await Promise.allSettled(promises);
    return Promise.all(promises);
  };

  const provideNpm = async () => {
    if (npmPackagesAreThere()) return;
    checkSpace(root, 2);
    await step("npm packages", (context) =>
      // Without it, mediasoup's install script wants to build a worker itself.
      installNpmPackages({ ...context, env: { MEDIASOUP_WORKER_BIN: sfuWorkerPath() } }),
    );
  };
  const providePackages = async (title, purposes) => {
    const lacking = lackingPackages(purposes);
    if (lacking.length === 0) return;
    checkSpace("/var", 2);
    await step(title, (context) => installPackages(lacking, context));
  };
  const provideSystemPackages = (chosen) =>
    providePackages("System packages", [
      ...(chosen ? [chosen] : []),
      ...(virtual ? ["display"] : []),
      ...(testTools ? ["tests"] : []),
    ]);
  const guessRuntime = async () => {
    if (runtime !== "app") return runtime;
    if (electronBinary()) return "electron";
    const standInIsThere = lackingPackages(["stand-in"]).length === 0;
    if (standInIsThere || knownElectronFailure()) return "stand-in";
    return (await electronSeemsReachable(signal)) ? "electron" : "stand-in";
  };
  /** One apt-get at a time; first what the worker is built from, so that it is built meanwhile. */
  const provideSystem = async () => {
    const workerMissing = worker && !(await sfuWorkerIsReady());
    const guess = guessRuntime();
    let decide;
    const mustBuild = new Promise((resolve) => {
      decide = resolve;
    });
    const buildPackagesThere = mustBuild.then(async (needed) => {
      if (needed) await providePackages("Packages for its build", ["sfu-build"]);
    });
    const packagesThere = Promise.all([guess, buildPackagesThere]).then(([chosen]) =>
      provideSystemPackages(chosen),
    );
    const provideWorker = async () => {
      if (!workerMissing) return decide(false);
      checkSpace(cacheDir, 1);
      return step("SFU worker", async (context) => {
        const downloaded = await downloadSfuWorker(context);
        decide(!downloaded);
        if (downloaded) return;
        context.progress("waiting for the packages for its build");
        await buildPackagesThere;
        await buildSfuWorker(context);
      });
    };
    const workerThere = provideWorker().finally(() => decide(false));
    await all([packagesThere, workerThere]);
    return guess;
  };
  const chooseRuntime = async () => {
    if (runtime !== "app") return { runtime };
    if (electronBinary()) return { runtime: "electron" };
    const electronFailure =
      knownElectronFailure() ?? (await step("Electron, if it can be had", installElectron));
    if (!electronFailure) return { runtime: "electron" };
    requireStandInSystem();
    return { runtime: "stand-in", electronFailure };
  };
  const provideBuild = async () => {
    const stale = staleTargets(build);
    if (stale.length > 0) await step("The app", (context) => buildApp(stale, context));
  };
  const provide = async () => {
    const npmThere = provideNpm();
    const [guess, chosen] = await all([
      provideSystem(),
      npmThere.then(chooseRuntime),
      npmThere.then(provideBuild),
    ]);
    if (chosen.runtime !== guess) await provideSystemPackages(chosen.runtime);
    signal.throwIfAborted();
    return chosen;
  };

  try {
    const chosen = await provide();
    const screen = await screenBeside.get();
    if (announced) steps.say(`Set up in ${formatDuration(performance.now() - startedMs)}.`);
    return {
      ...chosen,
      virtualDisplay: screen?.name,
      env: { ...env, ...(screen && { DISPLAY: screen.name, WAYLAND_DISPLAY: "" }) },
      close: async () => screen?.close(),
    };
  } catch (error) {
    await screenBeside.drop();
    const first = signal.aborted ? signal.reason : error;
    if (log.written && first instanceof Failure && first !== interrupted) first.logPath = log.path;
    throw first;
  } finally {
    for (const name of interruptions) process.off(name, interrupt);
    log.close();
  }
};
