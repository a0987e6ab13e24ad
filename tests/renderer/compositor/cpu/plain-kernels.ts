import type { YuvConversion } from "../../../../renderer/compositor/cpu/yuv-conversion.ts";

/** What the kernels compute, said plainly: planes as rows of numbers. */
export type Plane = readonly (readonly number[])[];

const div255 = (value: number): number => Math.round(value / 255);
const map = (plane: Plane, each: (value: number, x: number, y: number) => number): Plane =>
  plane.map((row, y) => row.map((value, x) => each(value, x, y)));
export const at = (plane: Plane, x: number, y: number): number => plane[y]?.[x] ?? Number.NaN;
const clamp = (value: number, min: number, max: number): number =>
  Math.min(max, Math.max(min, value));

export const fade = (dst: Plane, src: Plane, alpha256: number): Plane =>
  map(dst, (d, x, y) => (at(src, x, y) * alpha256 + d * (256 - alpha256) + 128) >> 8);

export const blend = (dst: Plane, src: Plane, alpha: Plane, opacity256: number): Plane =>
  map(dst, (d, x, y) => {
    const part = (value: number) => (value * opacity256 + 128) >> 8;
    const a = part(at(alpha, x, y));
    return Math.min(255, part(at(src, x, y)) + div255(d * (255 - a)));
  });

/** Places in 65,536ths; `min` and `max` in pixels. */
export interface Axis {
  readonly from: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

const tap = ({ from, step, min, max }: Axis, index: number) => {
  const place = from + index * step;
  const pixel = place >> 16;
  if (pixel < min) return { pixel: min, weight: 0 };
  if (pixel >= max) return { pixel: max, weight: 0 };
  return { pixel, weight: (place >> 9) & 127 };
};
const mix = (a: number, b: number, weight: number): number =>
  weight === 0 ? a : (a * (128 - weight) + b * weight + 64) >> 7;

export const scale = (src: Plane, width: number, height: number, x: Axis, y: Axis): Plane =>
  Array.from({ length: height }, (_, j) => {
    const row = tap(y, j);
    const column = (pixel: number) =>
      mix(at(src, pixel, row.pixel), row.weight ? at(src, pixel, row.pixel + 1) : 0, row.weight);
    return Array.from({ length: width }, (__, i) => {
      const { pixel, weight } = tap(x, i);
      return mix(column(pixel), weight ? column(pixel + 1) : 0, weight);
    });
  });

const mean = (a: number, b: number): number => (a + b + 1) >> 1;

export const halveRows = (src: Plane): Plane =>
  src.flatMap((row, y) =>
    y % 2 ? [] : [row.map((value, x) => mean(value, (src[y + 1] ?? row)[x] ?? 0))],
  );

export const halveColumns = (src: Plane): Plane =>
  src.map((row) => row.flatMap((value, x) => (x % 2 ? [] : [mean(value, row[x + 1] ?? value)])));

const near = (a: number, b: number): number => mean(a, mean(a, b));

export const double = (src: Plane, width: number, height: number): Plane =>
  Array.from({ length: height }, (_, y) => {
    const own = y >> 1;
    const other = clamp(y % 2 ? own + 1 : own - 1, 0, src.length - 1);
    const mixed = (src[own] ?? []).map((value, x) => near(value, at(src, x, other)));
    return Array.from({ length: width }, (__, x) => {
      const c = x >> 1;
      const neighbour = clamp(x % 2 ? c + 1 : c - 1, 0, mixed.length - 1);
      return near(mixed[c] ?? 0, mixed[neighbour] ?? 0);
    });
  });

export const premultiply = (src: Plane, alpha: Plane): Plane =>
  map(src, (value, x, y) => div255(value * at(alpha, x, y)));

/** Chroma planes of half the size; coefficients in 32,768ths, `black` in 64ths. */
export const convert = (
  planes: { readonly y: Plane; readonly u: Plane; readonly v: Plane },
  c: YuvConversion,
): { readonly y: Plane; readonly u: Plane; readonly v: Plane } => {
  const part = (value: number, factor: number): number => (value * 64 * factor + 16_384) >> 15;
  const byte = (sum: number, offset: number): number => clamp(((sum + 32) >> 6) + offset, 0, 255);
  const chroma = (x: number, y: number) => ({
    u: at(planes.u, x, y) - 128,
    v: at(planes.v, x, y) - 128,
  });
  return {
    y: map(planes.y, (luma, x, y) => {
      const { u, v } = chroma(x >> 1, y >> 1);
      return byte(part(luma, c.yy) + part(u, c.yu) + part(v, c.yv) + c.black, 0);
    }),
    u: map(planes.u, (_, x, y) => {
      const { u, v } = chroma(x, y);
      return byte(part(u, c.uu) + part(v, c.uv), 128);
    }),
    v: map(planes.v, (_, x, y) => {
      const { u, v } = chroma(x, y);
      return byte(part(u, c.vu) + part(v, c.vv), 128);
    }),
  };
};

/** Pairs of opposite edges: the direction across, and how far along it the two lie. Within a part of 255. */
export const coverage = (
  width: number,
  height: number,
  from: { readonly x: number; readonly y: number },
  edges: readonly (readonly [number, number, number, number])[],
): Plane =>
  Array.from({ length: height }, (_, j) =>
    Array.from({ length: width }, (__, i) =>
      edges.reduce((sum, [x, y, near, far]) => {
        const along = x * (from.x + i + 0.5) + y * (from.y + j + 0.5);
        return sum * clamp(Math.min(along - near, 0.5) + Math.min(far - along, 0.5), 0, 1);
      }, 255),
    ),
  );

export const turn = (
  dst: Plane,
  src: Plane,
  x: Axis & { readonly row: number },
  y: Axis & { readonly row: number },
  mask: Plane,
): Plane =>
  map(dst, (before, i, j) => {
    if (at(mask, i, j) === 0) return before;
    const column = tap({ ...x, from: x.from + j * x.row }, i);
    const row = tap({ ...y, from: y.from + j * y.row }, i);
    const across = (line: number): number =>
      at(src, column.pixel, line) * (128 - column.weight) +
      (column.weight ? at(src, column.pixel + 1, line) * column.weight : 0);
    const below = row.weight ? across(row.pixel + 1) * row.weight : 0;
    return (across(row.pixel) * (128 - row.weight) + below + 8_192) >> 14;
  });

export const mirror = (src: Plane, across: boolean, isDown: boolean): Plane => {
  const rows = across ? src.map((row) => row.toReversed()) : src;
  return isDown ? rows.toReversed() : rows;
};

export const transpose = (src: Plane, across: boolean, isDown: boolean): Plane =>
  mirror(
    (src[0] ?? []).map((_, x) => src.map((row) => row[x] ?? Number.NaN)),
    across,
    isDown,
  );
