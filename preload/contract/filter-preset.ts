import { z } from "zod";
import { Filter } from "./filter.ts";
import { FilterPresetId } from "./ids.ts";
import { mostFilters } from "./scene.ts";

export const longestPresetName = 40;

const named = { id: FilterPresetId, name: z.string().trim().min(1).max(longestPresetName) };

/** Settings of filters under a name of the anchor's, for all scene collections. The filters' own ids mean nothing in it. */
export const FilterPreset = z.discriminatedUnion("type", [
  /** Of one filter, offered to those of its kind. */
  z.object({ ...named, type: z.literal("filter"), filter: Filter }),
  /** Of all filters of an item, in their order. */
  z.object({
    ...named,
    type: z.literal("chain"),
    filters: z.array(Filter).min(1).max(mostFilters),
  }),
]);
export type FilterPreset = z.infer<typeof FilterPreset>;

/** Ids are unique. */
export const FilterPresets = z
  .array(FilterPreset)
  .max(500)
  .refine((presets) => new Set(presets.map(({ id }) => id)).size === presets.length);
export type FilterPresets = z.infer<typeof FilterPresets>;
