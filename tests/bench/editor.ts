/**
 * Dragging on a stage of 200 items by mouse events, with snapping to all the others: what the window's main thread works
 * for each step, from the event to the frame that shows it, and how even the window's frames are.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { SceneDocument } from "../../preload/contract/scene.ts";
import { colour, testDocument, testSettings } from "../e2e/fixtures.ts";
import { launchStudio } from "../e2e/studio-app.ts";
import { quantile } from "../e2e/stamps.ts";
import { readPainter } from "./measure/painter.ts";

const items = 200;
const canvas = { width: 1280, height: 720 };
const steps = 400;
const warmUpSteps = 60;
const stepMs = 1000 / 60;
const slowFrameMs = 33.4;

/** 20 x 10 boxes, none in line with its neighbours, so that there is much to snap to. */
const layers = Array.from({ length: items }, (_, index) =>
  colour(`box-${index}`, index % 2 ? "#4060c0" : "#c06040", {
    x: (index % 20) * 62 + ((index * 7) % 13),
    y: Math.floor(index / 20) * 70 + ((index * 5) % 17),
    width: 40 + (index % 9),
    height: 30 + (index % 7),
  }),
);

const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      ph: z.string(),
      ts: z.number().default(0),
      dur: z.number().default(0),
      tdur: z.number().default(0),
      pid: z.number(),
      tid: z.number(),
      args: z.looseObject({}).default({}),
    }),
  ),
});

const userDataDir = await mkdtemp(join(tmpdir(), "anchor-bench-"));
const studio = await launchStudio({
  userDataDir,
  document: SceneDocument.parse(testDocument(layers, canvas)),
  settings: testSettings,
});
try {
  const { page } = studio;
  const box = await page.locator("video").first().boundingBox();
  const browser = page.context().browser();
  if (!box || !browser) throw new Error("no stage");
  const at = (x: number, y: number) =>
    [box.x + (x * box.width) / canvas.width, box.y + (y * box.height) / canvas.height] as const;
  // The item under the pointer is the topmost there: the last one, in the last row.
  const from = { x: 19 * 62 + ((199 * 7) % 13) + 20, y: 9 * 70 + ((199 * 5) % 17) + 15 };
  await page.mouse.click(...at(from.x, from.y));
  await page.locator("g[data-handle]").first().waitFor();
  await page.evaluate(() => {
    const frames: number[] = [];
    const tick = (ms: number) => {
      frames.push(ms);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames });
  });
  await page.mouse.move(...at(from.x, from.y));
  await page.mouse.down();
  let guides = 0;
  const drag = async (count: number): Promise<void> => {
    for (let step = 0; step < count; step += 1) {
      const dueMs = performance.now() + stepMs;
      const turn = (step / 120) * 2 * Math.PI;
      await page.mouse.move(
        ...at(640 + 560 * Math.cos(turn) * Math.cos(turn / 9), 360 + 300 * Math.sin(turn)),
      );
      if (step % 40 === 0) guides += await page.locator("line[data-guide]").count();
      const waitMs = dueMs - performance.now();
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs));
    }
  };
  await drag(warmUpSteps);
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "__metadata"] });
  await page.evaluate(() => (window as unknown as { frames: number[] }).frames.splice(0));
  await drag(steps);
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  const trace = Trace.parse(JSON.parse((await browser.stopTracing()).toString("utf8")));
  await page.mouse.up();

  // The thread that dispatched the mouse's moves is the window's main thread.
  const moves = trace.traceEvents.filter(
    ({ name, args }) =>
      name === "EventDispatch" &&
      z.object({ data: z.object({ type: z.literal("pointermove") }) }).safeParse(args).success,
  );
  const [first] = moves;
  if (!first) throw new Error("the trace has no moves of the mouse");
  // One task takes a move, redraws what it changes, and hands the frame on: React, style, layout and paint. Its own time of
  // the thread counts: what else runs on the machine is no work of ours.
  const tasks = trace.traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      name === "ThreadControllerImpl::RunTask" &&
      ph === "X" &&
      pid === first.pid &&
      tid === first.tid,
  );
  const workMs = moves.map(({ ts }) => {
    const task = tasks.find((each) => each.ts <= ts && ts <= each.ts + each.dur);
    return (task?.tdur ?? 0) / 1_000;
  });
  if (workMs.every((ms) => ms === 0)) throw new Error("the trace has no tasks");
  const gaps = frames.slice(1).map((ms, index) => ms - (frames[index] ?? ms));
  const share = gaps.filter((ms) => ms > slowFrameMs).length / Math.max(1, gaps.length);
  console.log(
    JSON.stringify({
      items,
      moves: moves.length,
      guidesSeen: guides,
      dragWorkMsP50: Math.round(quantile(workMs, 0.5) * 100) / 100,
      dragWorkMsP95: Math.round(quantile(workMs, 0.95) * 100) / 100,
      frames: gaps.length,
      frameMsP95: Math.round(quantile(gaps, 0.95) * 10) / 10,
      framesOver33MsPercent: Math.round(share * 10_000) / 100,
      painter: await readPainter(page),
      loadAverage1Min: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    }),
  );
} finally {
  await studio.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
}
