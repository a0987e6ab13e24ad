import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { yuvOf } from "../../../../renderer/compositor/cpu/bt601.ts";
import { type Kernels, loadKernels } from "../../../../renderer/compositor/cpu/kernels.ts";
import { PlaneMemory } from "../../../../renderer/compositor/cpu/plane-memory.ts";
import { yuvConversion } from "../../../../renderer/compositor/cpu/yuv-conversion.ts";
import * as plain from "./plain-kernels.ts";
import type { Plane } from "./plain-kernels.ts";

const memory = new PlaneMemory();
let kernels: Kernels;
beforeAll(async () => {
  kernels = await loadKernels(memory.memory);
});

const taken: number[] = [];
const allocate = (bytes: number): number => {
  const at = memory.allocate(bytes);
  taken.push(at);
  return at;
};
/** Runs with memory of its own, which is full of noise, so that nothing is right by chance. */
const withMemory = <T>(run: () => T): T => {
  try {
    return run();
  } finally {
    for (const at of taken.splice(0)) memory.free(at);
  }
};
const put = (plane: Plane, padding = 0): { at: number; stride: number } => {
  const width = plane[0]?.length ?? 0;
  const stride = width + padding;
  const at = allocate(stride * plane.length);
  for (const [y, row] of plane.entries()) {
    memory.view(at + y * stride, stride).fill(171);
    memory.view(at + y * stride, width).set(row);
  }
  return { at, stride };
};
const get = (at: number, stride: number, width: number, height: number): Plane =>
  Array.from({ length: height }, (_, y) => [...memory.view(at + y * stride, width)]);

const byte = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 255 }) },
  fc.constantFrom(0, 255),
);
const planeOf = (width: number, height: number) =>
  fc.array(fc.array(byte, { minLength: width, maxLength: width }), {
    minLength: height,
    maxLength: height,
  });
const side = fc.integer({ min: 1, max: 70 });
const size = fc.record({ width: side, height: fc.integer({ min: 1, max: 9 }) });
const alpha256 = fc.oneof(fc.integer({ min: 0, max: 256 }), fc.constantFrom(0, 256));
const padding = fc.integer({ min: 0, max: 20 });

describe("kernels compute what their plain forms do", () => {
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

  test("splitPairs and premultiply", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }).chain((count) => planeOf(count, 2)),
        ([u = [], v = []]) =>
          withMemory(() => {
            const count = u.length;
            const pairs = put([u.flatMap((each, index) => [each, v[index] ?? 0])]);
            const [first = 0, second = 0, product = 0] = [0, 1, 2].map(() => allocate(count));
            kernels.splitPairs(first, second, pairs.at, count);
            expect(get(first, count, count, 1)).toEqual([u]);
            expect(get(second, count, count, 1)).toEqual([v]);
            kernels.premultiply(product, first, second, count);
            expect(get(product, count, count, 1)).toEqual(plain.premultiply([u], [v]));
          }),
      ),
    );
  });

  test("lookUp", () => {
    withMemory(() => {
      const tables = [3, 5, 7].map((factor) => {
        const table = allocate(65_536);
        memory.view(table, 65_536).set(Array.from({ length: 65_536 }, (_, at) => at * factor));
        return table;
      });
      const [tableU = 0, tableV = 0, tableA = 0] = tables;
      const u = [0, 255, 128, 16, 240, 77, 1];
      const v = [0, 255, 127, 240, 16, 3, 2];
      const [outU = 0, outV = 0, outA = 0] = [0, 1, 2].map(() => allocate(u.length));
      const [inU, inV] = [put([u]), put([v])];
      kernels.lookUp(inU.at, inV.at, u.length, tableU, tableV, tableA, outU, outV, outA);
      for (const [out, factor] of [
        [outU, 3],
        [outV, 5],
        [outA, 7],
      ] as const)
        expect([...memory.view(out, u.length)]).toEqual(
          u.map((each, index) => ((each * 256 + (v[index] ?? 0)) * factor) % 256),
        );
    });
  });

  test("convert", () => {
    fc.assert(
      fc.property(
        size.chain(({ width, height }) => {
          const [halfWidth, halfHeight] = [(width + 1) >> 1, (height + 1) >> 1];
          return fc.record({
            y: planeOf(width, height),
            u: planeOf(halfWidth, halfHeight),
            v: planeOf(halfWidth, halfHeight),
          });
        }),
        fc.constantFrom(
          yuvConversion("bt709", false),
          yuvConversion("bt709", true),
          yuvConversion("bt601", true),
        ),
        (planes, conversion) =>
          withMemory(() => {
            if (!conversion) throw new Error("nothing to convert");
            const [y, u, v] = [put(planes.y), put(planes.u), put(planes.v)];
            const [width, height] = [y.stride, planes.y.length];
            const { black, yy, yu, yv, uu, uv, vu, vv } = conversion;
            kernels.convert(y.at, u.at, v.at, width, height, black, yy, yu, yv, uu, uv, vu, vv);
            expect({
              y: get(y.at, width, width, height),
              u: get(u.at, u.stride, u.stride, planes.u.length),
              v: get(v.at, v.stride, v.stride, planes.v.length),
            }).toEqual(plain.convert(planes, conversion));
          }),
      ),
    );
  });

  test("planesOfRgba: luma and alpha of each pixel, chroma of up to four", () => {
    fc.assert(
      fc.property(
        fc
          .record({ width: fc.integer({ min: 1, max: 7 }), height: fc.integer({ min: 1, max: 7 }) })
          .chain(({ width, height }) =>
            fc.tuple(
              fc.constant({ width, height }),
              fc.array(byte, { minLength: width * height * 4, maxLength: width * height * 4 }),
            ),
          ),
        ([{ width, height }, rgba]) =>
          withMemory(() => {
            const halfWidth = (width + 1) >> 1;
            const halfHeight = (height + 1) >> 1;
            const src = put([rgba]);
            const [y = 0, a = 0] = [0, 1].map(() => allocate(width * height));
            const [u = 0, v = 0, halfA = 0] = [0, 1, 2].map(() => allocate(halfWidth * halfHeight));
            const least = kernels.planesOfRgba(src.at, width, height, y, u, v, a, halfA);
            const pixels = Array.from({ length: width * height }, (_, index) => {
              const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.slice(4 * index);
              const yuv = yuvOf(red, green, blue);
              const part = (value: number) => Math.round((value * alpha) / 255);
              return { y: part(yuv.y), u: part(yuv.u), v: part(yuv.v), a: alpha };
            });
            expect(least).toBe(Math.min(...pixels.map((pixel) => pixel.a)));
            expect([...memory.view(y, width * height)]).toEqual(pixels.map((pixel) => pixel.y));
            expect([...memory.view(a, width * height)]).toEqual(pixels.map((pixel) => pixel.a));
            const means = (key: "u" | "v" | "a") =>
              Array.from({ length: halfWidth * halfHeight }, (_, index) => {
                const x = 2 * (index % halfWidth);
                const top = 2 * Math.floor(index / halfWidth);
                const four = [top, top + 1].flatMap((row) =>
                  [x, x + 1].flatMap((column) =>
                    row < height && column < width
                      ? [pixels[row * width + column]?.[key] ?? 0]
                      : [],
                  ),
                );
                const sum = four.reduce((total, value) => total + value, 0);
                return Math.floor((sum + (four.length >> 1)) / four.length);
              });
            const chroma = halfWidth * halfHeight;
            expect([...memory.view(u, chroma)]).toEqual(means("u"));
            expect([...memory.view(v, chroma)]).toEqual(means("v"));
            expect([...memory.view(halfA, chroma)]).toEqual(means("a"));
          }),
      ),
    );
  });
});
