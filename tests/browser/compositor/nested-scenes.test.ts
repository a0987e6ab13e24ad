import { afterEach, describe, expect, test } from "vitest";
import { CanvasId, SourceId } from "../../../preload/contract/ids.ts";
import type { PainterKind } from "../../../preload/contract/painter.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { openPainter } from "../../../renderer/compositor/open-painter.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import { planProgramme } from "../../../renderer/compositor/plan.ts";
import {
  colourSource,
  documentOf,
  documentOfScenes,
  type ItemAt,
  sceneSource,
} from "../../fakes/documents.ts";

const size = { width: 320, height: 180 };
/** Of 255, in the mean over a square of 8 pixels: limited range, 4:2:0 and the order in which it is scaled and mixed. */
const tolerance = 4;
const cell = 8;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const paint = async (
  kind: PainterKind,
  document: SceneDocument,
  pictures: ReadonlyMap<SourceId, Picture> = new Map(),
): Promise<Uint8Array> => {
  const painter = await openPainter(kind, size);
  closing.push(() => painter.close());
  const ops = planProgramme({
    document,
    canvasId: CanvasId.parse("main"),
    wallMs: 0,
    zoneOffsetMs: 0,
    pictures,
    alerts: new Map(),
  });
  const frame = await painter.paint(ops, { timestampUs: 0, durationUs: 33_333 });
  const pixels = new Uint8Array(size.width * size.height * 4);
  await frame.copyTo(pixels, { format: "RGBA" });
  frame.close();
  return pixels;
};

/** Means of red, green and blue over squares, without those in which an edge lies. */
const cellsOf = (pixels: Uint8Array): readonly (readonly number[] | null)[] => {
  const cells: (readonly number[] | null)[] = [];
  for (let top = 0; top + cell <= size.height; top += cell)
    for (let left = 0; left + cell <= size.width; left += cell) {
      const sums = [0, 0, 0];
      const least = [255, 255, 255];
      const most = [0, 0, 0];
      for (let y = top; y < top + cell; y += 1)
        for (let x = left; x < left + cell; x += 1)
          for (const channel of [0, 1, 2]) {
            const value = pixels[(y * size.width + x) * 4 + channel] ?? 0;
            sums[channel] = (sums[channel] ?? 0) + value;
            least[channel] = Math.min(least[channel] ?? 0, value);
            most[channel] = Math.max(most[channel] ?? 0, value);
          }
      const edge = most.some((value, channel) => value - (least[channel] ?? 0) > 12);
      cells.push(edge ? null : sums.map((sum) => sum / cell ** 2));
    }
  return cells;
};

/** The largest difference between two pictures' means where neither has an edge. */
const differenceOf = (one: Uint8Array, other: Uint8Array): number => {
  const pairs = cellsOf(one).flatMap((mean, index) => {
    const twin = cellsOf(other)[index];
    return mean && twin ? [[mean, twin] as const] : [];
  });
  if (pairs.length < 400) throw new Error(`only ${pairs.length} squares without an edge`);
  return Math.max(
    ...pairs.flatMap(([mean, twin]) =>
      mean.map((value, channel) => Math.abs(value - (twin[channel] ?? 0))),
    ),
  );
};

const canvas = { width: size.width, height: size.height };
const inner = (): readonly ItemAt[] => [
  { source: colourSource("ground", "#305080", 200, 120), x: 20, y: 10 },
  { source: colourSource("glass", "#d0a04080", 120, 120), x: 150, y: 40 },
  { source: colourSource("turned", "#60b070", 80, 40), x: 40, y: 60, rotationDeg: 30 },
];
/** What is beyond the scene's canvas, and beside the nested scene, must be seen to stay as it is. */
const below: ItemAt = { source: colourSource("below", "#404040", 320, 180) };

/**
 * The scene painted alone, on white and on black, and put together as one picture with its alpha: what a nested scene must
 * look like when that is placed instead of it.
 */
const pictureOf = async (kind: PainterKind, items: readonly ItemAt[]): Promise<Picture> => {
  const on = (colour: string) =>
    paint(
      kind,
      documentOf([{ source: colourSource("backdrop", colour, 320, 180) }, ...items], canvas),
    );
  const [white, black] = [await on("#ffffff"), await on("#000000")];
  const data = new Uint8ClampedArray(white.length);
  for (let at = 0; at < data.length; at += 4) {
    const clear = ((white[at + 1] ?? 0) - (black[at + 1] ?? 0)) / 255;
    const alpha = Math.min(1, Math.max(0, 1 - clear));
    for (const channel of [0, 1, 2])
      data[at + channel] = alpha > 0.02 ? (black[at + channel] ?? 0) / alpha : 0;
    data[at + 3] = alpha * 255;
  }
  return {
    id: "picture",
    version: 1,
    ...size,
    pixels: { format: "RGBA", premultiplied: false, data },
  };
};

const image = {
  id: "picture",
  name: "picture",
  kind: "image",
  pictureId: "0".repeat(64),
  ...size,
} as const;

describe.each(["cpu", "webgl"] as const)("nested scenes by the %s painter", (kind) => {
  test("look the same in their own place as in the programme", async () => {
    const document = documentOfScenes(
      { scene: [{ source: sceneSource("inner", 320, 180) }], inner: inner() },
      canvas,
    );
    const alone = await paint(kind, documentOf(inner(), canvas));
    expect(differenceOf(await paint(kind, document), alone)).toBeLessThanOrEqual(tolerance);
  });

  test.each([
    [
      "scaled and cropped",
      { x: 40, y: 20, scale: 0.75, crop: { left: 40, top: 20, right: 20, bottom: 10 } },
    ],
    ["faded as one", { x: 20, y: 10, opacity: 0.5 }],
    ["turned", { x: 30, y: 20, scale: 0.75, rotationDeg: 20 }],
    ["mirrored", { flipX: true }],
    ["stretched", { x: 10, y: 5, scale: 0.9, scaleY: 0.5 }],
    ["screened", { x: 20, y: 10, blend: "screen" }],
  ] as const)("%s look like one picture of theirs", async (_, placed) => {
    const nested = documentOfScenes(
      { scene: [below, { source: sceneSource("inner", 320, 180), ...placed }], inner: inner() },
      canvas,
    );
    const reference = documentOf([below, { source: image, ...placed }], canvas);
    const picture = await pictureOf(kind, inner());
    const wanted = await paint(kind, reference, new Map([[SourceId.parse("picture"), picture]]));
    expect(differenceOf(await paint(kind, nested), wanted)).toBeLessThanOrEqual(tolerance);
  });

  test("mix their items with each other, not with what is below the scene", async () => {
    const glowing: ItemAt = {
      source: colourSource("glow", "#402010", 160, 180),
      x: 80,
      blend: "additive",
    };
    const ground: ItemAt = { source: colourSource("ground", "#305080", 160, 180) };
    const document = documentOfScenes(
      { scene: [below, { source: sceneSource("inner", 320, 180) }], inner: [ground, glowing] },
      canvas,
    );
    const cells = cellsOf(await paint(kind, document));
    const at = (x: number, y: number) => cells[(y / cell) * (size.width / cell) + x / cell];
    const expectColour = (x: number, y: number, rgb: readonly number[]) =>
      at(x, y)?.forEach((value, channel) =>
        expect(Math.abs(value - (rgb[channel] ?? 0))).toBeLessThanOrEqual(tolerance),
      );
    expectColour(40, 80, [0x30, 0x50, 0x80]);
    expectColour(120, 80, [0x70, 0x70, 0x90]);
    expectColour(200, 80, [0x40, 0x20, 0x10]);
    expectColour(280, 80, [0x40, 0x40, 0x40]);
    expect(at(200, 80)).toBeDefined();
  });
});
