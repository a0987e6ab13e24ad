import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { type FilterForm, percent } from "../filter-form.ts";
import { keyColours } from "./chroma-key-form.ts";

const begun = { edge: 0, softness: 0.3 } as const;

export const backgroundForm: FilterForm<FilterOf<"background">> = {
  label: "filter.kind.background",
  initial: { mode: "blur", radiusPx: 32, pictureId: null, colour: "#00b140", ...begun },
  fields: [
    {
      type: "choice",
      name: "mode",
      label: "filter.background.mode",
      options: [
        { value: "blur", label: "filter.background.blur" },
        { value: "picture", label: "filter.background.picture" },
        { value: "colour", label: "filter.background.colour" },
        { value: "transparent", label: "filter.background.transparent" },
      ],
    },
    {
      type: "number",
      name: "radiusPx",
      label: "filter.blur.radius",
      min: 8,
      max: 200,
      step: 1,
      factor: 1,
      unit: "px",
      when: { name: "mode", is: ["blur"] },
    },
    {
      type: "picture",
      name: "pictureId",
      label: "filter.background.picture",
      none: "filter.background.noFile",
      when: { name: "mode", is: ["picture"] },
    },
    {
      type: "colour",
      name: "colour",
      label: "filter.background.colour",
      presets: keyColours,
      when: { name: "mode", is: ["picture", "colour"] },
    },
    {
      type: "number",
      name: "edge",
      label: "filter.background.edge",
      hint: "filter.background.edgeHint",
      min: -1,
      max: 1,
      ...percent,
    },
    {
      type: "number",
      name: "softness",
      label: "filter.background.softness",
      min: 0,
      max: 1,
      ...percent,
    },
  ],
  presets: [
    { label: "filter.background.lightBlur", settings: { mode: "blur", radiusPx: 16, ...begun } },
    { label: "filter.background.strongBlur", settings: { mode: "blur", radiusPx: 64, ...begun } },
    { label: "filter.background.removed", settings: { mode: "transparent", ...begun } },
  ],
};
