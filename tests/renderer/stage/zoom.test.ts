import fc from "fast-check";
import { expect, test } from "vitest";
import { toCanvas } from "../../../renderer/scene/transform.ts";
import { panBy, steppedScale, viewOf, wheelFactor, zoomAt } from "../../../renderer/stage/zoom.ts";

const canvas = { width: 1280, height: 720 };
const area = { width: 800, height: 500 };
const whole = viewOf(null, canvas, area);

test("shows all of the canvas until it is zoomed", () => {
  expect(whole.scale).toBe(0.6);
  expect([whole.left, whole.top]).toEqual([16, 34]);
});

test("zooms at the pointer: what is there stays there", () => {
  fc.assert(
    fc.property(
      fc.record({ x: fc.integer({ min: 50, max: 750 }), y: fc.integer({ min: 60, max: 440 }) }),
      fc.double({ min: 0.3, max: 8, noNaN: true }),
      (point, scale) => {
        const before = toCanvas(whole, point);
        const after = toCanvas(zoomAt(whole, scale, point, canvas, area), point);
        expect(after.x).toBeCloseTo(before.x, 6);
        expect(after.y).toBeCloseTo(before.y, 6);
      },
    ),
  );
});

test("keeps some of the canvas in sight", () => {
  const far = panBy({ scale: 1, left: 0, top: 0 }, { x: -9_000, y: 9_000 }, canvas, area);
  expect([far.left, far.top]).toEqual([48 - 1280, 500 - 48]);
});

test("goes from one round scale to the next, and no further than it may", () => {
  expect([steppedScale(0.6, 1), steppedScale(0.6, -1), steppedScale(1, 1)]).toEqual([
    0.67, 0.5, 1.5,
  ]);
  expect(zoomAt(whole, 99, { x: 0, y: 0 }, canvas, area).scale).toBe(8);
  expect(wheelFactor(-120) * wheelFactor(120)).toBeCloseTo(1, 9);
});
