import type { FilterKind } from "../../../../preload/contract/filter.ts";
import type { FilterPreset, FilterPresets } from "../../../../preload/contract/filter-preset.ts";

type PresetOf<T extends FilterPreset["type"]> = Extract<FilterPreset, { type: T }>;

/** What is offered to a filter of this kind. */
export const presetsOfKind = (
  presets: FilterPresets,
  kind: FilterKind,
): readonly PresetOf<"filter">[] =>
  presets
    .filter((preset) => preset.type === "filter")
    .filter((preset) => preset.filter.kind === kind);

/** What is offered to all filters of an item together. */
export const chainPresets = (presets: FilterPresets): readonly PresetOf<"chain">[] =>
  presets.filter((preset) => preset.type === "chain");
