/**
 * The studio against obs-studio on the same machine, both without a GPU, windows minimised, nothing previewed: the same
 * screen, the same keyed camera, picture and text at 1280x720, 30 fps, both recorded as H264 at the same bitrate: OBS is
 * given what the studio reached in a first turn that does not count, since the studio's encoder has a best quality.
 *
 * OBS draws with llvmpipe (LIBGL_ALWAYS_SOFTWARE=1), encodes with x264 ultrafast and writes Matroska itself; with it goes
 * an AAC track of silence, which it cannot leave out. The studio does not record yet: a MediaRecorder that is put into
 * its window through the debugging protocol records the programme's track (H264, OpenH264) into memory, from where it is
 * written when the measuring is over. The studio has an empty alerts layer more than OBS, and runs its room.
 *
 * Only frames that show another picture of the camera or of the clip on the screen than the frame before count: both
 * carry numbers that are read in the files (measure/distinct-frames.ts). They are counted over the last seconds of the
 * recording, in which the CPU of the process tree was read. `cpuRatioToObsWithoutGpu` is CPU seconds per such frame,
 * ours by theirs.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import { testSettings } from "../../e2e/fixtures.ts";
import { quantile } from "../../e2e/stamps.ts";
import { waitFor } from "../../e2e/studio-app.ts";
import { CpuTree, type CpuUse, cpuUse } from "../measure/cpu-time.ts";
import { ratesOfLast, readRecordedFrames } from "../measure/distinct-frames.ts";
import { inTurns, loadAverage, round, spread } from "../measure/figures.ts";
import { setWindowState } from "../measure/window-state.ts";
import { openStage, type Stage, withFiveLayerStudio } from "../scene/five-layer-studio.ts";
import { runTool } from "../scene/run-tool.ts";
import { writeObsConfig } from "./obs-scene.ts";

const size = { width: 1280, height: 720 };
const warmUpMs = 5_000;
const measuredMs = 10_000;
const muxerEndsMs = 1_500;

interface Turn extends CpuUse {
  readonly fps: number;
  readonly distinctFps: number;
  readonly cpuMsPerFrame: number;
  readonly bitrateBps: number;
}

/** What the recording at `path` says about the seconds in which `use` was measured. */
const judge = async (path: string, use: CpuUse): Promise<Turn> => {
  const frames = await readRecordedFrames(path, size);
  const rates = ratesOfLast(measuredMs / 1_000, frames);
  const { size: bytes } = await stat(path);
  return {
    ...use,
    ...rates,
    cpuMsPerFrame: (use.tree * 1_000) / rates.distinctFps,
    bitrateBps: (bytes * 8) / (frames.at(-1)?.atSeconds ?? Number.NaN),
  };
};

const measureTree = async (pid: number | undefined): Promise<CpuUse> => {
  const tree = new CpuTree([pid ?? 0]);
  const before = tree.read();
  await delay(measuredMs);
  return cpuUse(before, tree.read());
};

interface Recording {
  benchStop?: () => Promise<string>;
}

const startRecording = (page: Page, bitrateBps: number): Promise<void> =>
  page.evaluate((videoBitsPerSecond) => {
    const stream = document.querySelector("video")?.srcObject;
    if (!(stream instanceof MediaStream)) throw new Error("no programme");
    const mimeType = "video/x-matroska;codecs=avc1";
    const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    (globalThis as Recording).benchStop = async () => {
      const stopped = new Promise((done) => recorder.addEventListener("stop", done));
      recorder.stop();
      await stopped;
      const file = new FileReader();
      file.readAsDataURL(new Blob(parts));
      await new Promise((done) => file.addEventListener("loadend", done));
      return (file.result as string).split(",")[1] ?? "";
    };
    recorder.start(1_000);
  }, bitrateBps);

const measureStudio = async (stage: Stage, bitrateBps: number): Promise<Turn> => {
  const path = join(stage.folder, "studio.mkv");
  const use = await withFiveLayerStudio(
    stage,
    { settings: testSettings, stamped: false },
    async ({ page, process }) => {
      await setWindowState(page, "minimized");
      await startRecording(page, bitrateBps);
      await delay(warmUpMs);
      const measured = await measureTree(process.pid);
      const recorded = await page.evaluate(() => (globalThis as Recording).benchStop?.());
      await writeFile(path, Buffer.from(recorded ?? "", "base64"));
      return measured;
    },
  );
  return judge(path, use);
};

/** At SIGINT it would ask whether to stop the recording; when it is gone, its muxer writes the file to its end. */
const endObs = async (obs: ChildProcess): Promise<void> => {
  const ended = once(obs, "exit");
  obs.kill("SIGTERM");
  await ended;
  await delay(muxerEndsMs);
};

const measureObs = async (stage: Stage, bitrateBps: number): Promise<Turn> => {
  const home = join(stage.folder, "obs");
  const recordings = join(home, "recordings");
  await writeObsConfig(stage, home, recordings, bitrateBps);
  const { env } = stage.screen;
  const obs = spawn(
    "obs",
    "--multi --disable-updater --startrecording --profile bench --collection bench".split(" "),
    {
      stdio: "ignore",
      env: {
        ...env,
        HOME: home,
        XDG_CONFIG_HOME: home,
        XDG_RUNTIME_DIR: home,
        QT_QPA_PLATFORM: "xcb",
        LIBGL_ALWAYS_SOFTWARE: "1",
      },
    },
  );
  try {
    await waitFor("OBS to record", async () => (await readdir(recordings)).length > 0, 60_000);
    const window = ["search", "--onlyvisible", "--name", "^OBS "];
    await runTool("xdotool", [...window, "windowminimize", "%@"], { env });
    await delay(warmUpMs);
    const use = await measureTree(obs.pid);
    await endObs(obs);
    const [file] = await readdir(recordings);
    return await judge(join(recordings, file ?? ""), use);
  } finally {
    if (obs.exitCode === null && obs.signalCode === null) obs.kill("SIGKILL");
    await rm(home, { recursive: true, force: true, maxRetries: 10 });
  }
};

/** What is to be done where there is no OBS. */
export const lackingObs = (): string | undefined => {
  const { error } = spawnSync("obs", ["--version"], { stdio: "ignore" });
  return error && "There is no OBS here: run sudo apt-get install obs-studio, and try again";
};

export const compareWithObs = async (folder: string, turns: number, bitrateBps: number) => {
  const stage = await openStage(folder, size);
  const ours: Turn[] = [];
  const theirs: Turn[] = [];
  try {
    const pilot = await measureStudio(stage, bitrateBps);
    // OBS takes whole kilobits.
    const obsBitrateBps = Math.round(pilot.bitrateBps / 1_000) * 1_000;
    console.log(`the studio reaches ${obsBitrateBps} bit/s of ${bitrateBps}`);
    for (const order of inTurns<"studio" | "obs">(turns, "studio", "obs"))
      for (const side of order) {
        const turn =
          side === "studio"
            ? await measureStudio(stage, bitrateBps)
            : await measureObs(stage, obsBitrateBps);
        (side === "studio" ? ours : theirs).push(turn);
        console.log(`${side}: ${JSON.stringify(turn)}`);
      }
  } finally {
    await stage.screen.close();
  }
  const of = (list: readonly Turn[], key: keyof Turn) => list.map((turn) => turn[key]);
  return {
    cpuRatioToObsWithoutGpu: round(
      quantile(of(ours, "cpuMsPerFrame"), 0.5) / quantile(of(theirs, "cpuMsPerFrame"), 0.5),
    ),
    goals: { cpuRatioToObsWithoutGpu: "<= 0.35" },
    ...spread("cpuMsPerFrame", of(ours, "cpuMsPerFrame")),
    ...spread("obsCpuMsPerFrame", of(theirs, "cpuMsPerFrame")),
    ...spread("cpuSecondsPerSecond", of(ours, "tree")),
    ...spread("obsCpuSecondsPerSecond", of(theirs, "tree")),
    ...spread("distinctFps", of(ours, "distinctFps")),
    ...spread("obsDistinctFps", of(theirs, "distinctFps")),
    targetBitrateBps: bitrateBps,
    bitrateBps: Math.round(quantile(of(ours, "bitrateBps"), 0.5)),
    obsBitrateBps: Math.round(quantile(of(theirs, "bitrateBps"), 0.5)),
    ...spread("otherCpuSecondsPerSecond", of([...ours, ...theirs], "other")),
    turns,
    ...loadAverage(),
  };
};
