import { createStore, type StoreApi } from "zustand/vanilla";
import type { Result } from "../../preload/contract/result.ts";
import type { Settings } from "../../preload/contract/settings.ts";

export interface SettingsStore {
  readonly state: StoreApi<Settings>;
  /** Main keeps the settings: what it answers is what holds. */
  update(patch: Partial<Settings>): Promise<Result<Settings>>;
}

export const createSettingsStore = (
  initial: Settings,
  save: (patch: Partial<Settings>) => Promise<Result<Settings>>,
): SettingsStore => {
  const state = createStore<Settings>(() => initial);
  return {
    state,
    async update(patch) {
      const answer = await save(patch);
      if (answer.ok) state.setState(answer.value, true);
      return answer;
    },
  };
};
