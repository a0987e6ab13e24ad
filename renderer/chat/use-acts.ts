import { App } from "antd";
import { useCallback, useRef } from "react";
import { useStore } from "zustand";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import { type EventId, RequestId } from "../../preload/contract/ids.ts";
import type { ChatMethod } from "../../preload/contract/ipc.ts";
import type { Result } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { useChat } from "./chat-context.ts";

/** So many acts of one's own can be taken back by the key, the latest first. */
const mostUndoable = 50;

type ActMethod = Exclude<
  ChatMethod,
  "sendChat" | "getBlockedWords" | "getModerationLog" | "getViewerCard" | "getModerators"
>;
type ActInput<M extends ActMethod> = Omit<RoomInput<M>, "requestId">;

/** What the reader does in the room. Refusals are shown with their reason. */
export const useActs = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { ask, createId, feed, room } = useChat();
  const nickname = useStore(room, (state) => infoOf(state)?.self.nickname ?? "");
  const undoable = useRef<EventId[]>([]);

  const act = useCallback(
    async <M extends ActMethod>(method: M, input: ActInput<M>): Promise<Result<RoomAnswer<M>>> => {
      const requestId = RequestId.parse(createId());
      const answer = await ask(method, { ...input, requestId } as RoomInput<M>);
      if (!answer.ok) void message.error(t(`error.${answer.error.code}`));
      else if (method !== "undoModeration" && method !== "announce") {
        const { eventId } = answer.value as { readonly eventId: EventId };
        undoable.current = [...undoable.current, eventId].slice(-mostUndoable);
      }
      return answer;
    },
    [ask, createId, message, t],
  );
  /** Gone from the window at once, and there again where the room refuses. */
  const deleteMessage = useCallback(
    async ({ messageId }: ChatMessage): Promise<void> => {
      feed.markDeleted(messageId, nickname);
      const answer = await act("deleteMessage", { messageId });
      if (!answer.ok && answer.error.code !== "moderation.message_unknown")
        feed.markDeleted(messageId, null);
    },
    [act, feed, nickname],
  );
  /** The latest of one's own acts since the window was opened. */
  const undo = useCallback(async (): Promise<void> => {
    const eventId = undoable.current.pop();
    if (eventId === undefined) void message.info(t("chat.nothingToUndo"));
    else if ((await act("undoModeration", { eventId })).ok) void message.success(t("chat.undone"));
  }, [act, message, t]);
  return { act, deleteMessage, undo };
};
export type Acts = ReturnType<typeof useActs>;
