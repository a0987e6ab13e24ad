import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { yuvOf } from "../../../../../renderer/compositor/cpu/bt601.ts";
import { yuvConversion } from "../../../../../renderer/compositor/cpu/yuv-conversion.ts";
import * as plain from "../plain-kernels.ts";
import {
  allocate,
  byte,
  get,
  kernels,
  memory,
  planeOf,
  put,
  size,
  withMemory,
} from "./kernel-memory.ts";

describe("planes out of other colours and layouts are as their plain forms say", () => {
  test("splitPairs", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }).chain((count) => planeOf(count, 2)),
        ([u = [], v = []]) =>
          withMemory(() => {
            const count = u.length;
            const pairs = put([u.flatMap((each, index) => [each, v[index] ?? 0])]);
            const [first = 0, second = 0] = [0, 1].map(() => allocate(count));
            kernels.splitPairs(first, second, pairs.at, count);
            expect(get(first, count, count, 1)).toEqual([u]);
            expect(get(second, count, count, 1)).toEqual([v]);
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
          .record({
            width: fc.integer({ min: 1, max: 36 }),
            height: fc.integer({ min: 1, max: 5 }),
          })
          .chain(({ width, height }) =>
            fc.tuple(
              fc.constant({ width, height }),
              fc.array(fc.oneof(byte, fc.constantFrom(0, 255)), {
                minLength: width * height * 4,
                maxLength: width * height * 4,
              }),
              fc.constantFrom(null, 0, 255),
            ),
          ),
        ([{ width, height }, bytes, onlyAlpha]) =>
          withMemory(() => {
            const rgba = bytes.map((value, at) => (at % 4 === 3 ? (onlyAlpha ?? value) : value));
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
