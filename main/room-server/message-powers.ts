import { randomUUID } from "node:crypto";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import { MessageId } from "../../preload/contract/ids.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import { tellFlagged } from "./flagged-messages.ts";
import type { Handlers } from "./handlers.ts";
import { findTarget, moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

const toAll = ({ scope }: { readonly scope: string }): boolean => scope === "full";

/** A flagged message that is gone or back waits no more or again. */
const tellFlaggedAmong = (room: Room, messageIds: readonly MessageId[]): void => {
  if (messageIds.some((messageId) => room.flagged.seqOf(messageId) !== undefined))
    tellFlagged(room);
};

const tellDeleted = (room: Room, messageIds: MessageId[]): void => {
  if (!messageIds.length) return;
  room.audience.notifyAll("messagesDeleted", { messageIds }, toAll);
  tellFlaggedAmong(room, messageIds);
};

export const tellRestored = (room: Room, messages: ChatMessage[]): void => {
  if (!messages.length) return;
  room.audience.notifyAll("messagesRestored", { messages }, toAll);
  tellFlaggedAmong(
    room,
    messages.map(({ messageId }) => messageId),
  );
};

export const tellPinned = (room: Room): void =>
  room.audience.notifyAll("pinnedChanged", { pinned: room.moderation.pinned.get().message }, toAll);

/** Takes messages back by the act `seq`; one of them may be pinned, and is so no more. Answers how to tell it. */
export const removeMessages = (room: Room, messageIds: MessageId[], seq: number): (() => void) => {
  const { pinned } = room.moderation;
  room.moderation.deleteMessages(messageIds, seq);
  const { message } = pinned.get();
  const unpins = message !== null && messageIds.includes(message.messageId);
  if (unpins) pinned.set({ message: null, seq });
  return () => {
    tellDeleted(room, messageIds);
    if (unpins) tellPinned(room);
  };
};

export const messagePowerHandlers = {
  deleteMessage: {
    action: "message.delete",
    handle: (room, connection, data) =>
      moderate(room, connection, "deleteMessage", data, ({ by }) => {
        const message = room.moderation.message(data.messageId);
        if (!message) return fail("moderation.message_unknown");
        const target = findTarget(room, by, "message.delete", message.sender.viewerId);
        if (!target.ok) return target;
        let tell: (() => void) | undefined;
        return succeed({
          act: { kind: "deleteMessage" as const, message },
          targetId: target.value.viewerId,
          apply: (seq: number) => {
            tell = removeMessages(room, [message.messageId], seq);
          },
          tell: () => tell?.(),
        });
      }),
  },

  pinMessage: {
    action: "message.pin",
    handle: (room, connection, data) =>
      moderate(room, connection, "pinMessage", data, () => {
        const { pinned } = room.moderation;
        const before = pinned.get().message;
        const after = data.messageId === null ? null : room.moderation.message(data.messageId);
        if (after === undefined) return fail("moderation.message_unknown");
        if (before?.messageId === after?.messageId) return fail("moderation.already_so");
        return succeed({
          act: { kind: "pinMessage" as const, before, after },
          apply: (seq: number) => pinned.set({ message: after, seq }),
          tell: () => tellPinned(room),
        });
      }),
  },

  announce: {
    action: "chat.announce",
    handle: (room, connection, data) =>
      moderate(room, connection, "announce", data, ({ by, atMs, writing }) => {
        const { text } = data;
        const messageId = MessageId.parse(randomUUID());
        return succeed({
          act: { kind: "announce" as const, messageId, text },
          apply: () =>
            void writing.chat({
              messageId,
              roomId: room.roomId,
              atMs,
              sender: by,
              text,
              announcement: true,
            }),
        });
      }),
  },
} satisfies Handlers<"deleteMessage" | "pinMessage" | "announce">;
