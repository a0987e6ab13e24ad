import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Crop, type Size, Transform } from "../../../preload/contract/geometry.ts";
import {
  boundsOf,
  boxOf,
  centreOnCanvas,
  covers,
  cropBy,
  fillCanvas,
  fitToCanvas,
  fitView,
  flipped,
  type Handle,
  handlePoint,
  handles,
  moveBy,
  noCrop,
  oppositeOf,
  type Placement,
  plainTransform,
  resizeBy,
  scaleAbout,
  stretchToCanvas,
  toCanvas,
  toStage,
  turnBy,
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
const anyTurn = fc.oneof(
  fc.constantFrom(0, 0, 90, 180, 270),
  fc.double({ min: 0, max: 359.9, noNaN: true }),
);
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
        rotationDeg: anyTurn,
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

/** How far a drag of the handle has moved what lies opposite to it and must stay. */
const driftOf = (before: Placement, after: Placement, natural: Size, handle: Handle): number => {
  const [was, is] = [before, after].map((placement) =>
    handlePoint(placement, natural, oppositeOf(handle)),
  );
  return was && is ? Math.hypot(is.x - was.x, is.y - was.y) : Number.NaN;
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

  it("keeps the opposite corner or edge fixed where items may be, and the placement valid", () => {
    fc.assert(
      fc.property(
        anyPlaced,
        anyHandle,
        anyPoint,
        fc.boolean(),
        ({ placement, size: natural }, handle, delta, keepAspect) => {
          const resized = resizeBy(placement, natural, handle, delta, keepAspect);
          expect(Transform.safeParse(resized.transform).success).toBe(true);
          expect(resized.crop).toEqual(placement.crop);
          const { x, y } = resized.transform;
          const isPutBack = Math.max(Math.abs(x), Math.abs(y)) === 100_000;
          const drift = driftOf(placement, resized, natural, handle);
          expect(isPutBack ? 0 : drift).toBeLessThan(0.001);
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
        expect(driftOf(placement, cropped, natural, handle)).toBeLessThan(0.001);
      }),
    );
  });
});

describe("fit", () => {
  const canvas = { width: 1280, height: 720 };

  it("fills one side of the canvas and centres the other", () => {
    expect(fitToCanvas(at(0, 0), { width: 640, height: 320 }, canvas).transform).toMatchObject({
      x: 0,
      y: 40,
      scaleX: 2,
      scaleY: 2,
    });
  });

  it("fits what the crop has left", () => {
    const crop = { ...noCrop, left: 320 };
    const placement = fitToCanvas({ ...at(7, 9), crop }, { width: 640, height: 180 }, canvas);
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

describe("what is turned", () => {
  const turned = (rotationDeg: number): Placement => ({
    ...at(100, 100),
    transform: { ...at(100, 100).transform, rotationDeg },
  });

  it("lies about its middle", () => {
    const bounds = boundsOf(turned(90), size);
    expect(bounds).toEqual({ x: 150, y: 50, width: 100, height: 200 });
    expect(covers(turned(90), size, { x: 160, y: 60 })).toBe(true);
    expect(covers(turned(90), size, { x: 110, y: 110 })).toBe(false);
    expect(covers(turned(45), size, { x: 101, y: 101 })).toBe(false);
  });

  it("is resized along its own axes", () => {
    const { transform } = resizeBy(turned(90), size, "e", { x: 0, y: 100 }, false);
    expect(transform).toMatchObject({ scaleX: 1.5, scaleY: 1, rotationDeg: 90 });
  });

  it("has the dragged handle where the pointer is, at any angle", () => {
    const corner = fc.constantFrom<Handle>("nw", "ne", "se", "sw");
    const outwards = fc.record({
      x: fc.double({ min: 1, max: 500, noNaN: true }),
      y: fc.double({ min: 1, max: 500, noNaN: true }),
    });
    fc.assert(
      fc.property(anyPlaced, corner, outwards, ({ placement, size: natural }, handle, by) => {
        fc.pre(Math.min(placement.transform.scaleX, placement.transform.scaleY) > 0.05);
        const box = boxOf(placement, natural);
        fc.pre(box.width + by.x < 400 * box.width && box.height + by.y < 400 * box.height);
        fc.pre(placement.transform.scaleX < 2 && placement.transform.scaleY < 2);
        const local = {
          x: handle.includes("w") ? -by.x : by.x,
          y: handle.includes("n") ? -by.y : by.y,
        };
        const rad = (placement.transform.rotationDeg * Math.PI) / 180;
        const delta = {
          x: local.x * Math.cos(rad) - local.y * Math.sin(rad),
          y: local.x * Math.sin(rad) + local.y * Math.cos(rad),
        };
        const start = handlePoint(placement, natural, handle);
        const end = handlePoint(
          resizeBy(placement, natural, handle, delta, false),
          natural,
          handle,
        );
        expect(end.x).toBeCloseTo(start.x + delta.x, 4);
        expect(end.y).toBeCloseTo(start.y + delta.y, 4);
      }),
    );
  });

  it("comes back when it is turned back", () => {
    fc.assert(
      fc.property(
        anyPlaced,
        anyPoint,
        fc.double({ min: -720, max: 720, noNaN: true }),
        ({ placement, size: natural }, about, deg) => {
          const there = turnBy(placement, natural, about, deg);
          expect(Transform.safeParse(there.transform).success).toBe(true);
          const { transform } = turnBy(there, natural, about, -deg);
          expect(transform.x).toBeCloseTo(placement.transform.x, 5);
          expect(transform.y).toBeCloseTo(placement.transform.y, 5);
          const off = Math.abs(transform.rotationDeg - placement.transform.rotationDeg);
          expect(Math.min(off, 360 - off)).toBeLessThan(1e-6);
        },
      ),
    );
  });
});

describe("mirroring", () => {
  it("crops the side that is seen", () => {
    const mirrored = flipped(at(0, 0), "x");
    expect(cropBy(mirrored, size, "w", { x: 50, y: 0 }).crop).toEqual({ ...noCrop, right: 50 });
  });

  it("twice is nothing", () => {
    fc.assert(
      fc.property(anyPlaced, fc.constantFrom("x" as const, "y" as const), ({ placement }, axis) => {
        const { transform } = flipped(flipped(placement, axis), axis);
        expect({ ...transform, rotationDeg: 0 }).toEqual({
          ...placement.transform,
          rotationDeg: 0,
        });
        expect(transform.rotationDeg).toBeCloseTo(placement.transform.rotationDeg, 9);
      }),
    );
  });
});

describe("several at a time", () => {
  it("keep their places to each other when scaled about a point", () => {
    const upright = { ...at(100, 50), transform: { ...at(100, 50).transform, rotationDeg: 90 } };
    const scaled = scaleAbout(upright, size, { x: 0, y: 0 }, { x: 2, y: 3 });
    const before = boundsOf(upright, size);
    expect(boundsOf(scaled, size)).toEqual({
      x: 2 * before.x,
      y: 3 * before.y,
      width: 2 * before.width,
      height: 3 * before.height,
    });
  });
});

describe("fill", () => {
  const canvas = { width: 1280, height: 720 };

  it("covers the canvas with its own aspect, and no more than that", () => {
    expect(boundsOf(fillCanvas(at(3, 4), size, canvas), size)).toEqual({
      x: -80,
      y: 0,
      width: 1440,
      height: 720,
    });
    const crop = { ...noCrop, left: 100 };
    expect(boundsOf(fillCanvas({ ...at(3, 4), crop }, size, canvas), size)).toEqual({
      x: 0,
      y: -280,
      width: 1280,
      height: 1280,
    });
  });

  it("leaves no corner of the canvas free at any angle, and one of its edges just touches a corner", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.record({
          width: fc.integer({ min: 20, max: 4_000 }),
          height: fc.integer({ min: 20, max: 4_000 }),
        }),
        fc.boolean(),
        (rotationDeg, source, flipX) => {
          const before = { ...at(9, 9), transform: { ...plainTransform, rotationDeg, flipX } };
          const filled = fillCanvas(before, source, canvas);
          expect(filled.transform.scaleX).toBe(filled.transform.scaleY);
          const turn = (-rotationDeg * Math.PI) / 180;
          const [halfWidth, halfHeight] = [source.width, source.height].map(
            (side) => (side * filled.transform.scaleX) / 2,
          ) as [number, number];
          const beyond = [-1, 1].flatMap((x) =>
            [-1, 1].flatMap((y) => {
              const corner = { x: (x * canvas.width) / 2, y: (y * canvas.height) / 2 };
              const along = corner.x * Math.cos(turn) - corner.y * Math.sin(turn);
              const across = corner.x * Math.sin(turn) + corner.y * Math.cos(turn);
              return [Math.abs(along) - halfWidth, Math.abs(across) - halfHeight];
            }),
          );
          expect(Math.max(...beyond)).toBeCloseTo(0, 6);
        },
      ),
    );
  });
});

describe("stretch", () => {
  it("covers the canvas, also on its side", () => {
    const canvas = { width: 1280, height: 720 };
    const whole = { x: 0, y: 0, ...canvas };
    expect(boundsOf(stretchToCanvas(at(3, 4), size, canvas), size)).toEqual(whole);
    const side = { ...at(3, 4), transform: { ...at(3, 4).transform, rotationDeg: 85 } };
    expect(boundsOf(stretchToCanvas(side, size, canvas), size)).toEqual(whole);
  });
});
