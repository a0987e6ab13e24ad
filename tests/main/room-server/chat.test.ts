import { roomNotifications } from "../../../preload/contract/room-protocol.ts";
import { RequestId } from "../../../preload/contract/ids.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendChat } from "../../../main/room-server/chat.ts";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
beforeAll(async () => {
  room = await TestRoom.open();
});
afterAll(() => room.close());

describe("chat", () => {
  test("a message reaches everybody, with its place and sender, and the history", async () => {
    const [anchor, viewer] = [await room.anchor(), await room.viewer()];
    const { self } = await viewer.get("getRoomInfo", {});
    const sent = await viewer.get("sendChat", { requestId: "r1", text: "  大家好\u0007 👋 " });
    await anchor.until(() => anchor.all("chat").length > 0, "the message");
    const [message] = anchor.all("chat").flatMap(({ messages }) => messages);
    expect(message).toMatchObject({ ...sent, sender: self, text: "大家好  👋" });
    expect((await anchor.get("getChatHistory", { limit: 1 })).messages).toEqual([message]);
    expect(await viewer.get("sendChat", { requestId: "r1", text: "大家好" })).toEqual(sent);
  });

  test("empty, overlong and hasty messages are refused", async () => {
    const viewer = await room.viewer();
    const send = async (requestId: string, text: string) => {
      const result = await viewer.ask("sendChat", { requestId, text });
      return result.ok || result.error.code;
    };
    expect(await send("e", " \n\u0000 ")).toBe("chat.empty");
    expect(await send("l", "长".repeat(201))).toBe("request.invalid");
    const burst = [];
    for (let index = 0; index < 8; index += 1) burst.push(await send(`b${index}`, "hi"));
    expect(burst.slice(0, 5)).toEqual([true, true, true, true, true]);
    expect(burst.slice(6)).toEqual(["chat.too_fast", "chat.too_fast"]);
  });

  test("the rate is the person's, not the connection's", async () => {
    const cookie = await room.newCookie();
    const windows = await Promise.all([room.viewer(cookie), room.viewer(cookie)]);
    const results = await Promise.all(
      windows.flatMap((client, window) =>
        Array.from({ length: 5 }, (_, index) =>
          client.ask("sendChat", { requestId: `${window}-${index}`, text: "hi" }),
        ),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
  });

  test("a slow reader is told how much it missed, and the rest is in order without repeats", async () => {
    const slow = await room.viewer();
    const { latestChatSeq, self } = await slow.get("getRoomInfo", {});
    slow.socket.pause();
    const total = 24_000;
    for (let sent = 0; sent < total; sent += 2_000)
      await Promise.all(
        Array.from({ length: 2_000 }, (_, index) =>
          sendChat(room.room, self, {
            requestId: RequestId.parse(`m${sent + index}`),
            text: "慢".repeat(200),
          }),
        ),
      );
    slow.socket.resume();
    await slow.until(() => slow.all("chatSkipped").length > 0, "chatSkipped");
    await sendChat(room.room, self, { requestId: RequestId.parse("last"), text: "last" });
    const lastSeq = latestChatSeq + total + 1;
    let next = latestChatSeq + 1;
    const isComplete = (): boolean => slow.all("chat").at(-1)?.messages.at(-1)?.chatSeq === lastSeq;
    await slow.until(isComplete, "the last message");
    const gaps: string[] = [];
    const expectSeq = (seq: number): void => {
      if (seq !== next) gaps.push(`${seq} instead of ${next}`);
    };
    for (const { method, data } of slow.notes)
      if (method === "chatSkipped") {
        const { count, toSeq } = roomNotifications.chatSkipped.parse(data);
        expectSeq(toSeq - count + 1);
        next = toSeq + 1;
      } else if (method === "chat")
        for (const { chatSeq } of roomNotifications.chat.parse(data).messages) {
          expectSeq(chatSeq);
          next = chatSeq + 1;
        }
    expect(gaps).toEqual([]);
    expect(next).toBe(lastSeq + 1);
  });
});
