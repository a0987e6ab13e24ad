import { type Filter, pictureOfFilter } from "../../preload/contract/filter.ts";
import type { Size } from "../../preload/contract/geometry.ts";
import { pixelsOf } from "./filters/filter-kinds.ts";
import { filteredSize } from "./filters/filtered-size.ts";
import type { Rect } from "./picture.ts";
import type { PlacedOp } from "./plan.ts";

/** Of a surface; a canvas has no more either. */
export const largestSide = 4_096;

const scaled = (rect: Rect, by: number): Rect => ({
  x: rect.x * by,
  y: rect.y * by,
  width: rect.width * by,
  height: rect.height * by,
});

export interface FilteredOps {
  readonly ops: readonly PlacedOp[];
  /** What they show, in pixels that are as big as before. */
  readonly size: Size;
  /** Those that are left for the ops. */
  readonly filters: readonly Filter[];
}

/** Can it be done to an area by its colour? */
const isOfColours = (filter: Filter): boolean =>
  pixelsOf(filter).type === "colour" && pictureOfFilter(filter) === null;

/** What is drawn on a surface of `size`, filtered as a whole. `opsAt` gives it scaled. */
export const onSurface = (
  opsAt: (scale: number) => readonly PlacedOp[],
  size: Size,
  filters: readonly Filter[],
): FilteredOps => {
  const scale = Math.min(1, largestSide / Math.max(size.width, size.height));
  // Without the pixel that makes a side even.
  const drawn = { width: size.width * scale, height: size.height * scale };
  const surface = {
    width: 2 * Math.ceil(drawn.width / 2),
    height: 2 * Math.ceil(drawn.height / 2),
    ops: opsAt(scale),
  };
  const after = filteredSize(drawn, filters);
  const shown = { width: after.width / scale, height: after.height / scale };
  const from = { x: 0, y: 0, ...after };
  const rect = { x: 0, y: 0, ...shown };
  return {
    ops: [{ op: "group", surface, from, rect, opacity: 1, filters }],
    size: shown,
    filters: [],
  };
};

/**
 * What a source of `size` shows once it is filtered. Colours are filtered part by part; what needs to know places or
 * neighbours takes a picture as a whole, and many parts on a surface.
 */
export const filterOps = (
  ops: readonly PlacedOp[],
  size: Size,
  filters: readonly Filter[],
): FilteredOps => {
  if (filters.every(isOfColours)) return { ops, size, filters };
  const [only] = ops;
  if (only?.op !== "picture" || ops.length !== 1)
    return onSurface(
      (scale) => ops.map((op) => ({ ...op, rect: scaled(op.rect, scale) })),
      size,
      filters,
    );
  const before = { width: only.picture.width, height: only.picture.height };
  const after = filteredSize(before, filters);
  const shown = {
    width: (after.width * size.width) / before.width,
    height: (after.height * size.height) / before.height,
  };
  const rect = { x: 0, y: 0, ...shown };
  return { ops: [{ ...only, from: { x: 0, y: 0, ...after }, rect }], size: shown, filters };
};
