import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ChatMessage, type Person } from "../../preload/contract/chat.ts";
import { MessageId } from "../../preload/contract/ids.ts";
import { type ErrorCode, fail, succeed, type Result } from "../../preload/contract/result.ts";
import {
  roomRequests,
  type RoomAnswer,
  type RoomData,
} from "../../preload/contract/room-protocol.ts";
import { judgeText, mayChat } from "./chat-gate.ts";
import type { Handlers } from "./handlers.ts";
import { holdMessage } from "./held-messages.ts";
import { answerOnce } from "./once.ts";
import type { Room } from "./room.ts";
import { slowModeWaitMs, tellStanding } from "./standing.ts";

export const sendChat = (
  room: Room,
  sender: Person,
  { requestId, text }: RoomData<"sendChat">,
): Promise<Result<RoomAnswer<"sendChat">>> => {
  const atMs = room.clock.now();
  const { viewerId } = sender;
  const schema = roomRequests.sendChat.answer;
  return answerOnce(room, { viewerId, requestId, method: "sendChat", atMs, schema }, (writing) => {
    const may = mayChat(room, sender, atMs);
    if (!may.ok) return may;
    const judged = judgeText(room, sender, text, atMs);
    if (!judged.ok) return judged;
    const messageId = MessageId.parse(randomUUID());
    if (judged.value.kind === "said") {
      const message = { messageId, roomId: room.roomId, atMs, sender, text: judged.value.text };
      return succeed({ messageId, chatSeq: writing.chat(message) });
    }
    const held = holdMessage(
      room,
      { messageId, atMs, sender, text, words: [...judged.value.words] },
      writing,
    );
    return held.ok ? succeed({ messageId, chatSeq: null }) : held;
  });
};

const binding: ReadonlySet<ErrorCode> = new Set(["chat.timed_out", "chat.slow_mode"]);

const Blank = z.object({ text: z.string().regex(/^[\p{Z}\p{Cc}]*$/u) });

export const chatHandlers = {
  getChatHistory: {
    action: "room.read",
    handle: (room, _connection, { limit }) =>
      succeed({
        messages: room.store
          .recentChat(limit)
          .map(({ body }) => ChatMessage.parse(JSON.parse(body))),
      }),
  },

  sendChat: {
    action: "chat.send",
    explain: (data) => (Blank.safeParse(data).success ? "chat.empty" : "request.invalid"),
    handle: async (room, { session }, data) => {
      if (!session.chatRate.take(room.clock.now())) return fail("chat.too_fast");
      const { person } = session;
      const sent = await sendChat(room, person, data);
      // Until when, before the refusal itself; and when the next message may be, before the person tries.
      if (
        sent.ok ? slowModeWaitMs(room, person, room.clock.now()) > 0 : binding.has(sent.error.code)
      )
        tellStanding(room, person.viewerId);
      return sent;
    },
  },
} satisfies Handlers<"getChatHistory" | "sendChat">;
