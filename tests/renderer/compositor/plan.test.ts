import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CanvasId, SourceId } from "../../../preload/contract/ids.ts";
import type { Picture, PlacedPicture } from "../../../renderer/compositor/picture.ts";
import { type DrawOp, planProgramme } from "../../../renderer/compositor/plan.ts";
import {
  alertsSource,
  cameraSource,
  colourSource,
  documentOf,
  type ItemAt,
  microphoneSource,
  testPatternSource,
} from "../../fakes/documents.ts";

const pictureOf = (id: string, width: number, height: number): Picture => ({
  id,
  version: 1,
  width,
  height,
  pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(4) },
});

const planOf = (
  items: readonly ItemAt[],
  pictures: readonly Picture[] = [],
  alerts: readonly PlacedPicture[] = [],
): readonly DrawOp[] =>
  planProgramme({
    document: documentOf(items),
    canvasId: CanvasId.parse("main"),
    wallMs: 1_800_000_000_000,
    zoneOffsetMs: 0,
    pictures: new Map(pictures.map((picture) => [SourceId.parse(picture.id), picture])),
    alerts: new Map([[SourceId.parse("alerts"), alerts]]),
  });

const fills = (ops: readonly DrawOp[]) => ops.filter((op) => op.op === "fill");
const pictures = (ops: readonly DrawOp[]) => ops.filter((op) => op.op === "picture");

const red = colourSource("red", "#ff0000", 100, 50);
const blue = colourSource("blue", "#0000ff", 40, 40);

describe("the programme's plan", () => {
  test("begins with a clear picture and keeps the items' order", () => {
    const ops = planOf([{ source: red, x: 10, y: 20 }, { source: blue }]);
    expect(ops).toEqual([
      { op: "clear", colour: "#000000" },
      { op: "fill", rect: { x: 10, y: 20, width: 100, height: 50 }, colour: "#ff0000" },
      { op: "fill", rect: { x: 0, y: 0, width: 40, height: 40 }, colour: "#0000ff" },
    ]);
  });

  test("leaves out what is hidden, off the canvas, cropped away, without a picture or only heard", () => {
    const ops = planOf([
      { source: red, visible: false },
      { source: blue, x: 640 },
      {
        source: colourSource("gone", "#00ff00", 10, 10),
        crop: { left: 5, top: 0, right: 5, bottom: 0 },
      },
      { source: cameraSource() },
      { source: microphoneSource() },
    ]);
    expect(ops).toEqual([{ op: "clear", colour: "#000000" }]);
  });

  test("leaves out the items of hidden groups, and draws those of others as if there were none", () => {
    expect(
      planOf([
        { source: red, group: "hidden" },
        { source: blue, group: "hidden" },
      ]),
    ).toEqual([{ op: "clear", colour: "#000000" }]);
    const items = [{ source: red, x: 10 }, { source: blue }];
    expect(planOf(items.map((item) => ({ ...item, group: "seen" })))).toEqual(planOf(items));
  });

  test("scales what is left of a crop from the item's corner", () => {
    const ops = planOf(
      [
        {
          source: cameraSource(),
          x: 100,
          y: 50,
          scale: 2,
          crop: { left: 20, top: 10, right: 0, bottom: 30 },
        },
      ],
      [pictureOf("camera", 160, 120)],
    );
    expect(pictures(ops)).toMatchObject([
      {
        from: { x: 20, y: 10, width: 140, height: 80 },
        rect: { x: 100, y: 50, width: 280, height: 160 },
        opacity: 1,
      },
    ]);
  });

  test("shows a picture that was shrunk in memory at the size of its source", () => {
    const image = {
      id: "image",
      name: "image",
      kind: "image",
      pictureId: "0".repeat(64),
      width: 400,
      height: 200,
    } as const;
    const ops = planOf([{ source: image }], [pictureOf("image", 100, 50)]);
    expect(pictures(ops)).toMatchObject([
      { from: { x: 0, y: 0, width: 100, height: 50 }, rect: { width: 400, height: 200 } },
    ]);
  });

  test("places the alerts' pictures inside their source", () => {
    const card = pictureOf("alerts/card", 100, 40);
    const ops = planOf(
      [{ source: alertsSource(), x: 10, y: 10, scale: 0.5 }],
      [],
      [{ picture: card, rect: { x: 20, y: 40, width: 200, height: 80 }, opacity: 0.5 }],
    );
    expect(pictures(ops)).toEqual([
      {
        op: "picture",
        picture: card,
        from: { x: 0, y: 0, width: 100, height: 40 },
        rect: { x: 20, y: 30, width: 100, height: 40 },
        opacity: 0.5,
        filters: [],
      },
    ]);
  });

  test("is empty for a canvas that is not in the document", () => {
    const plan = planProgramme({
      document: documentOf([{ source: red }]),
      canvasId: CanvasId.parse("other"),
      wallMs: 0,
      zoneOffsetMs: 0,
      pictures: new Map(),
      alerts: new Map(),
    });
    expect(plan).toEqual([]);
  });

  test("draws the stamp of a test pattern at whole pixels where the item is not scaled", () => {
    const stamped = fills(planOf([{ source: testPatternSource(), x: 3, y: 5 }])).filter(
      ({ rect }) => rect.y === 5 && rect.height === 16 && rect.width === 16,
    );
    expect(stamped.length).toBeGreaterThan(4);
    for (const { rect } of stamped) expect((rect.x - 3) % 16).toBe(0);
  });

  test("never draws outside an item's own rectangle", () => {
    const crop = fc.record({
      left: fc.integer({ min: 0, max: 300 }),
      top: fc.integer({ min: 0, max: 200 }),
      right: fc.integer({ min: 0, max: 300 }),
      bottom: fc.integer({ min: 0, max: 200 }),
    });
    const at = fc.integer({ min: -300, max: 600 });
    fc.assert(
      fc.property(crop, at, at, fc.constantFrom(0.5, 1, 1.5), (cut, x, y, scale) => {
        const right = x + Math.max(0, 640 - cut.left - cut.right) * scale;
        const bottom = y + Math.max(0, 360 - cut.top - cut.bottom) * scale;
        for (const { rect } of fills(
          planOf([{ source: testPatternSource(), x, y, scale, crop: cut }]),
        )) {
          expect(rect.x).toBeGreaterThanOrEqual(x - 1e-6);
          expect(rect.y).toBeGreaterThanOrEqual(y - 1e-6);
          expect(rect.x + rect.width).toBeLessThanOrEqual(right + 1e-6);
          expect(rect.y + rect.height).toBeLessThanOrEqual(bottom + 1e-6);
        }
      }),
    );
  });
});

describe("what is turned, faded and mixed", () => {
  test("is drawn where it lies upright, with what turns it about its middle", () => {
    const [, op] = planOf([
      {
        source: red,
        x: 10,
        y: 20,
        crop: { left: 20, top: 0, right: 0, bottom: 0 },
        rotationDeg: 90,
        opacity: 0.5,
        blend: "screen",
      },
    ]);
    expect(op).toEqual({
      op: "fill",
      rect: { x: 10, y: 20, width: 80, height: 50 },
      colour: "#ff0000",
      opacity: 0.5,
      blend: "screen",
      // About (50, 45): (x, y) to (95 - y, x - 5).
      map: { a: 0, b: 1, c: -1, d: 0, e: 95, f: -5 },
    });
  });

  test("of many parts is one group in its own size", () => {
    const placed = (id: string, x: number): PlacedPicture => ({
      picture: pictureOf(id, 100, 50),
      rect: { x, y: 0, width: 100, height: 50 },
      opacity: 1,
    });
    const alerts = [placed("one", 0), placed("two", 50)];
    const source = alertsSource(640, 361);
    expect(planOf([{ source, scale: 0.5 }], [], alerts)).toHaveLength(3);
    const [, op, ...rest] = planOf([{ source, scale: 0.5, opacity: 0.5 }], [], alerts);
    expect(rest).toEqual([]);
    expect(op).toMatchObject({
      op: "group",
      surface: { width: 320, height: 182 },
      from: { x: 0, y: 0, width: 320, height: 180.5 },
      rect: { x: 0, y: 0, width: 320, height: 180.5 },
      opacity: 0.5,
    });
    expect(op?.op === "group" && op.surface.ops).toMatchObject([
      { op: "picture", rect: { x: 0, y: 0, width: 50, height: 25 }, opacity: 1 },
      { op: "picture", rect: { x: 25, y: 0, width: 50, height: 25 }, opacity: 1 },
    ]);
  });

  test("is left out where it is clear, and drawn where only its corner reaches the canvas", () => {
    expect(planOf([{ source: red, opacity: 0 }])).toHaveLength(1);
    expect(planOf([{ source: red, x: -104 }])).toHaveLength(1);
    expect(planOf([{ source: red, x: 10, y: -60 }])).toHaveLength(1);
    expect(planOf([{ source: red, x: 10, y: -60, rotationDeg: 90 }])).toHaveLength(2);
  });
});
