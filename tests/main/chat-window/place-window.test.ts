import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Bounds, placeWindow } from "../../../main/chat-window/place-window.ts";

const usual = { width: 400, height: 700 };
const main: Bounds = { x: 0, y: 0, width: 1_920, height: 1_040 };
const second: Bounds = { x: 1_920, y: -200, width: 1_280, height: 1_024 };

it("opens where it was, also on the second screen and partly beyond an edge", () => {
  for (const saved of [
    { x: 100, y: 50, width: 500, height: 600 },
    { x: 2_000, y: -150, width: 500, height: 600 },
    { x: -300, y: 50, width: 500, height: 600 },
  ])
    expect(placeWindow(saved, usual, [main, second])).toEqual(saved);
});

it("comes to the main screen where its screen is gone, in its own size", () => {
  const saved = { x: 2_000, y: -150, width: 500, height: 600 };
  expect(placeWindow(saved, usual, [main])).toEqual({ x: 1_420, y: 220, width: 500, height: 600 });
});

it("opens at the right edge of the main screen at first", () => {
  expect(placeWindow(null, usual, [main, second])).toEqual({
    x: 1_520,
    y: 170,
    width: 400,
    height: 700,
  });
});

it("can always be taken hold of", () => {
  const at = fc.integer({ min: -5_000, max: 5_000 });
  const size = fc.integer({ min: 200, max: 4_000 });
  const bounds = fc.record({ x: at, y: at, width: size, height: size });
  fc.assert(
    fc.property(
      fc.option(bounds),
      fc.tuple(bounds, bounds).map((pair) => pair),
      (saved, areas) => {
        const placed = placeWindow(saved, usual, areas);
        const seen = areas.some(
          (area) =>
            Math.min(placed.x + placed.width, area.x + area.width) - Math.max(placed.x, area.x) >=
              64 &&
            placed.y >= area.y &&
            placed.y + 64 <= area.y + area.height,
        );
        expect(seen).toBe(true);
      },
    ),
  );
});
