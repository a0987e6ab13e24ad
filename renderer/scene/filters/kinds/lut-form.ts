import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { type FilterForm, percent } from "../filter-form.ts";

export const lutForm: FilterForm<FilterOf<"lut">> = {
  label: "filter.kind.lut",
  initial: { pictureId: null, fileName: "", amount: 1 },
  fields: [
    { type: "lutFile", name: "pictureId", label: "filter.lut.file" },
    { type: "number", name: "amount", label: "filter.lut.amount", min: 0, max: 1, ...percent },
  ],
  presets: [],
};
