import type { FilterOf } from "../../../../preload/contract/filter.ts";
import type { FilterForm } from "../filter-form.ts";

/** More takes everything out. */
const most = 0.6;
const distance = {
  type: "number",
  min: 0,
  max: most,
  step: most / 200,
  factor: 100 / most,
  unit: "%",
} as const;

/** Begins right for a picture on white paper. */
export const colourKeyForm: FilterForm<FilterOf<"colourKey">> = {
  label: "filter.kind.colourKey",
  cpuNote: "filter.cpuNote.key",
  initial: { colour: "#ffffff", similarity: 0.08, smoothness: 0.05 },
  fields: [
    {
      type: "colour",
      name: "colour",
      label: "filter.colourKey.colour",
      presets: [{ label: "filter.colourKey.usual", colours: ["#ffffff", "#000000"] }],
    },
    {
      ...distance,
      name: "similarity",
      label: "filter.chromaKey.similarity",
      hint: "filter.colourKey.similarityHint",
    },
    { ...distance, name: "smoothness", label: "filter.chromaKey.smoothness" },
  ],
  presets: [
    { label: "filter.colourKey.white", settings: { colour: "#ffffff" } },
    { label: "filter.colourKey.black", settings: { colour: "#000000" } },
  ],
};
