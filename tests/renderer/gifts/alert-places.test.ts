import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rect } from "../../../renderer/compositor/picture.ts";
import { placesOf } from "../../../renderer/gifts/alert-places.ts";

const overlap = (a: Rect, b: Rect): boolean =>
  a.x + a.width > b.x + 0.001 &&
  b.x + b.width > a.x + 0.001 &&
  a.y + a.height > b.y + 0.001 &&
  b.y + b.height > a.y + 0.001;

test("in a picture of any size no place touches another, and all are inside", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 16, max: 7_680 }),
      fc.integer({ min: 16, max: 7_680 }),
      fc.integer({ min: 1, max: 4 }),
      (width, height, slots) => {
        const { banners, spotlight, filling, folded } = placesOf({ width, height }, slots);
        expect(banners).toHaveLength(slots);
        for (const places of [
          [...banners, spotlight, folded],
          [...banners, filling, folded],
        ])
          for (const [index, place] of places.entries()) {
            expect(place.x).toBeGreaterThanOrEqual(0);
            expect(place.y).toBeGreaterThanOrEqual(0);
            expect(place.x + place.width).toBeLessThanOrEqual(width);
            expect(place.y + place.height).toBeLessThanOrEqual(height);
            for (const other of places.slice(index + 1)) expect(overlap(place, other)).toBe(false);
          }
      },
    ),
  );
});

test("the first banner is the lowest", () => {
  const { banners } = placesOf({ width: 1280, height: 720 }, 3);
  const tops = banners.map(({ y }) => y);
  expect(tops).toEqual(tops.toSorted((a, b) => b - a));
});
