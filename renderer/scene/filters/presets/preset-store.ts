import { createStore, type StoreApi } from "zustand/vanilla";
import type { FilterPreset, FilterPresets } from "../../../../preload/contract/filter-preset.ts";
import type { FilterPresetId } from "../../../../preload/contract/ids.ts";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";

export const mostPresets = 500;

export interface PresetStore {
  /** What main has kept, in the order in which it was made. */
  readonly state: StoreApi<FilterPresets>;
  /** Puts a preset in the place of the one of its id, or after all others. */
  keep(preset: FilterPreset): Promise<Result<unknown>>;
  remove(presetId: FilterPresetId): Promise<Result<unknown>>;
}

/** The anchor's own presets of filters; one change at a time, each shown once it is kept. */
export const createPresetStore = (
  initial: FilterPresets,
  save: (presets: FilterPresets) => Promise<Result<unknown>>,
): PresetStore => {
  const state = createStore<FilterPresets>(() => initial);
  let last: Promise<unknown> = Promise.resolve();
  const change = (make: (presets: FilterPresets) => FilterPresets): Promise<Result<unknown>> => {
    const result = last.then(async () => {
      const next = make(state.getState());
      if (next.length > mostPresets) return fail("filter_presets.too_many");
      const saved = await save(next);
      if (saved.ok) state.setState(next, true);
      return saved.ok ? succeed({}) : saved;
    });
    last = result.catch(() => undefined);
    return result;
  };
  return {
    state,
    keep: (preset) =>
      change((presets) =>
        presets.some(({ id }) => id === preset.id)
          ? presets.map((each) => (each.id === preset.id ? preset : each))
          : [...presets, preset],
      ),
    remove: (presetId) => change((presets) => presets.filter(({ id }) => id !== presetId)),
  };
};
