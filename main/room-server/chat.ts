import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ChatMessage, type Person } from "../../preload/contract/chat.ts";
import { MessageId } from "../../preload/contract/ids.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import {
  roomRequests,
  type RoomAnswer,
  type RoomData,
} from "../../preload/contract/room-protocol.ts";
import type { Handlers } from "./handlers.ts";
import { answerOnce } from "./once.ts";
import type { Room } from "./room.ts";

export const sendChat = (
  room: Room,
  sender: Person,
  { requestId, text }: RoomData<"sendChat">,
): Promise<Result<RoomAnswer<"sendChat">>> => {
  const atMs = room.clock.now();
  const { viewerId } = sender;
  const schema = roomRequests.sendChat.answer;
  return answerOnce(room, { viewerId, requestId, method: "sendChat", atMs, schema }, (writing) => {
    const messageId = MessageId.parse(randomUUID());
    const chatSeq = writing.chat({ messageId, roomId: room.roomId, atMs, sender, text });
    return succeed({ messageId, chatSeq });
  });
};

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
    handle: (room, { session }, data) =>
      session.chatRate.take(room.clock.now())
        ? sendChat(room, session.person, data)
        : fail("chat.too_fast"),
  },
} satisfies Handlers<"getChatHistory" | "sendChat">;
