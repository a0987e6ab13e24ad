import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compose,
  cornersOf,
  hullOf,
  invert,
  mapPoint,
  turnAbout,
  turnOfBox,
} from "../../../renderer/compositor/affine.ts";

const coordinate = fc.double({ min: -1_000, max: 1_000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const degrees = fc.double({ min: 0, max: 359.9, noNaN: true });
const side = fc.double({ min: 1, max: 1_000, noNaN: true });
const box = fc.record({ x: coordinate, y: coordinate, width: side, height: side });
const turning = fc.record({ rotationDeg: degrees, flipX: fc.boolean(), flipY: fc.boolean() });

const expectSame = (
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
) => {
  expect(a.x).toBeCloseTo(b.x, 6);
  expect(a.y).toBeCloseTo(b.y, 6);
};

test("a quarter turn is clockwise on the screen and exact", () => {
  expect(mapPoint(turnAbout({ x: 10, y: 10 }, 90), { x: 20, y: 10 })).toEqual({ x: 10, y: 20 });
});

test("what is inverted undoes it, and composing is one after the other", () => {
  fc.assert(
    fc.property(box, turning, point, point, degrees, (area, turn, at, about, deg) => {
      const map = turnOfBox(area, turn) ?? turnAbout(at, 0);
      const other = turnAbout(about, deg);
      expectSame(mapPoint(invert(map), mapPoint(map, at)), at);
      expectSame(mapPoint(compose(other, map), at), mapPoint(other, mapPoint(map, at)));
    }),
  );
});

test("a box stays about its middle and within its diagonal", () => {
  fc.assert(
    fc.property(box, turning, (area, turn) => {
      const map = turnOfBox(area, turn);
      if (!map) return;
      const hull = hullOf(cornersOf(area, map));
      expectSame(
        { x: hull.x + hull.width / 2, y: hull.y + hull.height / 2 },
        { x: area.x + area.width / 2, y: area.y + area.height / 2 },
      );
      const diagonal = Math.hypot(area.width, area.height) + 1e-6;
      expect(hull.width).toBeLessThanOrEqual(diagonal);
      expect(hull.height).toBeLessThanOrEqual(diagonal);
    }),
  );
});
