import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type FilterKernels,
  loadFilterKernels,
} from "../../../../renderer/compositor/cpu/filter-kernels.ts";
import { latticeBytes, makeLattice } from "../../../../renderer/compositor/cpu/lattice.ts";
import { PlaneMemory } from "../../../../renderer/compositor/cpu/plane-memory.ts";
import * as plain from "./plain-filter-kernels.ts";
import type { Plane } from "./plain-kernels.ts";

const memory = new PlaneMemory();
let kernels: FilterKernels;
beforeAll(async () => {
  kernels = await loadFilterKernels(memory.memory);
});

const put = (plane: Plane): number => {
  const width = plane[0]?.length ?? 0;
  const at = memory.allocate(width * plane.length);
  for (const [y, row] of plane.entries()) memory.view(at + y * width, width).set(row);
  return at;
};
const get = (at: number, width: number, height: number): Plane =>
  Array.from({ length: height }, (_, y) => [...memory.view(at + y * width, width)]);

const byte = fc.integer({ min: 0, max: 255 });
const planeOf = (width: number, height: number) =>
  fc.array(fc.array(byte, { minLength: width, maxLength: width }), {
    minLength: height,
    maxLength: height,
  });
const half = (side: number): number => (side + 1) >> 1;
const planes = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 7 }) })
  .chain(({ width, height }) =>
    fc.record({
      y: planeOf(width, height),
      u: planeOf(half(width), half(height)),
      v: planeOf(half(width), half(height)),
    }),
  );

const sizeOf = (plane: Plane) => [plane[0]?.length ?? 0, plane.length] as const;
const farthest = (a: Plane, b: Plane): number =>
  Math.max(...a.flatMap((row, y) => row.map((value, x) => Math.abs(value - (b[y]?.[x] ?? 999)))));

describe("filters' kernels compute what their plain forms do", () => {
  test("grade reads any lattice, up to a rounding", () => {
    // No order in its nodes: nothing is right by chance.
    const lattice = new Int16Array(latticeBytes / 2).map(
      (_, index) => ((index * 7_919) % 16_321) - ((index * 31) % 3) * 900,
    );
    const at = memory.allocate(latticeBytes);
    memory.view(at, latticeBytes).set(new Uint8Array(lattice.buffer));
    fc.assert(
      fc.property(planes, ({ y, u, v }) => {
        const [width, height] = sizeOf(y);
        const places = [put(y), put(u), put(v)] as const;
        kernels.grade(...places, width, height, at);
        const expected = plain.grade({ y, u, v }, lattice);
        expect(farthest(get(places[0], width, height), expected.y)).toBeLessThanOrEqual(1);
        for (const [place, plane] of [
          [places[1], expected.u],
          [places[2], expected.v],
        ] as const)
          expect(farthest(get(place, half(width), half(height)), plane)).toBeLessThanOrEqual(1);
        for (const place of places) memory.free(place);
      }),
    );
  });

  test("a lattice of no change changes nothing", () => {
    const at = memory.allocate(latticeBytes);
    memory.view(at, latticeBytes).set(new Uint8Array(makeLattice((colour) => colour).buffer));
    for (const [y, u, v] of [
      [16, 128, 128],
      [235, 128, 128],
      [81, 90, 240],
      [145, 54, 34],
      [120, 110, 150],
      [77, 131, 119],
    ] as const) {
      const places = [put([[y]]), put([[u]]), put([[v]])] as const;
      kernels.grade(...places, 1, 1, at);
      const got = places.map((place) => memory.view(place, 1)[0]);
      for (const [index, value] of [y, u, v].entries())
        expect(Math.abs((got[index] ?? 0) - value)).toBeLessThanOrEqual(1);
    }
  });

  test("distanceKey", () => {
    fc.assert(
      fc.property(
        planes,
        fc.tuple(byte, byte, byte),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        ({ y, u, v }, colour, from, over) => {
          const [width, height] = sizeOf(y);
          const places = [put(y), put(u), put(v)] as const;
          const alpha = memory.allocate(width * height);
          kernels.distanceKey(alpha, ...places, width, height, ...colour, from, over);
          const expected = plain.distanceKey({ y, u, v }, colour, from, over);
          expect(farthest(get(alpha, width, height), expected)).toBeLessThanOrEqual(1);
          for (const place of [...places, alpha]) memory.free(place);
        },
      ),
    );
  });

  test("unpremultiply", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 60 })
          .chain((width) => fc.tuple(planeOf(width, 1), planeOf(width, 1))),
        ([plane, alpha]) => {
          const [width] = sizeOf(plane);
          const places = [put(plane), put(alpha)] as const;
          kernels.unpremultiply(...places, width);
          expect(get(places[0], width, 1)).toEqual(plain.unpremultiply(plane, alpha));
          for (const place of places) memory.free(place);
        },
      ),
    );
  });

  const radius = fc.integer({ min: 0, max: 8 });
  /** Of 256 parts all together. */
  const weightsOf = (count: number, seed: number): readonly number[] => {
    const sides = Array.from({ length: count }, (_, k) => (seed * (k + 3)) % 14);
    return [256 - 2 * sides.reduce((sum, weight) => sum + weight, 0), ...sides];
  };
  const one = fc
    .record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 20 }) })
    .chain(({ width, height }) => planeOf(width, height));
  const putWeights = (weights: readonly number[]): number => {
    const at = memory.allocate(2 * weights.length);
    memory
      .view(at, 2 * weights.length)
      .set(weights.flatMap((weight) => [weight & 255, weight >> 8]));
    return at;
  };

  test("blurRows and blurColumns", () => {
    fc.assert(
      fc.property(one, radius, fc.nat(100), (plane, count, seed) => {
        const [width, height] = sizeOf(plane);
        const weights = weightsOf(count, seed);
        const places = [put(plane), putWeights(weights)] as const;
        const dst = memory.allocate(width * height);
        const row = memory.allocate(width + 48);
        kernels.blurRows(dst, places[0], width, height, places[1], count, row);
        expect(get(dst, width, height)).toEqual(plain.blurRows(plane, weights));
        kernels.blurColumns(dst, places[0], width, height, places[1], count);
        expect(get(dst, width, height)).toEqual(plain.blurColumns(plane, weights));
        for (const place of [...places, dst, row]) memory.free(place);
      }),
    );
  });

  const pair = fc
    .integer({ min: 1, max: 70 })
    .chain((width) => fc.tuple(planeOf(width, 1), planeOf(width, 1), planeOf(width, 1)));

  test("unsharp", () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 0, max: 127 }), ([plane, blurred], amount64) => {
        const [width] = sizeOf(plane);
        const places = [put(plane), put(blurred)] as const;
        kernels.unsharp(...places, width, amount64);
        expect(get(places[0], width, 1)).toEqual(plain.unsharp(plane, blurred, amount64));
        for (const place of places) memory.free(place);
      }),
    );
  });

  test("scaleAndAdd", () => {
    fc.assert(
      fc.property(pair, ([plane, factor, offset]) => {
        const [width] = sizeOf(plane);
        const places = [put(plane), put(factor), put(offset)] as const;
        kernels.scaleAndAdd(...places, width);
        expect(get(places[0], width, 1)).toEqual(plain.scaleAndAdd(plane, factor, offset));
        for (const place of places) memory.free(place);
      }),
    );
  });

  test("shiftBy", () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: -128, max: 127 }), ([plane, mask], by) => {
        const [width] = sizeOf(plane);
        const places = [put(plane), put(mask)] as const;
        kernels.shiftBy(...places, width, by);
        expect(get(places[0], width, 1)).toEqual(plain.shiftBy(plane, mask, by));
        for (const place of places) memory.free(place);
      }),
    );
  });

  test("guideMask finds the lines of the guided filter", () => {
    fc.assert(
      fc.property(
        fc
          .record({
            width: fc.integer({ min: 1, max: 20 }),
            height: fc.integer({ min: 1, max: 12 }),
          })
          .chain(({ width, height }) =>
            fc.record({ y: planeOf(width, height), mask: planeOf(width, height) }),
          ),
        fc.integer({ min: 1, max: 5 }),
        ({ y, mask }, radius) => {
          const [width, height] = sizeOf(y);
          const [atY, atMask, factor, offset] = [put(y), put(mask), put(y), put(y)];
          const room = memory.allocate(6 * 4 * width * height);
          kernels.guideMask(atY, atMask, width, height, radius, factor, offset, room);
          const wanted = plain.guideMask(y, mask, radius);
          expect(farthest(get(factor, width, height), wanted.factor)).toBeLessThanOrEqual(1);
          expect(farthest(get(offset, width, height), wanted.offset)).toBeLessThanOrEqual(1);
          for (const at of [atY, atMask, factor, offset, room]) memory.free(at);
        },
      ),
    );
  });

  test("guidedAlpha rises along the lines, and falls where it has to", () => {
    fc.assert(
      fc.property(
        fc
          .record({
            width: fc.integer({ min: 1, max: 40 }),
            height: fc.integer({ min: 1, max: 5 }),
          })
          .chain(({ width, height }) =>
            fc.tuple(planeOf(width, height), planeOf(width, height), planeOf(width, height)),
          ),
        fc.integer({ min: -60, max: 160 }),
        fc.oneof(fc.integer({ min: 800, max: 22_000 }), fc.integer({ min: -5_000, max: -800 })),
        fc.integer({ min: 0, max: 40 }),
        ([y, factor, offset], from, gain, least) => {
          const [width, height] = sizeOf(y);
          const places = [put(y), put(y), put(factor), put(offset)] as const;
          const [dst] = places;
          kernels.guidedAlpha(...places, width * height, from, gain, least);
          const wanted = plain.guidedAlpha(y, factor, offset, from, gain, least);
          // One step of a share, which is rounded, is this much alpha.
          const step = Math.ceil(Math.abs(gain) / 512) + 1;
          expect(farthest(get(dst, width, height), wanted)).toBeLessThanOrEqual(step);
          for (const at of places) memory.free(at);
        },
      ),
    );
  });
});
