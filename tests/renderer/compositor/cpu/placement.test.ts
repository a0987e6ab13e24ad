import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  halvingsFor,
  runsBetween,
  samplingOf,
} from "../../../../renderer/compositor/cpu/placement.ts";

const edge = fc.double({ min: -50, max: 150, noNaN: true });

describe("runs of covered pixels", () => {
  test("whole pixels are one run, parts of pixels are runs of their own", () => {
    expect(runsBetween(2, 6, 10)).toEqual([{ start: 2, length: 4, coverage: 1 }]);
    expect(runsBetween(2.5, 6.25, 10)).toEqual([
      { start: 2, length: 1, coverage: 0.5 },
      { start: 3, length: 3, coverage: 1 },
      { start: 6, length: 1, coverage: 0.25 },
    ]);
    expect(runsBetween(3.25, 3.75, 10)).toEqual([{ start: 3, length: 1, coverage: 0.5 }]);
    expect(runsBetween(3.5, 4.5, 10).map(({ start }) => start)).toEqual([3, 4]);
    expect(runsBetween(-5, -1, 10)).toEqual([]);
    expect(runsBetween(10, 20, 10)).toEqual([]);
  });

  test("follow each other inside the plane, and cover as much as lies between the edges", () => {
    fc.assert(
      fc.property(edge, edge, fc.integer({ min: 1, max: 100 }), (a, b, size) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const runs = runsBetween(from, to, size);
        const covered = runs.reduce((sum, { length, coverage }) => sum + length * coverage, 0);
        const expected = Math.max(0, Math.min(size, to) - Math.max(0, from));
        expect(Math.abs(covered - expected)).toBeLessThanOrEqual(2 / 256);
        let next = runs[0]?.start ?? 0;
        expect(next).toBeGreaterThanOrEqual(0);
        for (const { start, length, coverage } of runs) {
          expect(start).toBe(next);
          expect(length).toBeGreaterThan(0);
          expect(coverage).toBeGreaterThan(0);
          expect(coverage).toBeLessThanOrEqual(1);
          next = start + length;
        }
        expect(next).toBeLessThanOrEqual(size);
      }),
    );
  });
});

describe("sampling", () => {
  test("an unscaled part is read pixel by pixel, and nothing beside it", () => {
    expect(samplingOf({ start: 3, length: 4 }, { start: 10, length: 4 }, 20)).toEqual({
      origin: -7,
      step: 1,
      min: 3,
      max: 6,
    });
  });

  test("the edges of what is read come to the edges of where it is drawn", () => {
    fc.assert(
      fc.property(
        fc.record({
          start: fc.double({ min: 0, max: 50, noNaN: true }),
          length: fc.double({ min: 0.5, max: 50, noNaN: true }),
        }),
        fc.record({
          start: fc.double({ min: -50, max: 50, noNaN: true }),
          length: fc.double({ min: 0.5, max: 200, noNaN: true }),
        }),
        (from, to) => {
          const { origin, step, min, max } = samplingOf(from, to, 100);
          const read = (place: number) => origin + (place - 0.5) * step + 0.5;
          expect(read(to.start)).toBeCloseTo(from.start, 6);
          expect(read(to.start + to.length)).toBeCloseTo(from.start + from.length, 6);
          expect(min).toBeLessThanOrEqual(max);
          expect(min).toBeGreaterThanOrEqual(0);
          expect(max).toBeLessThan(100);
        },
      ),
    );
  });

  test("a source is halved until a step is below two of its pixels", () => {
    expect([0.1, 1, 1.99, 2, 3, 4, 9].map(halvingsFor)).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });
});
