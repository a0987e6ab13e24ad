import type { Filter } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import type { Rect } from "../picture.ts";
import { pixelsOf } from "./filter-kinds.ts";

/** How big a picture is after its filters. */
export const filteredSize = (size: Size, filters: readonly Filter[]): Size =>
  filters.reduce<Size>((before, filter) => {
    const pixels = pixelsOf(filter);
    return pixels.type === "picture" && pixels.size ? pixels.size(filter, before) : before;
  }, size);

/** Where a source's picture of `size` lies in what filters have made of it, in its pixels. */
export const sourceWithin = (size: Size, filters: readonly Filter[]): Rect =>
  filters.reduce<Rect>(
    (before, filter) =>
      filter.kind === "cropPad"
        ? { ...before, x: before.x - filter.left, y: before.y - filter.top }
        : before,
    { x: 0, y: 0, ...size },
  );
