import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as plain from "../plain-kernels.ts";
import {
  allocate,
  get,
  kernels,
  padding,
  planeOf,
  put,
  size,
  withMemory,
} from "./kernel-memory.ts";

describe("a plane in another size is as its plain form says", () => {
  const axis = (length: number) =>
    fc
      .record({
        from: fc.oneof(
          fc.integer({ min: -3 * 65_536, max: (length + 3) * 65_536 }),
          fc.integer({ min: -2, max: length }).map((place) => place * 65_536),
        ),
        step: fc.oneof(fc.integer({ min: 0, max: 4 * 65_536 }), fc.constant(65_536)),
        min: fc.nat(length - 1),
        max: fc.nat(length - 1),
      })
      .map(({ min, max, ...rest }) => ({
        ...rest,
        min: Math.min(min, max),
        max: Math.max(min, max),
      }));

  test("scale", () => {
    fc.assert(
      fc.property(
        size.chain((s) => fc.tuple(planeOf(s.width, s.height), axis(s.width), axis(s.height))),
        size,
        padding,
        ([source, x, y], { width, height }, pad) =>
          withMemory(() => {
            const src = put(source);
            const dst = put(
              Array.from({ length: height }, () => Array<number>(width).fill(9)),
              pad,
            );
            const table = allocate(Math.ceil(width / 8) * 96);
            const row = allocate(src.stride + 32);
            kernels.scale(
              dst.at,
              dst.stride,
              width,
              height,
              src.at,
              src.stride,
              x.from,
              x.step,
              y.from,
              y.step,
              x.min,
              x.max,
              y.min,
              y.max,
              table,
              row,
            );
            expect(get(dst.at, dst.stride, width, height)).toEqual(
              plain.scale(source, width, height, x, y),
            );
            for (const value of get(dst.at + width, dst.stride, pad, height).flat())
              expect(value).toBe(171);
          }),
      ),
      { numRuns: 500 },
    );
  });

  test("halveRows, halveColumns and double", () => {
    fc.assert(
      fc.property(
        size.chain((s) => fc.tuple(fc.constant(s), planeOf(s.width, s.height))),
        ([{ width, height }, plane]) =>
          withMemory(() => {
            const src = put(plane);
            const halfWidth = (width + 1) >> 1;
            const halfHeight = (height + 1) >> 1;
            const rows = allocate(width * halfHeight);
            kernels.halveRows(rows, src.at, width, height);
            expect(get(rows, width, width, halfHeight)).toEqual(plain.halveRows(plane));
            const columns = allocate(halfWidth * height);
            kernels.halveColumns(columns, src.at, width, height);
            expect(get(columns, halfWidth, halfWidth, height)).toEqual(plain.halveColumns(plane));

            const row = allocate(width + 48);
            for (const [w, h] of [
              [2 * width, 2 * height],
              [2 * width - 1, 2 * height - 1],
            ] as const) {
              const whole = allocate(w * h);
              kernels.double(whole, w, h, src.at, row);
              expect(get(whole, w, w, h)).toEqual(plain.double(plane, w, h));
            }
          }),
      ),
    );
  });
});
