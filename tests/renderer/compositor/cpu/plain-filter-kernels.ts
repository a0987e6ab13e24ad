/** What the filters' kernels compute, said plainly. */
import { at, type Plane } from "./plain-kernels.ts";

export interface YuvPlanes {
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

/** What a lattice has for a colour between its nodes, in whole numbers of 64ths. */
const read = (lattice: Int16Array, y: number, u: number, v: number): readonly number[] => {
  const node = (du: number, dv: number, dy: number, part: number): number =>
    lattice[(((u >> 3) + du) * 33 * 33 + ((v >> 3) + dv) * 33 + (y >> 3) + dy) * 4 + part] ?? 0;
  const mix = (a: number, b: number, place: number): number => a + ((b - a) * (place & 7)) / 8;
  return [0, 1, 2].map((part) => {
    const alongV = (du: number, dy: number) => mix(node(du, 0, dy, part), node(du, 1, dy, part), v);
    const alongU = (dy: number) => mix(alongV(0, dy), alongV(1, dy), u);
    return mix(alongU(0), alongU(1), y) / 64;
  });
};

export const grade = ({ y, u, v }: YuvPlanes, lattice: Int16Array): YuvPlanes => {
  const chroma = (part: 1 | 2) =>
    u.map((row, j) =>
      row.map((own, i) => {
        const right = 2 * i + 1 < (y[0]?.length ?? 0) ? 2 * i + 1 : 2 * i;
        const below = 2 * j + 1 < y.length ? 2 * j + 1 : 2 * j;
        const sum =
          at(y, 2 * i, 2 * j) + at(y, right, 2 * j) + at(y, 2 * i, below) + at(y, right, below);
        return byte(read(lattice, (sum + 2) >> 2, own, at(v, i, j))[part] ?? 0);
      }),
    );
  return {
    y: y.map((row, j) =>
      row.map((own, i) =>
        byte(read(lattice, own, at(u, i >> 1, j >> 1), at(v, i >> 1, j >> 1))[0] ?? 0),
      ),
    ),
    u: chroma(1),
    v: chroma(2),
  };
};

/** Colours and distances from 0 to 255. */
export const distanceKey = (
  { y, u, v }: YuvPlanes,
  [red, green, blue]: readonly [number, number, number],
  from: number,
  over: number,
): Plane =>
  y.map((row, j) =>
    row.map((own, i) => {
      const luma = ((own - 16) * 255) / 219;
      const cb = ((at(u, i >> 1, j >> 1) - 128) * 255) / 224;
      const cr = ((at(v, i >> 1, j >> 1) - 128) * 255) / 224;
      const away = Math.hypot(
        luma + 1.402 * cr - red,
        luma - 0.344_136 * cb - 0.714_136 * cr - green,
        luma + 1.772 * cb - blue,
      );
      return byte(255 * Math.min(1, Math.max(0, (away - from) / over)) ** 1.5);
    }),
  );

export const unpremultiply = (plane: Plane, alpha: Plane): Plane =>
  plane.map((row, j) =>
    row.map((value, i) => {
      const a = at(alpha, i, j);
      return a === 0 ? value : Math.min(255, Math.floor((value * 255 + (a >> 1)) / a));
    }),
  );

/** `weights` of 256 parts, the own one first; ends repeat. */
export const blurRows = (plane: Plane, weights: readonly number[]): Plane =>
  plane.map((row, j) =>
    row.map((_, i) => {
      const beside = (k: number) =>
        at(plane, Math.max(0, i - k), j) + at(plane, Math.min(row.length - 1, i + k), j);
      const sum = weights.reduce(
        (all, weight, k) => all + weight * (k === 0 ? at(plane, i, j) : beside(k)),
        128,
      );
      return sum >> 8;
    }),
  );

const turned = (plane: Plane): Plane =>
  (plane[0] ?? []).map((_, x) => plane.map((row) => row[x] ?? Number.NaN));

export const blurColumns = (plane: Plane, weights: readonly number[]): Plane =>
  turned(blurRows(turned(plane), weights));

export const unsharp = (plane: Plane, blurred: Plane, amount64: number): Plane =>
  plane.map((row, j) =>
    row.map((own, i) => byte(own + (((own - at(blurred, i, j)) * amount64 + 32) >> 6))),
  );

export const scaleAndAdd = (plane: Plane, factor: Plane, offset: Plane): Plane =>
  plane.map((row, j) =>
    row.map((own, i) => byte(Math.round((own * at(factor, i, j)) / 255) + at(offset, i, j))),
  );

export const shiftBy = (plane: Plane, mask: Plane, by: number): Plane =>
  plane.map((row, j) => row.map((own, i) => byte(own + ((at(mask, i, j) * by + 128) >> 8))));

/** Means over what of the squares lies inside. */
const boxed = (plane: Plane, radius: number): Plane =>
  plane.map((row, j) =>
    row.map((_, i) => {
      const rows = plane.slice(Math.max(0, j - radius), j + radius + 1);
      const window = rows.flatMap((other) => other.slice(Math.max(0, i - radius), i + radius + 1));
      return window.reduce((sum, value) => sum + value, 0) / window.length;
    }),
  );
const pointwise = (a: Plane, b: Plane, each: (a: number, b: number) => number): Plane =>
  a.map((row, j) => row.map((own, i) => each(own, at(b, i, j))));

/** The guided filter of `mask` by `y`: a and b of a * (luma - 1/2) + b for each pixel, in their bytes. */
export const guideMask = (y: Plane, mask: Plane, radius: number) => {
  const luma = y.map((row) => row.map((value) => (value - 16) / 219 - 0.5));
  const share = mask.map((row) => row.map((value) => value / 255));
  const [means, shares] = [boxed(luma, radius), boxed(share, radius)];
  const squares = boxed(
    pointwise(luma, luma, (a) => a * a),
    radius,
  );
  const products = boxed(
    pointwise(luma, share, (a, b) => a * b),
    radius,
  );
  const covariance = pointwise(
    products,
    pointwise(means, shares, (a, b) => a * b),
    (a, b) => a - b,
  );
  const variance = pointwise(squares, means, (a, b) => Math.max(0, a - b * b));
  const steep = pointwise(covariance, variance, (a, b) => a / (b + 0.01));
  const level = pointwise(
    shares,
    pointwise(steep, means, (a, b) => a * b),
    (a, b) => a - b,
  );
  return {
    factor: boxed(steep, radius).map((row) => row.map((a) => byte(a * 51 + 128))),
    offset: boxed(level, radius).map((row) => row.map((b) => byte((b + 0.75) * 102))),
  };
};

/** `from` of 102 parts; `gain` in 512ths of 255. */
export const guidedAlpha = (
  y: Plane,
  factor: Plane,
  offset: Plane,
  from: number,
  gain: number,
  least: number,
): Plane =>
  y.map((row, j) =>
    row.map((luma, i) => {
      const share =
        ((at(factor, i, j) - 128) * (luma - 126) * 2) / 219 + at(offset, i, j) - 77 - from;
      return byte(Math.max(least, (gain < 0 ? 255 : 0) + (share * 64 * gain) / 32_768));
    }),
  );
