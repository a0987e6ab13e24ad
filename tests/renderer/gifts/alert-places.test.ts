import fc from "fast-check";
import { expect, test } from "vitest";
import { AlertLayout } from "../../../preload/contract/alert-template.ts";
import type { Rect } from "../../../renderer/compositor/picture.ts";
import { placesOf } from "../../../renderer/gifts/alert-places.ts";
import { builtInTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

const overlap = (a: Rect, b: Rect): boolean =>
  a.x + a.width > b.x + 0.001 &&
  b.x + b.width > a.x + 0.001 &&
  a.y + a.height > b.y + 0.001 &&
  b.y + b.height > a.y + 0.001;

const expectInside = (place: Rect, width: number, height: number): void => {
  expect(place.x).toBeGreaterThanOrEqual(0);
  expect(place.y).toBeGreaterThanOrEqual(0);
  expect(place.x + place.width).toBeLessThanOrEqual(width + 0.01);
  expect(place.y + place.height).toBeLessThanOrEqual(height + 0.01);
};
const side = fc.integer({ min: 16, max: 7_680 });

test("in a picture of any size no places of a built-in template that are used together touch, and all are inside", () => {
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(...builtInTemplates),
      (width, height, slots, template) => {
        const { banners, spotlight, filling, folded } = placesOf(
          { width, height },
          slots,
          template,
        );
        expect(banners).toHaveLength(slots);
        for (const places of [
          [...banners, spotlight, folded],
          [...banners, filling, folded],
        ])
          for (const [index, place] of places.entries()) {
            expectInside(place, width, height);
            for (const other of places.slice(index + 1)) expect(overlap(place, other)).toBe(false);
          }
      },
    ),
  );
});

/** Any box that a template may have. */
const boxes = fc
  .record({
    x: fc.double({ min: 0, max: 0.9, noNaN: true }),
    y: fc.double({ min: 0, max: 0.95, noNaN: true }),
    right: fc.double({ min: 0, max: 1, noNaN: true }),
    lower: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ x, y, right, lower }) => ({
    x,
    y,
    width: Math.max(0.1, right * (1 - x)),
    height: Math.max(0.05, lower * (1 - y)),
  }))
  .filter(({ x, y, width, height }) => x + width <= 1 && y + height <= 1);
const layouts = fc
  .record({
    banner: boxes,
    spotlight: boxes,
    filling: boxes,
    scale: fc.double({ min: 0.5, max: 2, noNaN: true }),
  })
  .map((layout) => AlertLayout.parse(layout));

test("wherever a template puts them, all places are inside, and what is folded is told beside the banners", () => {
  fc.assert(
    fc.property(side, side, layouts, (width, height, layout) => {
      const places = placesOf({ width, height }, 3, { places: { lying: layout, upright: layout } });
      for (const place of [...places.banners, places.spotlight, places.filling, places.folded])
        expectInside(place, width, height);
      const [lowest, , highest] = places.banners;
      const { y, height: high } = places.folded;
      const isBelow = lowest !== undefined && y >= lowest.y + lowest.height;
      const isAbove = highest !== undefined && (y + high <= highest.y || y === 0);
      expect(isBelow || isAbove).toBe(true);
    }),
  );
});

test("the first banner is the lowest", () => {
  const [classic] = builtInTemplates;
  if (!classic) throw new Error("no template");
  const { banners } = placesOf({ width: 1280, height: 720 }, 3, classic);
  const tops = banners.map(({ y }) => y);
  expect(tops).toEqual(tops.toSorted((a, b) => b - a));
});
