import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { type FilterForm, percent } from "../filter-form.ts";

export const sharpenForm: FilterForm<FilterOf<"sharpen">> = {
  label: "filter.kind.sharpen",
  initial: { amount: 0.3 },
  fields: [
    { type: "number", name: "amount", label: "filter.sharpen.amount", min: 0, max: 1, ...percent },
  ],
  presets: [],
};
