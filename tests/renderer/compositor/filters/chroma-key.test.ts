import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  chromaKey,
  chromaOfColour,
  keyOf,
  keyTableBytes,
  keyTables,
} from "../../../../renderer/compositor/filters/chroma-key.ts";
import { filterColour } from "../../../../renderer/compositor/filters/filter-colour.ts";
import { greenKey } from "../../../fakes/filters.ts";

const part = fc.double({ min: 0, max: 1, noNaN: true });
const anyKey = fc
  .record({ similarity: part, smoothness: part, spill: part })
  .map((values) => ({ ...greenKey, ...values }));

describe("the chroma key", () => {
  test("takes its own colour out whatever its brightness, and leaves others as they are", () => {
    const key = keyOf(greenKey);
    expect(key(chromaOfColour("#00ff00")).alpha).toBe(0);
    expect(key(chromaOfColour("#00b000")).alpha).toBe(0);
    const kept = ["#ffffff", "#000000", "#e0b090", "#ff0000", "#2040c0"];
    expect(kept.filter((colour) => key(chromaOfColour(colour)).alpha < 1)).toEqual([]);
    expect(kept.filter((colour) => key(chromaOfColour(colour)).saturation < 1)).toEqual([]);
  });

  test("shows the more the farther from its colour, and is a step without smoothness", () => {
    fc.assert(
      fc.property(anyKey, part, part, (filter, a, b) => {
        const key = keyOf(filter);
        const middle = chromaOfColour(filter.colour);
        const at = (distance: number) => key({ cb: middle.cb + distance, cr: middle.cr });
        const [near, far] = [at(Math.min(a, b)), at(Math.max(a, b))];
        expect(near.alpha).toBeLessThanOrEqual(far.alpha);
        expect(near.saturation).toBeLessThanOrEqual(far.saturation);
      }),
    );
    const step = keyOf({ ...greenKey, smoothness: 0, spill: 0 });
    const { cb, cr } = chromaOfColour("#00ff00");
    expect(step({ cb: cb + 0.359, cr })).toEqual({ alpha: 0, saturation: 0 });
    expect(step({ cb: cb + 0.361, cr })).toEqual({ alpha: 1, saturation: 1 });
  });

  test("tables say what the key says", () => {
    fc.assert(
      fc.property(anyKey, fc.nat(255), fc.nat(255), (filter, u, v) => {
        const tables = keyTables(filter);
        const { alpha, saturation } = keyOf(filter)({ cb: u / 255, cr: v / 255 });
        const at = u * 256 + v;
        expect(tables[at]).toBe(Math.round(128 + (u - 128) * saturation));
        expect(tables[keyTableBytes + at]).toBe(Math.round(128 + (v - 128) * saturation));
        expect(tables[2 * keyTableBytes + at]).toBe(Math.round(alpha * 255));
      }),
      { numRuns: 10 },
    );
  });

  test("straight colours keep their own alpha where the key lets them", () => {
    if (chromaKey.type !== "colour") throw new Error("not of colours");
    const key = chromaKey.plain(greenKey, new Map());
    expect(key([0, 1, 0, 0.8])[3]).toBe(0);
    const [red, green, blue, alpha] = key([0.88, 0.69, 0.56, 0.8]);
    for (const [is, was] of [
      [red, 0.88],
      [green, 0.69],
      [blue, 0.56],
      [alpha, 0.8],
    ] as const)
      expect(is).toBeCloseTo(was, 10);
  });

  test("two keys take out both colours", () => {
    const keys = [greenKey, { ...greenKey, colour: "#ff0000" }];
    const alphaOf = (colour: string) => filterColour(colour, keys).slice(7);
    expect(["#00ff00", "#ff0000", "#0000ff"].map(alphaOf)).toEqual(["00", "00", "ff"]);
  });

  test("a colour is filtered as a picture of it would be", () => {
    expect(filterColour("#e0b090", [])).toBe("#e0b090");
    expect(filterColour("#e0b090", [greenKey])).toBe("#e0b090ff");
    expect(filterColour("#e0b09080", [greenKey])).toBe("#e0b09080");
    expect(filterColour("#00ff00", [greenKey])).toMatch(/00$/);
  });
});
