import type { FilterOf } from "../../preload/contract/scene.ts";

/** Blue and red difference of a colour in BT.601 limited range, each from 0 to 1 with grey at 128/255. */
export interface Chroma {
  readonly cb: number;
  readonly cr: number;
}

/** What a chroma key makes of one chroma: how much of it is seen (0 to 1), and how much of its colour stays (0 to 1). */
export interface Keyed {
  readonly alpha: number;
  readonly saturation: number;
}

/** `red`, `green` and `blue` from 0 to 255 (ITU-R BT.601-7, section 2.5). */
export const chromaOf = (red: number, green: number, blue: number): Chroma => ({
  cb: (128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255) / 255,
  cr: (128 + (112 * red - 93.786 * green - 18.214 * blue) / 255) / 255,
});

/** `colour` is `#rrggbb`, of which the rest is ignored. */
export const chromaOfColour = (colour: string): Chroma => {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return chromaOf((value >> 16) & 255, (value >> 8) & 255, value & 255);
};

/** From 0 at `from` to 1 over `width`, easing in; a step where there is no width. */
const rise = (value: number, from: number, width: number): number => {
  if (value <= from) return 0;
  return width === 0 ? 1 : Math.min(1, (value - from) / width) ** 1.5;
};

/** Every painter's chroma key; they may look it up in tables, or say it in their own language. */
export const keyOf = (filter: FilterOf<"chromaKey">): ((chroma: Chroma) => Keyed) => {
  const key = chromaOfColour(filter.colour);
  return ({ cb, cr }) => {
    const distance = Math.hypot(cb - key.cb, cr - key.cr);
    return {
      alpha: rise(distance, filter.similarity, filter.smoothness),
      saturation: rise(distance, filter.similarity, filter.spill),
    };
  };
};
