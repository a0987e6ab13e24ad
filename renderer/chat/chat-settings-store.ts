import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatSettings } from "../../preload/contract/chat-settings.ts";
import type { Result } from "../../preload/contract/result.ts";

export interface ChatSettingsStore {
  readonly state: StoreApi<ChatSettings>;
  /** What was asked for holds at once; what could not be kept is as before again. */
  update(patch: Partial<ChatSettings>): Promise<Result<ChatSettings>>;
}

export const createChatSettingsStore = (
  initial: ChatSettings,
  save: (patch: Partial<ChatSettings>) => Promise<Result<ChatSettings>>,
): ChatSettingsStore => {
  const state = createStore<ChatSettings>(() => initial);
  let kept = initial;
  let asked = 0;
  return {
    state,
    async update(patch) {
      asked += 1;
      const number = asked;
      state.setState(patch);
      const answer = await save(patch);
      if (answer.ok) kept = answer.value;
      // A later wish has its own answer.
      if (number === asked) state.setState(kept, true);
      return answer;
    },
  };
};
