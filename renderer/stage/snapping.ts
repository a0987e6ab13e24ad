import type { Size } from "../../preload/contract/geometry.ts";
import type { Point, Rect } from "../scene/transform.ts";

/** A line that something can lie on: `at` on its own axis, and what shows it, `from` to `to` on the other one. */
interface Line {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** A line that something lies on now, in canvas pixels: upright (`x`) or level (`y`). */
export interface Guide extends Line {
  readonly axis: "x" | "y";
}

/** Where things can lie: upright lines and level ones, each in order. */
export interface SnapLines {
  readonly x: readonly Line[];
  readonly y: readonly Line[];
}

const linesOf = (rects: readonly Rect[], axis: "x" | "y"): readonly Line[] => {
  const side = axis === "x" ? "width" : "height";
  const other = axis === "x" ? "y" : "x";
  const otherSide = axis === "x" ? "height" : "width";
  return rects
    .flatMap((rect) =>
      [0, 0.5, 1].map((part) => ({
        at: rect[axis] + part * rect[side],
        from: rect[other],
        to: rect[other] + rect[otherSide],
      })),
    )
    .toSorted((a, b) => a.at - b.at);
};

/** The edges and middles of the canvas and of what does not move. Made once a drag. */
export const snapLines = (canvas: Size, others: readonly Rect[]): SnapLines => {
  const rects = [{ x: 0, y: 0, ...canvas }, ...others];
  return { x: linesOf(rects, "x"), y: linesOf(rects, "y") };
};

/** The index of the first line at `at` or behind it. */
const firstFrom = (lines: readonly Line[], at: number): number => {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? Number.POSITIVE_INFINITY) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** How far the nearest line is from the nearest of `places`, if within `reach`; the first of equally near ones. */
const nearest = (
  lines: readonly Line[],
  places: readonly number[],
  reach: number,
): number | null => {
  let best: number | null = null;
  for (const place of places) {
    const index = firstFrom(lines, place);
    for (const line of [lines[index - 1], lines[index]]) {
      if (!line) continue;
      const by = line.at - place;
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best))) best = by;
    }
  }
  return best;
};

/** Nearer than this two places are the same, in canvas pixels. */
const same = 0.01;

/** The guides for places of `rect` that lie on lines, each as long as what it joins. */
const guidesAt = (
  axis: "x" | "y",
  lines: readonly Line[],
  places: readonly number[],
  along: { readonly from: number; readonly to: number },
): readonly Guide[] =>
  places.flatMap((place) => {
    let { from, to } = along;
    let found = false;
    for (let index = firstFrom(lines, place - same); index < lines.length; index += 1) {
      const line = lines[index];
      if (!line || line.at > place + same) break;
      found = true;
      from = Math.min(from, line.from);
      to = Math.max(to, line.to);
    }
    return found ? [{ axis, at: place, from, to }] : [];
  });

const placesOf = (start: number, length: number): readonly number[] => [
  start,
  start + length / 2,
  start + length,
];

/** What to move a rectangle by besides, so that its edges or its middle come to lie on lines within `reach` pixels. */
export const snapRect = (
  lines: SnapLines,
  rect: Rect,
  reach: number,
): { readonly by: Point; readonly guides: readonly Guide[] } => {
  const by = {
    x: nearest(lines.x, placesOf(rect.x, rect.width), reach) ?? 0,
    y: nearest(lines.y, placesOf(rect.y, rect.height), reach) ?? 0,
  };
  const moved = { ...rect, x: rect.x + by.x, y: rect.y + by.y };
  return { by, guides: guidesOn(lines, moved) };
};

/** The lines that a rectangle lies on with its edges or its middle. */
export const guidesOn = (lines: SnapLines, rect: Rect): readonly Guide[] => [
  ...guidesAt("x", lines.x, placesOf(rect.x, rect.width), {
    from: rect.y,
    to: rect.y + rect.height,
  }),
  ...guidesAt("y", lines.y, placesOf(rect.y, rect.height), {
    from: rect.x,
    to: rect.x + rect.width,
  }),
];

/** How far a point is from the nearest upright line and the nearest level one; null beyond `reach` pixels. */
export const snapPoint = (
  lines: SnapLines,
  point: Point,
  reach: number,
): { readonly x: number | null; readonly y: number | null } => ({
  x: nearest(lines.x, [point.x], reach),
  y: nearest(lines.y, [point.y], reach),
});
