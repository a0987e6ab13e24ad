import {
  type ChatSettings,
  KeptChatSettings,
  usualChatSettings,
} from "../../preload/contract/chat-settings.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";

const key = "moderate.chat";

/** As this browser kept them; as usual where it keeps nothing. */
export const readChatSettings = (): ChatSettings => {
  try {
    const text = localStorage.getItem(key);
    return text === null ? usualChatSettings : KeptChatSettings.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return usualChatSettings;
    throw error;
  }
};

/** `settings.write_failed` where the browser keeps nothing. */
export const keepChatSettings = (
  before: ChatSettings,
  patch: Partial<ChatSettings>,
): Result<ChatSettings> => {
  const settings = { ...before, ...patch };
  try {
    localStorage.setItem(key, JSON.stringify(settings));
    return succeed(settings);
  } catch (error) {
    if (error instanceof DOMException) return fail("settings.write_failed", error.message);
    throw error;
  }
};
