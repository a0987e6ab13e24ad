/**
 * What composing costs: the real app with five layers (tests/bench/scene/five-layers.ts) at 1280x720 and at 1920x1080,
 * 30 fps, and a small alert every four seconds. The screen is as big as the canvas (shared-screen.ts says what it shows),
 * the camera is a file of 1280x720 before a green screen (camera-file.ts). A sixth item, the strip with the frame stamp, is
 * there for measuring only and counts against us.
 *
 * `composeCpuSecondsPerSecond`: the process tree with composing minus the same tree with the painter paused, in turns. The
 * painter is paused by holding the clock in the compositor worker (measure/compositor-worker.ts): all captures go on, no
 * programme frame is made, so this figure includes what it costs to show the programme in the studio's window. The same
 * with the window minimised is `composeCpuSecondsPerSecondMinimised`, the difference is the preview's.
 *
 * `newFps`: frames with a new stamp on a clone of the programme's track in the window, read in a time of its own, so that the
 * reading costs nothing in the CPU figures. `composeWallMsP50` and `P95`: the medians over all seconds of what the worker
 * reports for each. `repeatedFrames`: in all measured seconds together.
 *
 * `--turns=2 --case=1280x720` for a quick look; `--against-obs [--turns=N] [--bitrate=BPS]`: see obs/against-obs.ts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { Size } from "../../preload/contract/geometry.ts";
import { testSettings } from "../e2e/fixtures.ts";
import { collectStamps, quantile } from "../e2e/stamps.ts";
import type { StudioApp } from "../e2e/studio-app.ts";
import type { CompositorWorker, ProgrammeSecond } from "./measure/compositor-worker.ts";
import { CpuTree, type CpuUse, cpuUse } from "./measure/cpu-time.ts";
import { inTurns, loadAverage, round, spread } from "./measure/figures.ts";
import { readPainter } from "./measure/painter.ts";
import { setWindowState } from "./measure/window-state.ts";
import { openStage, withFiveLayerStudio } from "./scene/five-layer-studio.ts";
import { compareWithObs, lackingObs } from "./obs/against-obs.ts";
import { startGiftRain } from "./scene/gift-rain.ts";

const warmUpMs = 5_000;
/** After a change, until it is measured: also for the repeats that follow a pause. */
const settleMs = 1_500;
const measuredMs = 5_000;

interface Turns {
  readonly composing: CpuUse[];
  readonly paused: CpuUse[];
  readonly seconds: ProgrammeSecond[];
  repeatedFrames: number;
}

const measureCpu = async (tree: CpuTree): Promise<CpuUse> => {
  const before = tree.read();
  await delay(measuredMs);
  return cpuUse(before, tree.read());
};

const takeTurns = async (
  turns: number,
  worker: CompositorWorker,
  tree: CpuTree,
): Promise<Turns> => {
  const result: Turns = { composing: [], paused: [], seconds: [], repeatedFrames: 0 };
  for (const states of inTurns<"composing" | "paused">(turns, "composing", "paused"))
    for (const state of states) {
      if (state === "paused") await worker.pause();
      await delay(settleMs);
      await worker.takeSeconds();
      const use = await measureCpu(tree);
      const seconds = await worker.takeSeconds();
      result[state].push(use);
      if (state === "composing") {
        result.seconds.push(...seconds);
        result.repeatedFrames +=
          (seconds.at(-1)?.repeatedFrames ?? 0) - (seconds[0]?.repeatedFrames ?? 0);
      } else {
        await worker.resume();
        await delay(settleMs);
      }
    }
  return result;
};

/** Composing minus paused, turn by turn. */
const differences = ({ composing, paused }: Turns): number[] =>
  composing.map(({ tree }, turn) => tree - (paused[turn]?.tree ?? Number.NaN));

const countNewFps = async (page: Page): Promise<number> => {
  const { frames } = await collectStamps(page, "video", measuredMs);
  const isNew = frames.filter(({ stamp }, i) => stamp !== frames[i - 1]?.stamp);
  const spanMs = (isNew.at(-1)?.atMs ?? 0) - (isNew[0]?.atMs ?? 0);
  return spanMs > 0 ? ((isNew.length - 1) * 1_000) / spanMs : 0;
};

const measureCase = async (folder: string, size: Size, turns: number) => {
  const name = `${size.width}x${size.height}`;
  const stage = await openStage(folder, size);
  const measure = async (studio: StudioApp, worker: CompositorWorker) => {
    const gifts = await startGiftRain(studio.viewerUrl);
    const tree = new CpuTree([studio.process.pid ?? 0]);
    await delay(warmUpMs);
    const painter = await readPainter(studio.page);
    const shown = await takeTurns(turns, worker, tree);
    const newFps: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) newFps.push(await countNewFps(studio.page));
    await setWindowState(studio.page, "minimized");
    const minimised = await takeTurns(turns, worker, tree);
    await gifts.close();

    const compose = differences(shown);
    const composeMinimised = differences(minimised);
    const uses = [...shown.composing, ...shown.paused];
    const result = {
      painter,
      ...spread("newFps", newFps),
      repeatedFrames: shown.repeatedFrames,
      composedSeconds: shown.seconds.length,
      composeWallMsP50: round(
        quantile(
          shown.seconds.map(({ composeMsMedian }) => composeMsMedian),
          0.5,
        ),
        2,
      ),
      composeWallMsP95: round(
        quantile(
          shown.seconds.map(({ composeMsP95 }) => composeMsP95),
          0.5,
        ),
        2,
      ),
      ...spread("composeCpuSecondsPerSecond", compose),
      ...spread("composeCpuSecondsPerSecondMinimised", composeMinimised),
      previewCpuSecondsPerSecond: round(quantile(compose, 0.5) - quantile(composeMinimised, 0.5)),
      capturedFps: Object.fromEntries(
        ["screen", "camera"].map((id) => [
          id,
          round(
            quantile(
              shown.seconds.map(({ sourceFps }) => sourceFps[id] ?? 0),
              0.5,
            ),
            1,
          ),
        ]),
      ),
      ...spread(
        "totalCpuSecondsPerSecond",
        shown.composing.map(({ tree }) => tree),
      ),
      ...spread(
        "otherCpuSecondsPerSecond",
        uses.map(({ other }) => other),
      ),
    };
    console.log(`${name}: ${JSON.stringify(result)}`);
    return result;
  };
  try {
    return await withFiveLayerStudio(stage, { settings: testSettings, stamped: true }, measure);
  } finally {
    await stage.screen.close();
  }
};

const measureCases = async (folder: string, names: readonly string[], turns: number) => {
  const cases: Record<string, Awaited<ReturnType<typeof measureCase>>> = {};
  for (const name of names) {
    const [width, height] = name.split("x").map(Number);
    cases[name] = await measureCase(folder, Size.parse({ width, height }), turns);
  }
  return {
    cases,
    goals: { newFps: ">= 29.5", composeCpuSecondsPerSecond: "<= 0.30 at 1280x720" },
    turns,
    ...loadAverage(),
  };
};

const { values: options } = parseArgs({
  options: {
    turns: { type: "string", default: "5" },
    case: { type: "string", multiple: true, default: ["1280x720", "1920x1080"] },
    "against-obs": { type: "boolean", default: false },
    bitrate: { type: "string", default: "2500000" },
  },
});
const lacking = options["against-obs"] ? lackingObs() : undefined;
if (lacking !== undefined) {
  console.error(lacking);
  process.exit(1);
}
const turns = Number(options.turns);
const folder = await mkdtemp(join(tmpdir(), "anchor-bench-"));
try {
  const result = options["against-obs"]
    ? await compareWithObs(folder, turns, Number(options.bitrate))
    : await measureCases(folder, options.case, turns);
  console.log(JSON.stringify(result));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
