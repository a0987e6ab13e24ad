import type { FilterOf } from "../../../../preload/contract/filter.ts";
import type { FilterForm } from "../filter-form.ts";

const edge = { type: "number", min: -500, max: 2_000, step: 1, factor: 1, unit: "px" } as const;

export const cropPadForm: FilterForm<FilterOf<"cropPad">> = {
  label: "filter.kind.cropPad",
  initial: { left: 0, top: 0, right: 0, bottom: 0 },
  fields: [
    { ...edge, name: "left", label: "filter.cropPad.left" },
    { ...edge, name: "top", label: "filter.cropPad.top" },
    { ...edge, name: "right", label: "filter.cropPad.right" },
    { ...edge, name: "bottom", label: "filter.cropPad.bottom", hint: "filter.cropPad.hint" },
  ],
  presets: [],
};
