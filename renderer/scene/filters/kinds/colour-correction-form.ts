import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { type FilterForm, percent } from "../filter-form.ts";

const neutral = {
  gamma: 0,
  contrast: 0,
  brightness: 0,
  saturation: 0,
  hueShiftDeg: 0,
  opacity: 1,
};

export const colourCorrectionForm: FilterForm<FilterOf<"colourCorrection">> = {
  label: "filter.kind.colourCorrection",
  initial: neutral,
  fields: [
    {
      type: "number",
      name: "brightness",
      label: "filter.colourCorrection.brightness",
      min: -1,
      max: 1,
      ...percent,
    },
    {
      type: "number",
      name: "contrast",
      label: "filter.colourCorrection.contrast",
      min: -4,
      max: 4,
      ...percent,
    },
    {
      type: "number",
      name: "saturation",
      label: "filter.colourCorrection.saturation",
      min: -1,
      max: 5,
      ...percent,
    },
    {
      type: "number",
      name: "gamma",
      label: "filter.colourCorrection.gamma",
      min: -3,
      max: 3,
      ...percent,
    },
    {
      type: "number",
      name: "hueShiftDeg",
      label: "filter.colourCorrection.hueShift",
      min: -180,
      max: 180,
      step: 1,
      factor: 1,
      unit: "°",
    },
    {
      type: "number",
      name: "opacity",
      label: "filter.colourCorrection.opacity",
      min: 0,
      max: 1,
      ...percent,
    },
  ],
  presets: [
    {
      label: "filter.colourCorrection.vivid",
      settings: { ...neutral, contrast: 0.1, saturation: 0.25 },
    },
    {
      label: "filter.colourCorrection.dark",
      settings: { ...neutral, gamma: 0.4, brightness: 0.03 },
    },
    { label: "filter.colourCorrection.blackAndWhite", settings: { ...neutral, saturation: -1 } },
  ],
};
