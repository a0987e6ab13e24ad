import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import type { FlaggedMessage } from "../../preload/contract/moderation.ts";
import { infoOf } from "../room/room-info.ts";
import { useChat } from "./chat-context.ts";
import type { Acts } from "./use-acts.ts";

const none: readonly FlaggedMessage[] = [];

/** What is flagged for the anchor: what the reader changes is so at once, and as before where the room refuses. */
export const useFlags = ({ act }: Acts) => {
  const { room } = useChat();
  const info = useStore(room, infoOf);
  /** What was asked of the room and is not answered yet: the message that is flagged, null for no more. */
  const [asked, setAsked] = useState<ReadonlyMap<MessageId, ChatMessage | null>>(new Map());
  const told = info?.flagged ?? none;
  const self = info?.self;
  const flagged = useMemo<readonly FlaggedMessage[]>(() => {
    if (asked.size === 0 || !self) return told;
    const kept = told.filter(({ message }) => asked.get(message.messageId) !== null);
    const known = new Set(kept.map(({ message }) => message.messageId));
    const added = [...asked.values()].filter(
      (message) => message !== null && !known.has(message.messageId),
    ) as ChatMessage[];
    return [...added.map((message) => ({ message, atMs: message.atMs, by: self })), ...kept];
  }, [asked, told, self]);

  const ids = useMemo(() => new Set(flagged.map(({ message }) => message.messageId)), [flagged]);

  const set = async (message: ChatMessage, on: boolean): Promise<void> => {
    const { messageId } = message;
    setAsked((before) => new Map(before).set(messageId, on ? message : null));
    await act(on ? "flagMessage" : "unflagMessage", { messageId });
    setAsked((before) => new Map([...before].filter(([id]) => id !== messageId)));
  };
  const find = (messageId: MessageId | null): FlaggedMessage | undefined =>
    flagged.find(({ message }) => message.messageId === messageId);
  return { flagged, ids, find, set };
};
