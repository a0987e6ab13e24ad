import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as plain from "../plain-kernels.ts";
import {
  allocate,
  alpha256,
  byte,
  get,
  kernels,
  padding,
  planeOf,
  put,
  size,
  withMemory,
} from "./kernel-memory.ts";

describe("drawing on a plane computes what its plain form does", () => {
  test("fill touches its rectangle only", () => {
    fc.assert(
      fc.property(
        size.chain((s) => fc.tuple(fc.constant(s), planeOf(s.width + 3, s.height))),
        byte,
        ([{ width, height }, before], value) =>
          withMemory(() => {
            const { at, stride } = put(before);
            kernels.fill(at, stride, width, height, value);
            expect(get(at, stride, width + 3, height)).toEqual(
              before.map((row) => row.map((old, x) => (x < width ? value : old))),
            );
          }),
      ),
    );
  });

  test("fade and fadeValue", () => {
    fc.assert(
      fc.property(
        size.chain((s) =>
          fc.tuple(fc.constant(s), planeOf(s.width, s.height), planeOf(s.width, s.height)),
        ),
        alpha256,
        padding,
        byte,
        ([{ width, height }, before, over], alpha, pad, value) =>
          withMemory(() => {
            const dst = put(before, pad);
            const src = put(over);
            kernels.fade(dst.at, dst.stride, src.at, src.stride, width, height, alpha);
            const faded = plain.fade(before, over, alpha);
            expect(get(dst.at, dst.stride, width, height)).toEqual(faded);
            kernels.fadeValue(dst.at, dst.stride, width, height, value, alpha);
            const flat = over.map((row) => row.map(() => value));
            expect(get(dst.at, dst.stride, width, height)).toEqual(plain.fade(faded, flat, alpha));
          }),
      ),
    );
  });

  test("blend", () => {
    fc.assert(
      fc.property(
        size.chain((s) =>
          fc.tuple(
            fc.constant(s),
            planeOf(s.width, s.height),
            planeOf(s.width, s.height),
            fc.oneof(
              planeOf(s.width, s.height),
              byte.map((each) =>
                Array.from({ length: s.height }, () => Array<number>(s.width).fill(each)),
              ),
            ),
          ),
        ),
        alpha256,
        padding,
        ([{ width, height }, before, over, alpha], opacity, pad) =>
          withMemory(() => {
            const dst = put(before, pad);
            const src = put(plain.premultiply(over, alpha));
            const mask = put(alpha, 3);
            kernels.blend(
              dst.at,
              dst.stride,
              src.at,
              src.stride,
              mask.at,
              mask.stride,
              width,
              height,
              opacity,
            );
            const expected = plain.blend(before, plain.premultiply(over, alpha), alpha, opacity);
            expect(get(dst.at, dst.stride, width, height)).toEqual(expected);
          }),
      ),
    );
  });

  test("premultiply", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }).chain((count) => planeOf(count, 2)),
        ([plane = [], alpha = []]) =>
          withMemory(() => {
            const count = plane.length;
            const [src, mask] = [put([plane]), put([alpha])];
            const product = allocate(count);
            kernels.premultiply(product, src.at, mask.at, count);
            expect(get(product, count, count, 1)).toEqual(plain.premultiply([plane], [alpha]));
          }),
      ),
    );
  });
});
