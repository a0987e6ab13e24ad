import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as plain from "../plain-kernels.ts";
import {
  allocate,
  get,
  kernels,
  memory,
  padding,
  planeOf,
  put,
  size,
  withMemory,
} from "./kernel-memory.ts";

describe("a plane at an angle or mirrored is as its plain form says", () => {
  test("coverage, within one of 255", () => {
    const edge = fc.record({
      angle: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      near: fc.double({ min: -40, max: 40, noNaN: true }),
      length: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(
        size,
        fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.integer({ min: -9, max: 9 }) }),
        fc.array(edge, { minLength: 1, maxLength: 3 }),
        ({ width, height }, from, drawn) =>
          withMemory(() => {
            const stride = Math.ceil(width / 16) * 16;
            const out = allocate(stride * height);
            const pairs = drawn.map(
              ({ angle, near, length }) =>
                [Math.cos(angle), Math.sin(angle), near, near + length] as const,
            );
            const edges = allocate(pairs.length * 16);
            memory
              .view(edges, pairs.length * 16)
              .set(new Uint8Array(new Float32Array(pairs.flat()).buffer));
            kernels.coverage(out, stride, from.x, from.y, stride, height, edges, pairs.length);
            const expected = plain.coverage(width, height, from, pairs);
            for (const [y, row] of get(out, stride, width, height).entries())
              for (const [x, value] of row.entries())
                expect(Math.abs(value - (expected[y]?.[x] ?? Number.NaN))).toBeLessThanOrEqual(
                  0.51,
                );
          }),
      ),
    );
  });

  test("turn, where the mask lets it", () => {
    const step = fc.oneof(
      fc.integer({ min: -150_000, max: 150_000 }),
      fc.integer({ min: -8_000, max: 8_000 }),
      fc.constantFrom(0, 65_536, -65_536),
    );
    const place = fc.oneof(
      fc.integer({ min: -2_000_000, max: 4_000_000 }),
      fc.integer({ min: 0, max: 500_000 }),
    );
    fc.assert(
      fc.property(
        size.chain((s) => fc.tuple(fc.constant(s), planeOf(s.width, s.height))),
        size.chain((s) =>
          fc.tuple(fc.constant(s), planeOf(s.width, s.height), planeOf(s.width, s.height)),
        ),
        fc.tuple(place, step, step),
        fc.tuple(place, step, step),
        padding,
        (
          [source, src],
          [{ width, height }, before, mask],
          [x, columnX, rowX],
          [y, columnY, rowY],
          pad,
        ) =>
          withMemory(() => {
            const from = put(src, pad);
            const dst = put(before, pad);
            const masked = put(mask);
            const last = { x: source.width - 1, y: source.height - 1 };
            kernels.turn(
              ...([dst.at, dst.stride, width, height, from.at, from.stride, x, y] as const),
              ...([columnX, columnY, rowX, rowY, 0, last.x, 0, last.y] as const),
              ...([masked.at, masked.stride] as const),
            );
            expect(get(dst.at, dst.stride, width, height)).toEqual(
              plain.turn(
                before,
                src,
                { from: x, step: columnX, row: rowX, min: 0, max: last.x },
                { from: y, step: columnY, row: rowY, min: 0, max: last.y },
                mask,
              ),
            );
          }),
      ),
    );
  });

  test("mirror", () => {
    fc.assert(
      fc.property(
        size.chain((s) => planeOf(s.width, s.height)),
        fc.boolean(),
        fc.boolean(),
        (src, across, isDown) =>
          withMemory(() => {
            const { at, stride } = put(src);
            const dst = allocate(stride * src.length);
            kernels.mirror(dst, at, stride, src.length, across ? 1 : 0, isDown ? 1 : 0);
            expect(get(dst, stride, stride, src.length)).toEqual(plain.mirror(src, across, isDown));
          }),
      ),
    );
  });

  test("transpose", () => {
    fc.assert(
      fc.property(
        size.chain((s) => planeOf(s.width, s.height)),
        fc.boolean(),
        fc.boolean(),
        (src, across, isDown) =>
          withMemory(() => {
            const { at, stride } = put(src);
            const dst = allocate(stride * src.length);
            kernels.transpose(dst, at, stride, src.length, across ? 1 : 0, isDown ? 1 : 0);
            expect(get(dst, src.length, src.length, stride)).toEqual(
              plain.transpose(src, across, isDown),
            );
          }),
      ),
    );
  });
});
