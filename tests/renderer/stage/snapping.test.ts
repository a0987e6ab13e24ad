import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guidesOn, snapLines, snapPoint, snapRect } from "../../../renderer/stage/snapping.ts";

const canvas = { width: 1280, height: 720 };
const box = { x: 300, y: 200, width: 100, height: 50 };
const lines = snapLines(canvas, [box]);

describe("a rectangle", () => {
  it("snaps its edges to the canvas's", () => {
    expect(snapRect(lines, { x: 6, y: -5, width: 90, height: 33 }, 8).by).toEqual({ x: -6, y: 5 });
    expect(snapRect(lines, { x: 1183, y: 690, width: 90, height: 33 }, 8).by).toEqual({
      x: 7,
      y: -3,
    });
  });

  it("snaps its middle to the canvas's", () => {
    expect(snapRect(lines, { x: 591, y: 343, width: 90, height: 30 }, 8).by).toEqual({
      x: 4,
      y: 2,
    });
  });

  it("snaps its edge to another one's, at eight pixels and not at nine", () => {
    const beside = (x: number) => ({ x, y: 500, width: 77, height: 31 });
    expect(snapRect(lines, beside(408), 8).by).toEqual({ x: -8, y: 0 });
    expect(snapRect(lines, beside(409), 8).by).toEqual({ x: 0, y: 0 });
  });

  it("takes the nearest of several lines", () => {
    const two = snapLines(canvas, [box, { ...box, x: 303 }]);
    expect(snapRect(two, { x: 302, y: 400, width: 77, height: 31 }, 8).by.x).toBe(1);
  });

  it("shows a line as long as what it joins", () => {
    const { guides } = snapRect(lines, { x: 298, y: 500, width: 77, height: 31 }, 8);
    expect(guides).toEqual([{ axis: "x", at: 300, from: 200, to: 531 }]);
  });

  it("shows nothing where nothing lies on a line", () => {
    expect(guidesOn(lines, { x: 31, y: 37, width: 77, height: 31 })).toEqual([]);
  });
});

const rect = fc.record({
  x: fc.integer({ min: -500, max: 1_500 }),
  y: fc.integer({ min: -500, max: 1_000 }),
  width: fc.integer({ min: 1, max: 800 }),
  height: fc.integer({ min: 1, max: 800 }),
});

it("finds what a search through all lines finds, lies on it, and stays", () => {
  fc.assert(
    fc.property(
      fc.array(rect, { maxLength: 40 }),
      rect,
      fc.integer({ min: 0, max: 20 }),
      (others, moving, reach) => {
        const all = snapLines(canvas, others);
        const plain = (
          places: readonly number[],
          at: readonly { readonly at: number }[],
        ): number => {
          const found = places
            .flatMap((place) => at.map((line) => line.at - place))
            .filter((by) => Math.abs(by) <= reach)
            .map(Math.abs);
          return found.length === 0 ? 0 : Math.min(...found);
        };
        const { by } = snapRect(all, moving, reach);
        const thirds = (start: number, length: number) => [
          start,
          start + length / 2,
          start + length,
        ];
        expect(Math.abs(by.x)).toBe(plain(thirds(moving.x, moving.width), all.x));
        expect(Math.abs(by.y)).toBe(plain(thirds(moving.y, moving.height), all.y));
        const snapped = { ...moving, x: moving.x + by.x, y: moving.y + by.y };
        const again = snapRect(all, snapped, reach);
        expect([Math.abs(again.by.x), Math.abs(again.by.y)]).toEqual([0, 0]);
        const lying = again.guides.map(({ axis }) => axis);
        const wanted = [by.x !== 0 && "x", by.y !== 0 && "y"].filter((axis) => axis !== false);
        expect(lying).toEqual(expect.arrayContaining(wanted));
      },
    ),
  );
});

it("tells how far a point is from lines on each axis", () => {
  expect(snapPoint(lines, { x: 303, y: 240 }, 5)).toEqual({ x: -3, y: null });
});
