import type { Filter } from "../../../preload/contract/filter.ts";
import type { Rgba } from "./filter-pixels.ts";
import { pixelsOf } from "./filter-kinds.ts";

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** What filters of colours make of an area of one colour: from and to `#rrggbb` or `#rrggbbaa`. Others leave it alone. */
export const filterColour = (colour: string, filters: readonly Filter[]): string => {
  if (filters.length === 0) return colour;
  const value = Number.parseInt(colour.slice(1).padEnd(8, "f"), 16);
  let rgba = [24, 16, 8, 0].map((shift) => ((value >>> shift) & 255) / 255) as Rgba;
  for (const filter of filters) {
    const pixels = pixelsOf(filter);
    if (pixels.type === "colour") rgba = pixels.plain(filter, new Map())(rgba).map(clamp) as Rgba;
  }
  const hex = rgba.map((part) =>
    Math.round(part * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
};
