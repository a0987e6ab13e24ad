import { createContext, use } from "react";
import type { RecordOf } from "../../preload/contract/gift.ts";
import type { ChatPort } from "./chat-port.ts";

/** What the parts of a chat share. */
export interface Chat extends ChatPort {
  /** Shows the alert of a gift again, where that can be done. */
  readonly replay?: (event: RecordOf<"gift">) => void;
  /** In a browser's page, which has no say over windows. */
  readonly inBrowser?: true;
}

const ChatContext = createContext<Chat | null>(null);
export const ChatProvider = ChatContext.Provider;

export const useChat = (): Chat => {
  const chat = use(ChatContext);
  if (!chat) throw new Error("rendered outside a chat");
  return chat;
};
