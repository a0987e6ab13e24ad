import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { yuvOf } from "../../../../../renderer/compositor/cpu/bt601.ts";
import type { Plane } from "../plain-kernels.ts";
import { alpha256, byte, get, kernels, padding, put, withMemory } from "./kernel-memory.ts";

describe("blend modes", () => {
  /** What lies in a block of four pixels of one colour, premultiplied. */
  const blockOf = ([red, green, blue]: readonly [number, number, number], alpha: number) => {
    const { y, u, v } = yuvOf(red, green, blue);
    const part = (value: number) => Math.round((value * alpha) / 255);
    return { y: part(y), u: part(u), v: part(v), a: alpha };
  };
  const colour = fc.tuple(byte, byte, byte);

  test("mixColours mixes RGB, and leaves alone what nothing is drawn on", () => {
    const mixOf = (mode: number, s: number, d: number, a: number, b: number): number => {
      const over = s + d * (1 - a);
      const under = d + s * (1 - b);
      const rgb = [
        s + d,
        d - s,
        s + d - s * d,
        s * d + s * (1 - b) + d * (1 - a),
        Math.max(over, under),
        Math.min(over, under),
      ][mode - 1];
      return Math.min(a + b - a * b, Math.max(0, rgb ?? Number.NaN));
    };
    const block = fc.record({ source: colour, alpha: byte, below: colour, belowAlpha: byte });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(block, { minLength: 1, maxLength: 11 }),
        fc.boolean(),
        alpha256,
        (mode, drawn, isOpaque, opacity) =>
          withMemory(() => {
            const blocks = drawn.map((each) => {
              const belowAlpha = isOpaque ? 255 : each.belowAlpha;
              return {
                ...each,
                belowAlpha,
                s: blockOf(each.source, each.alpha),
                d: blockOf(each.below, belowAlpha),
              };
            });
            const width = 2 * blocks.length;
            const whole = (values: readonly number[]) => {
              const row = values.flatMap((value) => [value, value]);
              return put([row, row]).at;
            };
            const half = (values: readonly number[]) => put([values]).at;
            const dY = whole(blocks.map(({ d }) => d.y));
            const dU = half(blocks.map(({ d }) => d.u));
            const dV = half(blocks.map(({ d }) => d.v));
            kernels.mixColours(
              ...([mode, width, 2, opacity, dY, dU, dV, width, width / 2] as const),
              ...([
                isOpaque ? 0 : whole(blocks.map(({ d }) => d.a)),
                isOpaque ? 0 : half(blocks.map(({ d }) => d.a)),
              ] as const),
              ...([
                whole(blocks.map(({ s }) => s.y)),
                half(blocks.map(({ s }) => s.u)),
                half(blocks.map(({ s }) => s.v)),
                whole(blocks.map(({ s }) => s.a)),
                half(blocks.map(({ s }) => s.a)),
              ] as const),
              ...([width, width / 2] as const),
            );
            const [lumas, [us], [vs]] = [
              get(dY, width, width, 2),
              get(dU, width / 2, width / 2, 1),
              get(dV, width / 2, width / 2, 1),
            ];
            for (const [index, { source, below, alpha, belowAlpha, d }] of blocks.entries()) {
              const a = (alpha / 255) * (opacity / 256);
              const b = belowAlpha / 255;
              const [red, green, blue] = [0, 1, 2].map(
                (channel) =>
                  255 *
                  mixOf(
                    mode,
                    ((source[channel] ?? 0) / 255) * a,
                    ((below[channel] ?? 0) / 255) * b,
                    a,
                    b,
                  ),
              );
              const outAlpha = a + b - a * b;
              const luma = 0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0);
              const [y, u, v] =
                alpha === 0
                  ? [d.y, d.u, d.v]
                  : [
                      (luma * 219) / 255 + 16 * outAlpha,
                      (((blue ?? 0) - luma) / 1.772) * (224 / 255) + 128 * outAlpha,
                      (((red ?? 0) - luma) / 1.402) * (224 / 255) + 128 * outAlpha,
                    ];
              const pairs = [
                ...lumas.flatMap((row) => [2 * index, 2 * index + 1].map((x) => [row[x], y])),
                [us?.[index], u],
                [vs?.[index], v],
              ];
              for (const [value, expected] of pairs)
                expect(Math.abs((value ?? 0) - (expected ?? 0))).toBeLessThanOrEqual(
                  alpha === 0 ? 0 : 5,
                );
            }
          }),
      ),
    );
  });

  test("mixColours does eight columns at once as it does two, also at ragged edges", () => {
    const edge = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.record({
          across: fc.integer({ min: 1, max: 11 }),
          down: fc.integer({ min: 1, max: 3 }),
        }),
        fc.array(edge, { minLength: 6, maxLength: 6 }),
        fc.array(colour, { minLength: 4, maxLength: 4 }),
        alpha256,
        padding,
        (mode, { across, down }, edges, colours, opacity, pad) =>
          withMemory(() => {
            const [width, height] = [2 * across, 2 * down];
            // A mask that begins elsewhere in each row, in steps of an antialiased edge.
            const alpha = Array.from({ length: height }, (_, y) =>
              Array.from({ length: width }, (__, x) =>
                Math.max(0, Math.min(255, (x - (edges[y] ?? 0)) * 85)),
              ),
            );
            const blocks = <T>(of: (x: number, y: number) => T) =>
              Array.from({ length: down }, (_, y) =>
                Array.from({ length: across }, (__, x) => of(x, y)),
              );
            const halfAlpha = blocks((x, y) =>
              Math.round(
                [0, 1].reduce(
                  (sum, j) =>
                    sum +
                    [0, 1].reduce((part, i) => part + (alpha[2 * y + j]?.[2 * x + i] ?? 0), 0),
                  0,
                ) / 4,
              ),
            );
            const yuv = colours.map(([red, green, blue]) => yuvOf(red, green, blue));
            const of = (x: number, y: number, from: number) =>
              yuv[from + ((x + y) % 2)] ?? yuvOf(0, 0, 0);
            const wide = (from: number, part: (value: number, x: number, y: number) => number) =>
              Array.from({ length: height }, (_, y) =>
                Array.from({ length: width }, (__, x) => part(of(x >> 1, y >> 1, from).y, x, y)),
              );
            const drawn = {
              y: wide(0, (value, x, y) => Math.round((value * (alpha[y]?.[x] ?? 0)) / 255)),
              u: blocks((x, y) => Math.round((of(x, y, 0).u * (halfAlpha[y]?.[x] ?? 0)) / 255)),
              v: blocks((x, y) => Math.round((of(x, y, 0).v * (halfAlpha[y]?.[x] ?? 0)) / 255)),
            };
            const [sY, sU, sV] = [put(drawn.y, pad), put(drawn.u), put(drawn.v)];
            const [sA, sHalfA] = [put(alpha, pad), put(halfAlpha)];
            const opaque = { a: put(wide(0, () => 255)), halfA: put(blocks(() => 255)) };
            /** So many columns at a time. */
            const mixedBy = (columns: number, overAlpha: boolean): readonly Plane[] => {
              const y = put(wide(2, (value) => value));
              const u = put(blocks((column, row) => of(column, row, 2).u));
              const v = put(blocks((column, row) => of(column, row, 2).v));
              for (let x = 0; x < width; x += columns)
                kernels.mixColours(
                  ...([mode, Math.min(columns, width - x), height, opacity] as const),
                  ...([y.at + x, u.at + x / 2, v.at + x / 2, width, across] as const),
                  ...(overAlpha
                    ? ([opaque.a.at + x, opaque.halfA.at + x / 2] as const)
                    : ([0, 0] as const)),
                  ...([sY.at + x, sU.at + x / 2, sV.at + x / 2] as const),
                  ...([sA.at + x, sHalfA.at + x / 2, width + pad, across] as const),
                );
              return [
                get(y.at, width, width, height),
                get(u.at, across, across, down),
                get(v.at, across, across, down),
              ];
            };
            const exact = mixedBy(2, false);
            expect(mixedBy(2, true)).toEqual(exact);
            const quick = mixedBy(width, false);
            expect(mixedBy(width, true)).toEqual(quick);
            for (const [plane, rows] of exact.entries())
              for (const [y, row] of rows.entries())
                for (const [x, value] of row.entries())
                  expect(
                    Math.abs(value - (quick[plane]?.[y]?.[x] ?? Number.NaN)),
                  ).toBeLessThanOrEqual(1);
          }),
      ),
    );
  });
});
