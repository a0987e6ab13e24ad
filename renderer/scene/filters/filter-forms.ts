import type { Filter, FilterKind, FilterOf } from "../../../preload/contract/filter.ts";
import type { FilterForm } from "./filter-form.ts";
import { backgroundForm } from "./kinds/background-form.ts";
import { beautyForm } from "./kinds/beauty-form.ts";
import { blurForm } from "./kinds/blur-form.ts";
import { chromaKeyForm } from "./kinds/chroma-key-form.ts";
import { colourCorrectionForm } from "./kinds/colour-correction-form.ts";
import { colourKeyForm } from "./kinds/colour-key-form.ts";
import { cropPadForm } from "./kinds/crop-pad-form.ts";
import { lutForm } from "./kinds/lut-form.ts";
import { maskForm } from "./kinds/mask-form.ts";
import { sharpenForm } from "./kinds/sharpen-form.ts";

/** Every kind of filter, in the order in which they are offered; a kind that is missing does not compile. */
export const filterForms: { readonly [K in FilterKind]: FilterForm<FilterOf<K>> } = {
  beauty: beautyForm,
  background: backgroundForm,
  chromaKey: chromaKeyForm,
  colourKey: colourKeyForm,
  colourCorrection: colourCorrectionForm,
  lut: lutForm,
  blur: blurForm,
  sharpen: sharpenForm,
  mask: maskForm,
  cropPad: cropPadForm,
};

export const filterKindsOffered = Object.keys(filterForms) as readonly FilterKind[];

/** The entry of a kind, for whoever handles all kinds alike. */
export const formOf = (kind: FilterKind): FilterForm<Filter> =>
  filterForms[kind] as unknown as FilterForm<Filter>;
