import type { FilterOf } from "../../../../preload/contract/filter.ts";
import type { FilterForm } from "../filter-form.ts";

export const blurForm: FilterForm<FilterOf<"blur">> = {
  label: "filter.kind.blur",
  initial: { radiusPx: 16 },
  fields: [
    {
      type: "number",
      name: "radiusPx",
      label: "filter.blur.radius",
      min: 0,
      max: 200,
      step: 1,
      factor: 1,
      unit: "px",
    },
  ],
  presets: [
    { label: "filter.blur.light", settings: { radiusPx: 8 } },
    { label: "filter.blur.strong", settings: { radiusPx: 40 } },
    { label: "filter.blur.unreadable", settings: { radiusPx: 120 } },
  ],
};
