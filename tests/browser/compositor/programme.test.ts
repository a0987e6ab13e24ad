import { afterEach, expect, test } from "vitest";
import { CanvasId, ItemId } from "../../../preload/contract/ids.ts";
import { createFrameTrack } from "../../../renderer/compositor/insertable-streams.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import { FilterPictures } from "../../../renderer/compositor/filter-pictures.ts";
import { PersonMasks } from "../../../renderer/compositor/segmenter/person-masks.ts";
import { Programme } from "../../../renderer/compositor/programme.ts";
import type { PainterState } from "../../../renderer/compositor/protocol.ts";
import { AlertPlayer } from "../../../renderer/gifts/alert-player.ts";
import { colourSource, documentOf } from "../../fakes/documents.ts";
import { distance, meanOf, ProgrammeReader, rgbOf, type Shot } from "../programme-reader.ts";
import { usualTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** The WebGL2 contexts that are made from now on. */
const watchContexts = (): WebGL2RenderingContext[] => {
  const contexts: WebGL2RenderingContext[] = [];
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: never[]) {
    const context: unknown = Reflect.apply(getContext, this, args);
    if (context instanceof WebGL2RenderingContext) contexts.push(context);
    return context;
  } as typeof getContext;
  closing.push(() => {
    OffscreenCanvas.prototype.getContext = getContext;
  });
  return contexts;
};

const colours = ["#d02020", "#2040c0", "#20a040"] as const;
const isFull = (shot: Shot, colour: string): boolean =>
  distance(meanOf(shot, 0, 0, shot.width, shot.height), rgbOf(colour)) <= 6;
const documentIn = (colour: string, fps = 20) =>
  documentOf([{ source: colourSource("area", colour, 320, 180) }], {
    width: 320,
    height: 180,
    fps,
  });

/** A programme in this thread, on a GPU. */
const start = () => {
  const track = createFrameTrack();
  const states: PainterState[] = [];
  const losses: string[] = [];
  const programme = new Programme({
    canvasId: CanvasId.parse("main"),
    document: documentIn(colours[0]),
    painter: "webgl",
    writable: track.writable,
    alerts: new AlertPlayer({
      baseUrl: document.baseURI,
      locale: "en",
      rules: [],
      templates: usualTemplates,
      onScene: () => undefined,
      onCue: () => undefined,
      onTrouble: () => undefined,
    }),
    filterPictures: new FilterPictures(document.baseURI),
    personMasks: new PersonMasks(() => undefined),
    reports: {
      onSize: () => undefined,
      onStats: () => undefined,
      onPainter: (state) => states.push(state),
      onPainterLost: (_kind, reason) => losses.push(reason),
    },
  });
  const reader = new ProgrammeReader(track);
  closing.push(() => {
    reader.close();
    programme.close();
    track.stop();
  });
  return { programme, reader, states, losses };
};

const lose = (context: WebGL2RenderingContext | undefined): void =>
  context?.getExtension("WEBGL_lose_context")?.loseContext();

test("a lost context is made anew: the same track goes on, with repeats and then with new pictures", async () => {
  const contexts = watchContexts();
  const { programme, reader, states, losses } = start();
  await reader.shotWhere((shot) => isFull(shot, colours[0]));
  // A track hands its newest frame over again to a reader that has just come.
  for (let shots = 0; shots < 10; shots += 1) await reader.shot();
  const before = await reader.shot();
  lose(contexts[0]);
  programme.setDocument(documentIn(colours[1]));
  let previous = before;
  let repeated = 0;
  for (let shots = 0; shots < 100; shots += 1) {
    const shot = await reader.shot();
    // On a track Chromium gives a repeated frame the time of what it repeats.
    expect(shot.timestampUs).toBeGreaterThanOrEqual(previous.timestampUs);
    // The document changes as soon as it can be painted; until then what was seen last is seen.
    expect(isFull(shot, colours[0]) || isFull(shot, colours[1])).toBe(true);
    previous = shot;
    if (isFull(shot, colours[1])) break;
    repeated += 1;
  }
  expect(isFull(previous, colours[1])).toBe(true);
  expect(repeated).toBeGreaterThan(3);
  expect(losses).toHaveLength(1);
  expect(states.map(({ kind }) => kind)).toEqual(["webgl", "webgl"]);
  expect(contexts).toHaveLength(2);
});

test("a context that is lost again and again is given up for the CPU, and that is said", async () => {
  const contexts = watchContexts();
  const { programme, reader, states, losses } = start();
  await reader.shotWhere((shot) => isFull(shot, colours[0]));
  for (let time = 0; time < 3; time += 1) {
    await expect.poll(() => contexts.length, { timeout: 10_000 }).toBe(time + 1);
    lose(contexts[time]);
  }
  await expect
    .poll(() => states.at(-1), { timeout: 10_000 })
    .toEqual({ kind: "cpu", renderer: null, gaveUpGpu: true });
  expect(losses).toHaveLength(3);
  programme.setDocument(documentIn(colours[2]));
  await reader.shotWhere((shot) => isFull(shot, colours[2]));
});

test("the picture goes over from the CPU to the GPU and back", async () => {
  const { programme, reader, states } = start();
  await reader.shotWhere((shot) => isFull(shot, colours[0]));
  programme.usePainter("cpu");
  programme.setDocument(documentIn(colours[1]));
  await reader.shotWhere((shot) => isFull(shot, colours[1]));
  programme.usePainter("webgl");
  programme.setDocument(documentIn(colours[2]));
  await reader.shotWhere((shot) => isFull(shot, colours[2]));
  expect(states.map(({ kind }) => kind)).toEqual(["webgl", "cpu", "webgl"]);
});

test("a comparison shows an item without its filters, and the programme keeps them", async () => {
  const { programme, reader } = start();
  const grey = { ...newFilter("colourCorrection"), saturation: -1 };
  const item = { source: colourSource("area", colours[0], 320, 180), filters: [grey] };
  programme.setDocument(documentOf([item], { width: 320, height: 180, fps: 20 }));
  const isGrey = (shot: Shot) => isFull(shot, "#555555");
  await reader.shotWhere(isGrey);
  const track = createFrameTrack();
  const bare = new ProgrammeReader(track);
  closing.push(() => {
    bare.close();
    track.stop();
  });
  programme.compare(ItemId.parse("area-item-0"), track.writable);
  await bare.shotWhere((shot) => isFull(shot, colours[0]));
  for (let shots = 0; shots < 8; shots += 1) expect(isGrey(await reader.shot())).toBe(true);
  programme.endCompare();
  await reader.shotWhere(isGrey);
});
