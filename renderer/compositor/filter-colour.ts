import type { Filter } from "../../preload/contract/scene.ts";
import { chromaOfColour, keyOf } from "./chroma-key.ts";

const hex = (value: number): string =>
  Math.round(Math.min(255, Math.max(0, value)))
    .toString(16)
    .padStart(2, "0");

const filterOne = (colour: string, filter: Filter): string => {
  switch (filter.kind) {
    case "chromaKey": {
      const { alpha, saturation } = keyOf(filter)(chromaOfColour(colour));
      const value = Number.parseInt(colour.slice(1, 7), 16);
      const before = Number.parseInt(colour.slice(7) || "ff", 16);
      const parts = [(value >> 16) & 255, (value >> 8) & 255, value & 255] as const;
      const luma = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2];
      const kept = parts.map((part) => hex(luma + (part - luma) * saturation));
      return `#${kept.join("")}${hex(before * alpha)}`;
    }
    default:
      return filter.kind satisfies never;
  }
};

/** What filters make of an area of one colour, which has no neighbours to look at: `#rrggbb` or `#rrggbbaa`. */
export const filterColour = (colour: string, filters: readonly Filter[]): string =>
  filters.reduce(filterOne, colour);
