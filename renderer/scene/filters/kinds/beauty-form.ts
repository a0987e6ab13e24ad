import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { type FilterForm, percent } from "../filter-form.ts";

export const beautyForm: FilterForm<FilterOf<"beauty">> = {
  label: "filter.kind.beauty",
  initial: { smooth: 0.5, whiten: 0.25, rosy: 0.2 },
  fields: [
    { type: "number", name: "smooth", label: "filter.beauty.smooth", min: 0, max: 1, ...percent },
    { type: "number", name: "whiten", label: "filter.beauty.whiten", min: 0, max: 1, ...percent },
    { type: "number", name: "rosy", label: "filter.beauty.rosy", min: 0, max: 1, ...percent },
  ],
  presets: [
    { label: "filter.beauty.natural", settings: { smooth: 0.5, whiten: 0.25, rosy: 0.2 } },
    { label: "filter.beauty.fresh", settings: { smooth: 0.65, whiten: 0.5, rosy: 0.4 } },
    { label: "filter.beauty.strong", settings: { smooth: 0.95, whiten: 0.75, rosy: 0.5 } },
  ],
};
