import { createStore, type StoreApi } from "zustand/vanilla";
import type { AlertTemplates } from "../../../preload/contract/alert-template.ts";
import type { Result } from "../../../preload/contract/result.ts";

export interface TemplateStore {
  readonly state: StoreApi<AlertTemplates>;
  /** Holds at once, in the programme too; main keeps it. A failed answer is taken back where nothing newer holds. */
  set(templates: AlertTemplates): Promise<Result<unknown>>;
}

export const createTemplateStore = (
  initial: AlertTemplates,
  save: (templates: AlertTemplates) => Promise<Result<unknown>>,
): TemplateStore => {
  const state = createStore<AlertTemplates>(() => initial);
  return {
    state,
    async set(templates) {
      const before = state.getState();
      state.setState(templates, true);
      const answer = await save(templates);
      if (!answer.ok && state.getState() === templates) state.setState(before, true);
      return answer;
    },
  };
};
