import type { Filter } from "../../preload/contract/scene.ts";
import { chromaOf, keyOf } from "./chroma-key.ts";
import type { RgbaPixels } from "./picture.ts";

/** What filters make of straight RGBA: the plain form, for pictures that keep still and for single colours. */
export const filterRgba = (
  data: RgbaPixels["data"],
  filters: readonly Filter[],
): RgbaPixels["data"] => {
  const out = new Uint8ClampedArray(data);
  for (const filter of filters)
    switch (filter.kind) {
      case "chromaKey": {
        const key = keyOf(filter);
        for (let at = 0; at < out.length; at += 4) {
          const red = out[at] ?? 0;
          const green = out[at + 1] ?? 0;
          const blue = out[at + 2] ?? 0;
          const { alpha, saturation } = key(chromaOf(red, green, blue));
          const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
          out[at] = luma + (red - luma) * saturation;
          out[at + 1] = luma + (green - luma) * saturation;
          out[at + 2] = luma + (blue - luma) * saturation;
          out[at + 3] = (out[at + 3] ?? 0) * alpha;
        }
        break;
      }
      default:
        filter.kind satisfies never;
    }
  return out;
};

/** What filters make of an area of one colour: from and to `#rrggbb` or `#rrggbbaa`. */
export const filterColour = (colour: string, filters: readonly Filter[]): string => {
  if (filters.length === 0) return colour;
  const value = Number.parseInt(colour.slice(1).padEnd(8, "f"), 16);
  const rgba = new Uint8ClampedArray([24, 16, 8, 0].map((shift) => (value >>> shift) & 255));
  const hex = [...filterRgba(rgba, filters)].map((part) => part.toString(16).padStart(2, "0"));
  return `#${hex.join("")}`;
};
