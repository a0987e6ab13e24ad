import type { Filter, FilterKind, FilterOf } from "../../../preload/contract/filter.ts";
import { chromaKey } from "./chroma-key.ts";
import { colourCorrection } from "./colour-correction.ts";
import { colourKey } from "./colour-key.ts";
import type { FilterPixels } from "./filter-pixels.ts";

/** The pixels of every kind of filter; a kind that is missing does not compile. */
export const filterKinds: { readonly [K in FilterKind]: FilterPixels<FilterOf<K>> } = {
  chromaKey,
  colourKey,
  colourCorrection,
};

/** The entry of a filter's own kind. */
export const pixelsOf = <F extends Filter>(filter: F): FilterPixels<F> =>
  filterKinds[filter.kind] as unknown as FilterPixels<F>;
