import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CanvasId, SourceId } from "../../../preload/contract/ids.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import { type DrawOp, planProgramme } from "../../../renderer/compositor/plan.ts";
import {
  cameraSource,
  colourSource,
  documentOf,
  documentOfScenes,
  type ItemAt,
  sceneSource,
} from "../../fakes/documents.ts";

const camera: Picture = {
  id: "camera",
  version: 1,
  width: 160,
  height: 120,
  pixels: { format: "RGBA", premultiplied: false, data: new Uint8ClampedArray(4) },
};
const planOf = (document: SceneDocument): readonly DrawOp[] =>
  planProgramme({
    document,
    canvasId: CanvasId.parse("main"),
    wallMs: 1_800_000_000_000,
    zoneOffsetMs: 0,
    pictures: new Map([[SourceId.parse("camera"), camera]]),
    alerts: new Map(),
  }).slice(1);
const nested = (inner: readonly ItemAt[], placed: Omit<ItemAt, "source"> = {}) =>
  planOf(documentOfScenes({ scene: [{ source: sceneSource("inner"), ...placed }], inner }));

const red = colourSource("red", "#ff0000", 100, 50);
const groups = (ops: readonly DrawOp[]) => ops.filter((op) => op.op === "group");

describe("a scene within another", () => {
  test("does not show its hidden groups", () => {
    const ops = nested([
      { source: red, x: 10, group: "hidden" },
      { source: red, x: 20, group: "seen" },
    ]);
    expect(ops).toEqual([
      { op: "fill", rect: { x: 20, y: 0, width: 100, height: 50 }, colour: "#ff0000" },
    ]);
  });

  test("is drawn item by item where that looks the same", () => {
    const ops = nested(
      [
        { source: red, x: 10, y: 20 },
        { source: cameraSource(), x: 600, scale: 2 },
      ],
      { x: 100, y: 60, scale: 0.5, crop: { left: 20, top: 0, right: 0, bottom: 0 } },
    );
    expect(ops).toEqual([
      { op: "fill", rect: { x: 100, y: 70, width: 45, height: 25 }, colour: "#ff0000" },
      // Beyond its canvas's right edge the inner scene shows nothing.
      {
        op: "picture",
        picture: camera,
        from: { x: 0, y: 0, width: 20, height: 120 },
        rect: { x: 390, y: 60, width: 20, height: 120 },
        opacity: 1,
        filters: [],
      },
    ]);
  });

  test("shows nothing of what is hidden, cut away or off the canvas", () => {
    const inner = [{ source: red, x: 10, y: 20 }];
    expect(nested([{ source: red, visible: false }])).toEqual([]);
    expect(nested(inner, { crop: { left: 110, top: 0, right: 0, bottom: 0 } })).toEqual([]);
    expect(nested(inner, { x: -110 })).toEqual([]);
    expect(nested(inner, { visible: false })).toEqual([]);
    expect(nested([])).toEqual([]);
  });

  test("that is faded, turned or mixed is one picture of its parts, in the size that it has there", () => {
    const inner = [{ source: red }, { source: red, x: 50 }];
    for (const placed of [
      { opacity: 0.5 },
      { rotationDeg: 30 },
      { flipX: true },
      { blend: "screen" },
    ] as const) {
      const ops = nested(inner, { scale: 0.5, ...placed });
      expect(ops).toMatchObject([
        {
          op: "group",
          surface: {
            width: 320,
            height: 180,
            ops: [
              { op: "fill", rect: { x: 0, y: 0, width: 50, height: 25 } },
              { op: "fill", rect: { x: 25, y: 0, width: 50, height: 25 } },
            ],
          },
          from: { x: 0, y: 0, width: 320, height: 180 },
          rect: { x: 0, y: 0, width: 320, height: 180 },
        },
      ]);
    }
  });

  test("keeps what mixes with its own items, what is turned and cut, and what would lean to itself", () => {
    const turned = { source: red, x: 300, y: 100, rotationDeg: 45 };
    expect(groups(nested([turned], { scale: 0.5 }))).toEqual([]);
    expect(groups(nested([{ source: red, blend: "additive" }]))).toHaveLength(1);
    expect(groups(nested([{ ...turned, x: 600 }]))).toHaveLength(1);
    const leaning = nested([turned], { scale: 0.5, scaleY: 0.25 });
    expect(leaning).toMatchObject([
      {
        surface: { width: 320, height: 180 },
        from: { width: 320, height: 180 },
        rect: { width: 320, height: 90 },
      },
    ]);
  });

  test("is found through several scenes, and drawn as often as it is placed", () => {
    const document = documentOfScenes({
      scene: [
        { source: sceneSource("middle"), scale: 0.5 },
        { source: sceneSource("inner"), x: 320, scale: 0.5 },
      ],
      middle: [{ source: sceneSource("inner"), x: 100 }],
      inner: [{ source: red, x: 20, y: 40 }],
    });
    expect(planOf(document)).toMatchObject([
      { rect: { x: 60, y: 20, width: 50, height: 25 } },
      { rect: { x: 330, y: 20, width: 50, height: 25 } },
    ]);
  });

  test("in its own place is drawn as in the programme, whatever it holds", () => {
    const anyItem: fc.Arbitrary<ItemAt> = fc.record({
      source: fc.constantFrom(red, cameraSource(), colourSource("blue", "#0000ff80", 30, 40)),
      x: fc.integer({ min: 0, max: 300 }),
      y: fc.integer({ min: 0, max: 100 }),
      scale: fc.constantFrom(0.5, 1, 1.5),
      scaleY: fc.constantFrom(0.5, 1),
      visible: fc.boolean(),
      rotationDeg: fc.constantFrom(0, 90, 33),
      flipX: fc.boolean(),
      opacity: fc.constantFrom(0, 0.5, 1),
    });
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 4 }), (items) => {
        const alone = planOf(documentOf(items));
        const within = nested(items);
        expect(groups(within).length === 0 ? within : groups(within)[0]?.surface.ops).toEqual(
          alone,
        );
      }),
    );
  });
});
