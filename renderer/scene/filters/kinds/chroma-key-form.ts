import type { FilterOf } from "../../../../preload/contract/filter.ts";
import type { FilterForm } from "../filter-form.ts";

/** Grey lies 0.4 from the usual screens; more takes everything out. */
const most = 0.6;
const distance = {
  type: "number",
  min: 0,
  max: most,
  step: most / 200,
  factor: 100 / most,
  unit: "%",
} as const;

/** Colours as the usual fabrics and paints are. */
export const keyColours = [
  { label: "filter.chromaKey.green", colours: ["#00b140", "#00ff00"] },
  { label: "filter.chromaKey.blue", colours: ["#0047bb", "#0000ff"] },
] as const;

/** Begins right for an evenly lit green screen. */
export const chromaKeyForm: FilterForm<FilterOf<"chromaKey">> = {
  label: "filter.kind.chromaKey",
  cpuNote: "filter.cpuNote.key",
  initial: { colour: "#00b140", similarity: 0.2, smoothness: 0.08, spill: 0.1 },
  fields: [
    { type: "colour", name: "colour", label: "filter.chromaKey.colour", presets: keyColours },
    {
      ...distance,
      name: "similarity",
      label: "filter.chromaKey.similarity",
      hint: "filter.chromaKey.similarityHint",
    },
    { ...distance, name: "smoothness", label: "filter.chromaKey.smoothness" },
    { ...distance, name: "spill", label: "filter.chromaKey.spill" },
  ],
  presets: [
    { label: "filter.chromaKey.green", settings: { colour: "#00b140" } },
    { label: "filter.chromaKey.blue", settings: { colour: "#0047bb" } },
  ],
};
