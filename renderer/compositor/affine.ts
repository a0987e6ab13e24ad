import type { Transform } from "../../preload/contract/geometry.ts";
import type { Rect } from "./picture.ts";

/** Takes (x, y) to (a x + c y + e, b x + d y + f). */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const mapPoint = ({ a, b, c, d, e, f }: Affine, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

/** First `inner`, then `outer`. */
export const compose = (outer: Affine, inner: Affine): Affine => ({
  a: outer.a * inner.a + outer.c * inner.b,
  b: outer.b * inner.a + outer.d * inner.b,
  c: outer.a * inner.c + outer.c * inner.d,
  d: outer.b * inner.c + outer.d * inner.d,
  e: outer.a * inner.e + outer.c * inner.f + outer.e,
  f: outer.b * inner.e + outer.d * inner.f + outer.f,
});

/** `map` does not flatten the plane. */
export const invert = ({ a, b, c, d, e, f }: Affine): Affine => {
  const determinant = a * d - b * c;
  return {
    a: d / determinant,
    b: -b / determinant,
    c: -c / determinant,
    d: a / determinant,
    e: (c * f - d * e) / determinant,
    f: (b * e - a * f) / determinant,
  };
};

/** The corners of a rectangle after `map`: top-left, top-right, bottom-right, bottom-left of what it was. */
export const cornersOf = (
  { x, y, width, height }: Rect,
  map: Affine,
): readonly [Point, Point, Point, Point] => [
  mapPoint(map, { x, y }),
  mapPoint(map, { x: x + width, y }),
  mapPoint(map, { x: x + width, y: y + height }),
  mapPoint(map, { x, y: y + height }),
];

/** The smallest upright rectangle around points. */
export const hullOf = (points: readonly Point[]): Rect => {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

/** Quarter turns are exact. */
const cosineOf = (deg: number): number =>
  deg % 180 === 90
    ? 0
    : deg % 180 === 0
      ? deg % 360 === 0
        ? 1
        : -1
      : Math.cos((deg * Math.PI) / 180);

/** Turns clockwise (y is down) about a point. */
export const turnAbout = ({ x, y }: Point, deg: number): Affine => {
  const turn = ((deg % 360) + 360) % 360;
  const cos = cosineOf(turn);
  const sin = cosineOf((turn + 270) % 360);
  return { a: cos, b: sin, c: -sin, d: cos, e: x - cos * x + sin * y, f: y - sin * x - cos * y };
};

/** How a box is mirrored and turned about its middle; null where it is neither. */
export const turnOfBox = (
  box: Rect,
  { rotationDeg, flipX, flipY }: Pick<Transform, "rotationDeg" | "flipX" | "flipY">,
): Affine | null => {
  if (rotationDeg === 0 && !flipX && !flipY) return null;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const mirror: Affine = {
    a: flipX ? -1 : 1,
    b: 0,
    c: 0,
    d: flipY ? -1 : 1,
    e: flipX ? 2 * middle.x : 0,
    f: flipY ? 2 * middle.y : 0,
  };
  return compose(turnAbout(middle, rotationDeg), mirror);
};
