import type { Filter, FilterKind, FilterOf } from "../../../preload/contract/filter.ts";
import { background } from "./background.ts";
import { beauty } from "./beauty.ts";
import { blur } from "./blur.ts";
import { chromaKey } from "./chroma-key.ts";
import { colourCorrection } from "./colour-correction.ts";
import { colourKey } from "./colour-key.ts";
import { cropPad } from "./crop-pad.ts";
import type { FilterPixels } from "./filter-pixels.ts";
import { lut } from "./lut.ts";
import { mask } from "./mask.ts";
import { sharpen } from "./sharpen.ts";

/** The pixels of every kind of filter; a kind that is missing does not compile. */
export const filterKinds: { readonly [K in FilterKind]: FilterPixels<FilterOf<K>> } = {
  chromaKey,
  colourKey,
  colourCorrection,
  lut,
  blur,
  sharpen,
  mask,
  cropPad,
  beauty,
  background,
};

/** The entry of a filter's own kind. */
export const pixelsOf = <F extends Filter>(filter: F): FilterPixels<F> =>
  filterKinds[filter.kind] as unknown as FilterPixels<F>;
