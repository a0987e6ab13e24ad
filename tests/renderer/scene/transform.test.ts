import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Crop, Transform } from "../../../preload/contract/geometry.ts";
import {
  boundsOf,
  centreOnCanvas,
  cropBy,
  fitToCanvas,
  fitView,
  type Handle,
  handles,
  moveBy,
  noCrop,
  type Placement,
  plainTransform,
  type Rect,
  resizeBy,
  toCanvas,
  toStage,
} from "../../../renderer/scene/transform.ts";

const at = (x: number, y: number, scaleX = 1, scaleY = scaleX): Placement => ({
  transform: { ...plainTransform, x, y, scaleX, scaleY },
  crop: noCrop,
});
const size = { width: 200, height: 100 };

const anyPoint = fc.record({
  x: fc.double({ min: -3_000, max: 3_000, noNaN: true }),
  y: fc.double({ min: -3_000, max: 3_000, noNaN: true }),
});
const anySize = fc.record({
  width: fc.integer({ min: 1, max: 4_000 }),
  height: fc.integer({ min: 1, max: 4_000 }),
});
const anyHandle = fc.constantFrom(...handles);
/** A source's size and a placement whose crop leaves at least one pixel. */
const anyPlaced = anySize.chain((natural) =>
  fc.record({
    size: fc.constant(natural),
    placement: fc.record({
      transform: fc.record({
        x: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
        y: fc.double({ min: -2_000, max: 2_000, noNaN: true }),
        scaleX: fc.double({ min: 0.01, max: 20, noNaN: true }),
        scaleY: fc.double({ min: 0.01, max: 20, noNaN: true }),
        rotationDeg: fc.constant(0),
        flipX: fc.boolean(),
        flipY: fc.boolean(),
      }),
      crop: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()).map(([left, right, top, bottom]) => {
        const cutLeft = left % natural.width;
        const cutTop = top % natural.height;
        return {
          left: cutLeft,
          right: right % (natural.width - cutLeft),
          top: cutTop,
          bottom: bottom % (natural.height - cutTop),
        };
      }),
    }),
  }),
);

const right = (rect: Rect): number => rect.x + rect.width;
const bottom = (rect: Rect): number => rect.y + rect.height;

/** How far a drag of the handle has moved the sides of a rectangle that it must leave where they are. */
const driftOf = (before: Rect, after: Rect, handle: Handle): number => {
  return Math.max(
    handle.includes("w") ? Math.abs(right(after) - right(before)) : 0,
    handle.includes("e") ? Math.abs(after.x - before.x) : 0,
    handle.includes("n") ? Math.abs(bottom(after) - bottom(before)) : 0,
    handle.includes("s") ? Math.abs(after.y - before.y) : 0,
  );
};

describe("view", () => {
  it("centres the canvas with a margin", () => {
    expect(fitView({ width: 1280, height: 720 }, { width: 680, height: 500 }, 20)).toEqual({
      scale: 0.5,
      left: 20,
      top: 70,
    });
  });

  it("takes a point to the stage and back", () => {
    fc.assert(
      fc.property(anySize, anySize, anyPoint, (canvas, area, point) => {
        const view = fitView(canvas, area, 0);
        const back = toCanvas(view, toStage(view, point));
        expect(back.x).toBeCloseTo(point.x, 4);
        expect(back.y).toBeCloseTo(point.y, 4);
      }),
    );
  });
});

describe("move", () => {
  it("lands on whole pixels", () => {
    expect(moveBy(at(10, 20).transform, { x: 5.4, y: -5.6 })).toMatchObject({ x: 15, y: 14 });
  });

  it("stays where items may be", () => {
    expect(moveBy(at(99_999, 0).transform, { x: 50, y: 0 }).x).toBe(100_000);
  });
});

describe("resize", () => {
  it("scales from a corner with the aspect kept", () => {
    const { transform } = resizeBy(at(100, 100), size, "se", { x: 200, y: 100 }, true);
    expect(transform).toMatchObject({ x: 100, y: 100, scaleX: 2, scaleY: 2 });
  });

  it("stretches one axis freely", () => {
    const { transform } = resizeBy(at(100, 100), size, "w", { x: -100, y: 30 }, false);
    expect(transform).toMatchObject({ x: 0, y: 100, scaleX: 1.5, scaleY: 1 });
  });

  it("scales an edge about the middle of the other axis with the aspect kept", () => {
    const { transform } = resizeBy(at(0, 0), size, "e", { x: 200, y: 0 }, true);
    expect(transform).toMatchObject({ x: 0, y: -50, scaleX: 2, scaleY: 2 });
  });

  it("leaves something to grab", () => {
    const rect = boundsOf(resizeBy(at(0, 0), size, "se", { x: -900, y: -900 }, false), size);
    expect(rect).toEqual({ x: 0, y: 0, width: 4, height: 4 });
  });

  it("keeps the opposite corner or edge fixed, and the placement valid", () => {
    fc.assert(
      fc.property(
        anyPlaced,
        anyHandle,
        anyPoint,
        fc.boolean(),
        ({ placement, size: natural }, handle, delta, keepAspect) => {
          const resized = resizeBy(placement, natural, handle, delta, keepAspect);
          const before = boundsOf(placement, natural);
          expect(driftOf(before, boundsOf(resized, natural), handle)).toBeLessThan(0.001);
          expect(Transform.safeParse(resized.transform).success).toBe(true);
          expect(resized.crop).toEqual(placement.crop);
        },
      ),
    );
  });

  it("keeps the aspect where asked to", () => {
    fc.assert(
      fc.property(anyPlaced, anyHandle, anyPoint, ({ placement, size: natural }, handle, delta) => {
        const { transform } = resizeBy(placement, natural, handle, delta, true);
        expect(transform.scaleX / transform.scaleY).toBeCloseTo(
          placement.transform.scaleX / placement.transform.scaleY,
          6,
        );
      }),
    );
  });
});

describe("crop", () => {
  it("cuts the dragged side in source pixels and moves nothing else", () => {
    const cropped = cropBy(at(100, 100, 2), size, "w", { x: 50, y: 9 });
    expect(cropped.crop).toEqual({ ...noCrop, left: 25 });
    expect(boundsOf(cropped, size)).toEqual({ x: 150, y: 100, width: 350, height: 200 });
  });

  it("uncovers what was cut, and no more", () => {
    const cropped = cropBy(at(0, 0), size, "e", { x: -80, y: 0 });
    expect(cropped.crop.right).toBe(80);
    expect(cropBy(cropped, size, "e", { x: 500, y: 0 }).crop).toEqual(noCrop);
  });

  it("never exceeds the source, and keeps the other sides in place", () => {
    fc.assert(
      fc.property(anyPlaced, anyHandle, anyPoint, ({ placement, size: natural }, handle, delta) => {
        const cropped = cropBy(placement, natural, handle, delta);
        const { crop } = cropped;
        expect(crop.left + crop.right).toBeLessThan(natural.width);
        expect(crop.top + crop.bottom).toBeLessThan(natural.height);
        expect(Crop.safeParse(crop).success).toBe(true);
        const before = boundsOf(placement, natural);
        expect(driftOf(before, boundsOf(cropped, natural), handle)).toBeLessThan(0.001);
      }),
    );
  });
});

describe("fit", () => {
  const canvas = { width: 1280, height: 720 };

  it("fills one side of the canvas and centres the other", () => {
    expect(fitToCanvas(noCrop, { width: 640, height: 320 }, canvas).transform).toMatchObject({
      x: 0,
      y: 40,
      scaleX: 2,
      scaleY: 2,
    });
  });

  it("fits what the crop has left", () => {
    const crop = { ...noCrop, left: 320 };
    const placement = fitToCanvas(crop, { width: 640, height: 180 }, canvas);
    expect(boundsOf(placement, { width: 640, height: 180 })).toEqual({
      x: 0,
      y: 0,
      width: 1280,
      height: 720,
    });
  });

  it("leaves small pictures in their own pixels", () => {
    expect(centreOnCanvas({ width: 100, height: 100 }, canvas).transform).toMatchObject({
      x: 590,
      y: 310,
      scaleX: 1,
      scaleY: 1,
    });
    expect(centreOnCanvas({ width: 2_560, height: 1_440 }, canvas).transform.scaleX).toBe(0.5);
  });
});
