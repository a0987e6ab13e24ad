// npm run pack: packages the app for this system, as far as its secrets allow (README, "Releases").
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "./command.mjs";
import { Failure } from "./failure.mjs";
import { packageApp, releaseSettings, stageWorker } from "./packager.mjs";
import { root } from "./project.mjs";
import { setUp } from "./setup.mjs";
import { downloadRelease, sfuWorkerPath } from "./sfu-worker.mjs";
import { createWork } from "./work.mjs";

/** As in electron-builder.yml; the app alone is made for this machine. */
const installerArches = { linux: ["x64"], win32: ["x64"], darwin: ["arm64", "x64"] };

/** The worker that goes into the package for `arch`: another machine's can only be downloaded, and is not tried. */
const provideWorker = async (work, arch, directory) => {
  if (arch === process.arch) return sfuWorkerPath();
  const worker = await work.step(`SFU worker for ${arch}`, (context) =>
    downloadRelease(arch, directory, context),
  );
  if (worker === undefined)
    throw new Failure(`mediasoup's worker for ${arch} cannot be downloaded: check the network`);
  return worker;
};

/** Without a certificate macOS' own stamp has to do; it cannot stand for the hardened runtime. */
const unsignedMac = {
  mac: { identity: null, hardenedRuntime: false },
  electronFuses: { resetAdHocDarwinSignature: true },
};

/** What electron-builder.yml lists, as far as it can be made; nothing says all of it. */
const installers = ({ ANCHOR_HOMEPAGE, ANCHOR_MAINTAINER }) => {
  if (process.platform !== "linux" || (ANCHOR_HOMEPAGE && ANCHOR_MAINTAINER)) return [];
  process.stderr.write(
    'No Debian package, as one names who answers for it: set ANCHOR_HOMEPAGE and ANCHOR_MAINTAINER ("Name <mail address>").\n',
  );
  return ["AppImage"];
};

const readOptions = () => {
  try {
    return parseArgs({ options: { dir: { type: "boolean", default: false } } }).values;
  } catch (error) {
    throw new Failure(`${error.message}: there is only --dir, for the app without an installer`);
  }
};

await runCommand(async () => {
  const { dir } = readOptions();
  const { env, platform } = process;
  const ready = await setUp({
    worker: true,
    build: ["main", "preload", "studio", "watch", "moderate"],
  });
  const work = createWork(join(root, "out/pack.log"));
  const scratch = mkdtempSync(join(tmpdir(), "anchor-workers-"));
  const arches = dir ? [process.arch] : installerArches[platform];
  try {
    for (const arch of arches) {
      const worker = await provideWorker(work, arch, scratch);
      stageWorker({ system: platform, arch, worker });
    }
    const unsigned = platform === "darwin" && !env.CSC_LINK && !env.CSC_NAME;
    const files = await packageApp({
      system: platform,
      arches,
      kinds: dir ? ["dir"] : installers(env),
      settings: { ...releaseSettings(env), ...(unsigned && unsignedMac) },
    }).catch((error) => {
      throw new Failure(`electron-builder could not package the app: ${error.message}`, {
        cause: error,
      });
    });
    for (const file of files) process.stdout.write(`${file}\n`);
    return 0;
  } catch (error) {
    throw work.causeOf(error);
  } finally {
    work.close();
    rmSync(scratch, { recursive: true, force: true });
    await ready.close();
  }
});
