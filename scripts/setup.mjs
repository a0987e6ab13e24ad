// Set-up: provides what a command needs, side by side where it can, and skips what is there.
import { existsSync, mkdirSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { buildApp, staleTargets } from "./app-build.mjs";
import { hasDisplay, startDisplay } from "./display.mjs";
import { Failure } from "./failure.mjs";
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
import { installPackages, lackingPackages, requireInstaller } from "./system-packages.mjs";
import { createWork } from "./work.mjs";

/**
 * @typedef {object} Needs
 * @property {"app" | "stand-in"} [runtime] "app" tries Electron first
 * @property {boolean} [worker] the SFU worker
 * @property {import("./app-build.mjs").Target[]} [build]
 * @property {"any" | "private"} [display] "any" is the user's own where there is one; both are so but on Linux
 * @property {boolean} [testTools]
 */

const supported = {
  linux: ["x64", "arm64"],
  darwin: ["x64", "arm64"],
  win32: ["x64", "arm64"],
};

const checkSystem = () => {
  const { platform, arch, versions } = process;
  if (Number(versions.node.split(".")[0]) < 20)
    throw new Failure(`Node ${versions.node} is too old: install Node 20 or newer and try again`);
  if (!supported[platform]?.includes(arch))
    throw new Failure(
      `${platform} on ${arch} is not supported: use Linux, macOS or Windows on a 64-bit x86 or ARM machine`,
    );
  if (existsSync("/etc/alpine-release"))
    throw new Failure(
      "Alpine Linux (musl) is not supported: use a system with glibc, such as Debian 12",
    );
};

const checkSpace = (directory, neededGb) => {
  mkdirSync(directory, { recursive: true });
  const { bavail, bsize } = statfsSync(directory);
  const freeGb = (bavail * bsize) / 1e9;
  if (freeGb < neededGb)
    throw new Failure(
      `${directory} has ${freeGb.toFixed(1)} GB free, set-up needs ${neededGb} GB: make some room and try again`,
    );
};

const provideNpmPackages = async (work) => {
  if (npmPackagesAreThere()) return;
  checkSpace(root, 2);
  // Without it, mediasoup's install script wants to build a worker itself.
  const env = { MEDIASOUP_WORKER_BIN: sfuWorkerPath() };
  await work.step("npm packages", (context) => installNpmPackages({ ...context, env }));
};

const provideBuild = async (work, targets) => {
  const stale = staleTargets(targets);
  if (stale.length > 0) await work.step("The app", (context) => buildApp(stale, context));
};

const providePackages = async (work, title, purposes) => {
  const lacking = lackingPackages(purposes);
  if (lacking.length === 0) return;
  checkSpace("/var", 2);
  await work.step(title, (context) => installPackages(lacking, context));
};

/** Early, for the choice of system packages; `chooseRuntime` has the last word. */
const guessRuntime = async (work, runtime) => {
  if (runtime !== "app") return runtime;
  if (electronBinary()) return "electron";
  const standInIsThere = lackingPackages(["stand-in"]).length === 0;
  if (standInIsThere || knownElectronFailure()) return "stand-in";
  return (await electronSeemsReachable(work.signal)) ? "electron" : "stand-in";
};

const chooseRuntime = async (work, runtime) => {
  if (runtime !== "app") return { runtime };
  if (electronBinary()) return { runtime: "electron" };
  const electronFailure = knownElectronFailure() ?? (await work.step("Electron", installElectron));
  if (!electronFailure) return { runtime: "electron" };
  requireStandInSystem();
  return { runtime: "stand-in", electronFailure };
};

/** Provides the SFU worker; tells `decide` as soon as it is known whether it must be built. */
const provideWorker = async (work, decide, buildPackagesThere) => {
  if (await sfuWorkerIsReady()) return;
  checkSpace(cacheDir, 1);
  await work.step("SFU worker", async (context) => {
    const downloaded = await downloadSfuWorker(context);
    decide(!downloaded);
    if (downloaded) return;
    context.progress("waiting for its build packages");
    await buildPackagesThere;
    await buildSfuWorker(context);
  });
};

/**
 * Provides the SFU worker and the system packages for `purposes`: one apt-get at a time, first what
 * the worker is built from, so that it is built meanwhile.
 */
const provideWorkerAndPackages = async (work, needsWorker, purposes) => {
  let decide;
  const mustBuild = new Promise((resolve) => {
    decide = resolve;
  });
  const known = work.vital(
    Promise.all([purposes, mustBuild]).then(([others, needed]) => {
      const forBuild = needed ? ["sfu-build"] : [];
      requireInstaller(lackingPackages([...others, ...forBuild]));
      return { others, forBuild };
    }),
  );
  const buildPackagesThere = known.then(({ forBuild }) =>
    providePackages(work, "SFU build packages", forBuild),
  );
  const packagesThere = Promise.all([known, buildPackagesThere]).then(([{ others }]) =>
    providePackages(work, "System packages", others),
  );
  const workerThere = needsWorker
    ? provideWorker(work, decide, buildPackagesThere)
    : Promise.resolve();
  await work.all([packagesThere, workerThere.finally(() => decide(false))]);
};

/** @param {Needs} needs */
const provide = async (work, needs) => {
  const purposesOf = (runtime) => [
    ...(runtime ? [runtime] : []),
    ...(needs.display ? ["display"] : []),
    ...(needs.testTools ? ["tests"] : []),
  ];
  const guess = guessRuntime(work, needs.runtime);
  const npmThere = provideNpmPackages(work);
  const [chosen] = await work.all([
    npmThere.then(() => chooseRuntime(work, needs.runtime)),
    npmThere.then(() => provideBuild(work, needs.build ?? [])),
    provideWorkerAndPackages(work, needs.worker, guess.then(purposesOf)),
  ]);
  if (chosen.runtime !== (await guess))
    await provideWorkerAndPackages(work, false, purposesOf(chosen.runtime));
  work.signal.throwIfAborted();
  return chosen;
};

/** A virtual display that starts while the rest is checked, and is closed when that fails. */
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
 * Gives what was chosen, the environment that it needs, and `close()`, which ends the display.
 * @param {Needs} needs
 */
export const setUp = async (needs) => {
  checkSystem();
  const virtual =
    process.platform === "linux" &&
    (needs.display === "private" || (needs.display === "any" && !hasDisplay()));
  const beside = displayBeside(virtual);
  const work = createWork(join(root, "out/set-up.log"));
  try {
    const chosen = await provide(work, { ...needs, display: virtual ? needs.display : undefined });
    const screen = await beside.get();
    work.conclude();
    return {
      ...chosen,
      virtualDisplay: screen?.name,
      env: {
        ...(needs.worker && { MEDIASOUP_WORKER_BIN: sfuWorkerPath() }),
        ...(screen && { DISPLAY: screen.name, WAYLAND_DISPLAY: "" }),
      },
      close: async () => screen?.close(),
    };
  } catch (error) {
    await beside.drop();
    throw work.causeOf(error);
  } finally {
    work.close();
  }
};
