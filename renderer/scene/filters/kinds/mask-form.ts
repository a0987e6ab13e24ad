import type { FilterOf } from "../../../../preload/contract/filter.ts";
import { type FilterForm, percent } from "../filter-form.ts";

export const maskForm: FilterForm<FilterOf<"mask">> = {
  label: "filter.kind.mask",
  initial: {
    shape: "rounded",
    pictureId: null,
    channel: "alpha",
    corner: 0.2,
    featherPx: 0,
    inverted: false,
  },
  fields: [
    {
      type: "choice",
      name: "shape",
      label: "filter.mask.shape",
      options: [
        { value: "rounded", label: "filter.mask.rounded" },
        { value: "ellipse", label: "filter.mask.ellipse" },
        { value: "picture", label: "filter.mask.picture" },
      ],
    },
    {
      type: "number",
      name: "corner",
      label: "filter.mask.corner",
      min: 0,
      max: 1,
      ...percent,
      when: { name: "shape", is: ["rounded"] },
    },
    {
      type: "number",
      name: "featherPx",
      label: "filter.mask.feather",
      min: 0,
      max: 500,
      step: 1,
      factor: 1,
      unit: "px",
      when: { name: "shape", is: ["rounded", "ellipse"] },
    },
    {
      type: "picture",
      name: "pictureId",
      label: "filter.mask.file",
      when: { name: "shape", is: ["picture"] },
    },
    {
      type: "choice",
      name: "channel",
      label: "filter.mask.channel",
      options: [
        { value: "alpha", label: "filter.mask.alpha" },
        { value: "luma", label: "filter.mask.luma" },
      ],
      when: { name: "shape", is: ["picture"] },
    },
    { type: "switch", name: "inverted", label: "filter.mask.inverted" },
  ],
  presets: [
    {
      label: "filter.mask.roundedCorners",
      settings: { shape: "rounded", corner: 0.2, featherPx: 0, inverted: false },
    },
    {
      label: "filter.mask.pill",
      settings: { shape: "rounded", corner: 1, featherPx: 0, inverted: false },
    },
    {
      label: "filter.mask.soft",
      settings: { shape: "ellipse", featherPx: 60, inverted: false },
    },
  ],
};
