import { App } from "antd";
import { useCallback, useRef, useState } from "react";
import { useStore } from "zustand";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import {
  type EventId,
  type MessageId,
  RequestId,
  type ViewerId,
} from "../../preload/contract/ids.ts";
import type { ChatMethod } from "../../preload/contract/ipc.ts";
import { isUndoable, mostRemovedMessages } from "../../preload/contract/moderation.ts";
import type { Result } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { useChat } from "./chat-context.ts";
import type { Feed } from "./feed.ts";
import type { Wish } from "./wishes.ts";

/** So many acts of one's own can be taken back by the key, the latest first. */
const mostUndoable = 50;

type ActMethod = Exclude<
  ChatMethod,
  "sendChat" | "getBlockedWords" | "getModerationLog" | "getViewerCard" | "getModerators"
>;
type ActInput<M extends ActMethod> = Omit<RoomInput<M>, "requestId">;
type OnPerson<M extends ActMethod> = ActInput<M> & { readonly viewerId: ViewerId };

/** The newest messages of a person that one act takes back, as far as the feed has them. */
const removable = (feed: Feed, viewerId: ViewerId): MessageId[] => {
  const found: MessageId[] = [];
  for (let row = feed.end - 1; row >= feed.first && found.length < mostRemovedMessages; row -= 1) {
    const line = feed.at(row);
    if (
      line?.type === "chat" &&
      line.deletedBy === null &&
      line.message.sender.viewerId === viewerId
    )
      found.push(line.message.messageId);
  }
  return found;
};

/** What the reader does in the room: shown as done at once, and as before where the room refuses, with its reason. */
export const useActs = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { ask, createId, feed, room } = useChat();
  const nickname = useStore(room, (state) => infoOf(state)?.self.nickname ?? "");
  const undoable = useRef<EventId[]>([]);
  const [wishes, setWishes] = useState<readonly Wish[]>([]);

  /** `wish` is what the window shows until the room has answered. */
  const act = useCallback(
    async <M extends ActMethod>(
      method: M,
      input: ActInput<M>,
      wish?: Wish,
    ): Promise<Result<RoomAnswer<M>>> => {
      const requestId = RequestId.parse(createId());
      if (wish) setWishes((before) => [...before, wish]);
      const answer = await ask(method, { ...input, requestId } as RoomInput<M>);
      if (wish) setWishes((before) => before.filter((each) => each !== wish));
      if (!answer.ok) void message.error(t(`error.${answer.error.code}`));
      else if (isUndoable(method)) {
        const { eventId } = answer.value as { readonly eventId: EventId };
        undoable.current = [...undoable.current, eventId].slice(-mostUndoable);
      }
      return answer;
    },
    [ask, createId, message, t],
  );
  /** Does `perform` with these messages gone from the window. */
  const withoutMessages = useCallback(
    async (messageIds: readonly MessageId[], perform: () => Promise<Result<unknown>>) => {
      for (const messageId of messageIds) feed.markDeleted(messageId, nickname);
      const answer = await perform();
      if (!answer.ok && answer.error.code !== "moderation.message_unknown")
        for (const messageId of messageIds) feed.markDeleted(messageId, null);
    },
    [feed, nickname],
  );
  const deleteMessage = useCallback(
    ({ messageId }: ChatMessage): Promise<void> =>
      withoutMessages([messageId], () => act("deleteMessage", { messageId })),
    [act, withoutMessages],
  );
  const timeOut = useCallback(
    (input: OnPerson<"timeOut">): Promise<void> => {
      const { viewerId } = input;
      const wish: Wish = { kind: "bond", viewerId, bond: "timedOut" };
      return withoutMessages(input.removeMessages ? removable(feed, viewerId) : [], () =>
        act("timeOut", input, wish),
      );
    },
    [act, feed, withoutMessages],
  );
  const ban = useCallback(
    (input: OnPerson<"ban">): Promise<void> => {
      const { viewerId } = input;
      const wish: Wish = { kind: "bond", viewerId, bond: "banned" };
      return withoutMessages(input.removeMessages ? removable(feed, viewerId) : [], () =>
        act("ban", input, wish),
      );
    },
    [act, feed, withoutMessages],
  );
  const pin = useCallback(
    (pinned: ChatMessage | null) =>
      act(
        "pinMessage",
        { messageId: pinned?.messageId ?? null },
        { kind: "pinned", message: pinned },
      ),
    [act],
  );
  /** The latest of one's own acts since the window was opened. */
  const undo = useCallback(async (): Promise<void> => {
    const eventId = undoable.current.pop();
    if (eventId === undefined) void message.info(t("chat.nothingToUndo"));
    else if ((await act("undoModeration", { eventId })).ok) void message.success(t("chat.undone"));
  }, [act, message, t]);
  return { act, wishes, deleteMessage, timeOut, ban, pin, undo };
};
export type Acts = ReturnType<typeof useActs>;
