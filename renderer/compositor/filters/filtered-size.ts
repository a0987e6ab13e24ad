import type { Filter } from "../../../preload/contract/filter.ts";
import type { Size } from "../../../preload/contract/geometry.ts";
import { pixelsOf } from "./filter-kinds.ts";

/** How big a picture is after its filters. */
export const filteredSize = (size: Size, filters: readonly Filter[]): Size =>
  filters.reduce<Size>((before, filter) => {
    const pixels = pixelsOf(filter);
    return pixels.type === "picture" && pixels.size ? pixels.size(filter, before) : before;
  }, size);
