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

describe("kernels of what is turned and mixed", () => {
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
