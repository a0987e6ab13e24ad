import { afterEach, expect, test } from "vitest";
import { CanvasId, SourceId } from "../../../preload/contract/ids.ts";
import type { PainterProbe } from "../../../preload/contract/painter.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { barColours } from "../../../renderer/capture/kinds/test-pattern/fills.ts";
import { Compositor } from "../../../renderer/compositor/compositor.ts";
import { readStamp, stampAgeMs, stampStrip } from "../../../renderer/compositor/frame-stamp.ts";
import type {
  CompositorReport,
  PainterChoice,
  PainterState,
} from "../../../renderer/compositor/protocol.ts";
import {
  alertsSource,
  cameraSource,
  colourSource,
  documentOf,
  testPatternSource,
} from "../../fakes/documents.ts";
import { giftEvent } from "../../fakes/alert-events.ts";
import { distance, meanOf, ProgrammeReader, rgbOf, type Shot } from "../programme-reader.ts";
import { usualTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

type Stats = Extract<CompositorReport, { type: "stats" }>;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const start = (document: SceneDocument, painter: PainterChoice = "cpu") => {
  const painters: PainterState[] = [];
  const probes: PainterProbe[] = [];
  const sizes = new Map<SourceId, { width: number; height: number }>();
  const stats: Stats[] = [];
  const cues: string[] = [];
  const tracks: MediaStreamTrack[] = [];
  const compositor = new Compositor({
    canvasId: CanvasId.parse("main"),
    document,
    locale: "zh-CN",
    painter,
    onPainter: (state) => painters.push(state),
    onSegmenter: () => undefined,
    onProbed: (probe) => probes.push(probe),
    alertRules: [],
    alertTemplates: usualTemplates,
    onSize: (sourceId, width, height) => sizes.set(sourceId, { width, height }),
    onStats: (report) => stats.push(report),
    onAlertCue: (cue) => cues.push(cue.type === "chime" ? cue.chime.kind : cue.type),
    onAlertScene: () => undefined,
    onGiftTrouble: () => undefined,
    onTrackReplaced: (track) => tracks.push(track),
  });
  closing.push(() => compositor.close());
  const read = (bufferSize?: number): ProgrammeReader => {
    const reader = new ProgrammeReader(compositor.programmeTrack, bufferSize);
    closing.push(() => reader.close());
    return reader;
  };
  return { compositor, painters, probes, sizes, stats, cues, tracks, read };
};

const at = (shot: Shot, x: number, y: number) => meanOf(shot, x - 3, y - 3, 6, 6);
const isColour = (shot: Shot, x: number, y: number, colour: string): boolean =>
  distance(at(shot, x, y), rgbOf(colour)) <= 6;
const strip = { x: 0, y: 0, width: stampStrip.widthPx, height: stampStrip.heightPx };

test("every layer is where the scene says: order, position, scale, crop, visibility", async () => {
  const scene = (blueVisible: boolean) =>
    documentOf([
      { source: colourSource("red", "#d02020", 200, 100), x: 20, y: 20 },
      { source: colourSource("blue", "#2040c0", 100, 100), x: 120, y: 20, visible: blueVisible },
      { source: colourSource("green", "#20a040", 50, 20), x: 300, y: 100, scale: 4 },
      {
        source: colourSource("white", "#f0f0f0", 100, 100),
        x: 400,
        y: 250,
        crop: { left: 50, top: 0, right: 0, bottom: 60 },
      },
    ]);
  const { compositor, read } = start(scene(true));
  const reader = read();
  const shot = await reader.shotWhere((each) => isColour(each, 60, 60, "#d02020"));
  expect([shot.width, shot.height]).toEqual([640, 360]);
  const expected: readonly [number, number, string][] = [
    [10, 10, "#000000"],
    [30, 30, "#d02020"],
    [130, 60, "#2040c0"],
    [210, 110, "#2040c0"],
    [230, 60, "#000000"],
    [310, 110, "#20a040"],
    [490, 170, "#20a040"],
    [510, 170, "#000000"],
    [410, 270, "#f0f0f0"],
    [440, 283, "#f0f0f0"],
    [460, 270, "#000000"],
    [410, 300, "#000000"],
  ];
  for (const [x, y, colour] of expected)
    expect(distance(at(shot, x, y), rgbOf(colour)), `${x},${y}`).toBeLessThanOrEqual(6);

  compositor.setDocument(scene(false));
  await reader.shotWhere((each) => isColour(each, 130, 60, "#d02020"));
});

test("the canvas's size and rate are followed", async () => {
  const { compositor, read, stats } = start(documentOf([]));
  const reader = read();
  await reader.shotWhere(({ width }) => width === 640);
  compositor.setDocument(documentOf([], { width: 320, height: 480, fps: 10 }));
  await reader.shotWhere(({ width, height }) => width === 320 && height === 480);
  const { length } = stats;
  await expect.poll(() => stats[length + 1]?.fps, { timeout: 5_000 }).toBeLessThan(12);
});

test("bars are where they belong, and the stamp is the time of composing", async () => {
  const { read } = start(documentOf([{ source: testPatternSource() }]));
  const reader = read();
  const shot = await reader.shotWhere((each) => isColour(each, 45, 100, barColours[0]));
  for (const [index, colour] of barColours.entries())
    expect(
      distance(at(shot, Math.round(((index + 0.5) * 640) / 7), 100), rgbOf(colour)),
    ).toBeLessThanOrEqual(6);
  const stamps: number[] = [];
  for (let frame = 0; frame < 20; frame += 1) {
    const { rgba, arrivedAtMs } = await reader.shot(strip);
    const stamp = readStamp(rgba);
    if (stamp === undefined) throw new Error("no stamp");
    expect(stampAgeMs(stamp, arrivedAtMs)).toBeLessThan(2_000);
    expect(stampAgeMs(stamps.at(-1) ?? stamp - 1, stamp)).toBeLessThan(2_000);
    stamps.push(stamp);
  }
  // A late beat repeats the picture before with its stamp.
  expect(new Set(stamps).size).toBeGreaterThan(stamps.length / 2);
});

test("the rate is constant and times rise, also while the window is blocked for a second", async () => {
  const { read } = start(documentOf([{ source: testPatternSource() }]));
  const reader = read(90);
  // A track hands its newest frame over again to a reader that has just come.
  for (let frame = 0; frame < 10; frame += 1) await reader.shot(strip);
  const blockedFrom = performance.now();
  const blockedFromMs = Date.now();
  while (performance.now() - blockedFrom < 1_000);
  const shots: Shot[] = [];
  while (shots.length < 60) shots.push(await reader.shot(strip));
  const steps = shots
    .slice(1)
    .map((shot, index) => shot.timestampUs - (shots[index]?.timestampUs ?? 0));
  for (const step of steps) expect(step).toBeGreaterThan(0);
  // Steps are whole beats: where the machine was too busy a beat may have been lost on the way, never shifted.
  for (const step of steps) {
    const beats = (step * 30) / 1_000_000;
    expect(Math.abs(beats - Math.round(beats))).toBeLessThan(0.01);
  }
  const composedWhileBlocked = new Set(
    shots.flatMap(({ rgba }) => {
      const stamp = readStamp(rgba);
      if (stamp === undefined) return [];
      const sinceBlock = stampAgeMs(blockedFromMs, stamp);
      return sinceBlock < 1_000 ? [stamp] : [];
    }),
  );
  expect(composedWhileBlocked.size).toBeGreaterThan(20);
});

test("a camera's frames are let go: it still flows after 300 of them", async () => {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 360, frameRate: 30 },
  });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no camera");
  closing.push(() => track.stop());
  const { compositor, sizes, stats, read } = start(documentOf([{ source: cameraSource() }]));
  compositor.attach(SourceId.parse("camera"), { type: "track", track });
  const reader = read();
  const seconds = 12;
  await expect
    .poll(() => stats.length, { timeout: (seconds + 5) * 1_000 })
    .toBeGreaterThanOrEqual(seconds);
  expect(sizes.get(SourceId.parse("camera"))).toEqual({ width: 640, height: 360 });
  const flows = stats.map(({ sources }) => sources.get(SourceId.parse("camera"))?.fps ?? 0);
  expect(flows.reduce((sum, fps) => sum + fps, 0)).toBeGreaterThan(200);
  expect(flows.at(-1)).toBeGreaterThan(5);
  const shot = await reader.shot();
  expect(distance(meanOf(shot, 0, 0, 640, 360), rgbOf("#000000"))).toBeGreaterThan(20);

  compositor.detach(SourceId.parse("camera"));
  await reader.shotWhere((each) => distance(meanOf(each, 0, 0, 640, 360), rgbOf("#000000")) < 3);
});

test("a picture is shown at its source's size", async () => {
  const image = {
    id: "image",
    name: "image",
    kind: "image",
    pictureId: "0".repeat(64),
    width: 200,
    height: 100,
  } as const;
  const { compositor, read } = start(documentOf([{ source: image, x: 100, y: 50 }]));
  compositor.attach(SourceId.parse("image"), {
    type: "image",
    makeBitmap: () => {
      const canvas = new OffscreenCanvas(20, 10);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no 2d context");
      context.fillStyle = "#c08020";
      context.fillRect(0, 0, 20, 10);
      return createImageBitmap(canvas);
    },
  });
  const shot = await read().shotWhere((each) => isColour(each, 200, 100, "#c08020"));
  expect(isColour(shot, 294, 144, "#c08020")).toBe(true);
  expect(isColour(shot, 305, 100, "#000000")).toBe(true);
});

test("an alert comes into the picture with its cue, and goes", async () => {
  const { compositor, cues, read } = start(documentOf([{ source: alertsSource() }]));
  const reader = read();
  const lit = (shot: Shot): boolean =>
    distance(meanOf(shot, 10, 190, 200, 60), rgbOf("#000000")) > 8;
  expect(lit(await reader.shot())).toBe(false);
  compositor.showAlerts([giftEvent()]);
  await reader.shotWhere(lit);
  expect(cues).toEqual(["gift"]);
  await reader.shotWhere((shot) => !lit(shot), 240);
});

test("a worker that broke is made anew, with its sources, and another track goes on", async () => {
  const { compositor, tracks, read } = start(
    documentOf([{ source: colourSource("red", "#d02020", 640, 360) }, { source: alertsSource() }]),
  );
  await read().shotWhere((each) => isColour(each, 60, 60, "#d02020"));
  const { programmeTrack } = compositor;
  // No list of events: the worker throws.
  compositor.showAlerts(null as never);
  await expect.poll(() => tracks.length, { timeout: 5_000 }).toBe(1);
  expect(compositor.programmeTrack).toBe(tracks[0]);
  expect(compositor.programmeTrack).not.toBe(programmeTrack);
  await read().shotWhere((each) => isColour(each, 60, 60, "#d02020"));
});

test("on a GPU the picture is the same", async () => {
  const { painters, read } = start(
    documentOf([
      { source: colourSource("red", "#d02020", 640, 360) },
      { source: colourSource("blue", "#2040c0", 100, 100), x: 120, y: 20 },
    ]),
    "webgl",
  );
  const shot = await read().shotWhere((each) => isColour(each, 60, 60, "#d02020"));
  expect(isColour(shot, 170, 60, "#2040c0")).toBe(true);
  expect(isColour(shot, 230, 60, "#d02020")).toBe(true);
  expect(painters).toMatchObject([{ kind: "webgl", gaveUpGpu: false }]);
  expect(painters[0]?.renderer).toContain("SwiftShader");
});

test("a GPU with which the worker breaks again and again is given up, and that is said", async () => {
  const { compositor, painters, tracks } = start(
    documentOf([{ source: colourSource("red", "#d02020", 640, 360) }, { source: alertsSource() }]),
    "webgl",
  );
  for (let time = 1; time <= 3; time += 1) {
    await expect.poll(() => painters.length, { timeout: 20_000 }).toBe(time);
    // No list of events: the worker throws.
    compositor.showAlerts(null as never);
    await expect.poll(() => tracks.length, { timeout: 5_000 }).toBe(time);
  }
  await expect.poll(() => painters.length, { timeout: 20_000 }).toBe(4);
  expect(painters.map(({ kind, gaveUpGpu }) => [kind, gaveUpGpu])).toEqual([
    ["webgl", false],
    ["webgl", false],
    ["webgl", false],
    ["cpu", true],
  ]);
});

test("a probe finds out software that is called a GPU, and the picture is there meanwhile", async () => {
  const { probes, painters, read } = start(
    documentOf([{ source: colourSource("red", "#d02020", 640, 360) }]),
    "probe",
  );
  await read().shotWhere((each) => isColour(each, 60, 60, "#d02020"));
  await expect.poll(() => probes.length, { timeout: 20_000 }).toBe(1);
  expect(probes[0]).toMatchObject({ painter: "cpu", frameMsMedian: null });
  expect(painters.map(({ kind }) => kind)).toEqual(["cpu"]);
});
