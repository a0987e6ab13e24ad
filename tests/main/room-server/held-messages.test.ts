import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../main/room-server/limits.ts";
import { MessageId } from "../../../preload/contract/ids.ts";
import { mostHeldMessages } from "../../../preload/contract/moderation.ts";
import { actsOf, GovernedRoom, newRequestId, type Present } from "../../fakes/governed-room.ts";

let governed: GovernedRoom;
let moderator: Present;
let watching: Present;

const wish = () => ({ requestId: newRequestId() });
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok || result.error.code;
const say = ({ client }: Present, text: string) => client.ask("sendChat", { ...wish(), text });
const textsOf = ({ client }: Present): string[] =>
  client.all("chat").flatMap(({ messages }) => messages.map(({ text }) => text));
const history = async ({ client }: Present) =>
  (await client.get("getChatHistory", { limit: 200 })).messages;
const held = async () => (await moderator.client.get("getHeldMessages", {})).messages;

beforeAll(async () => {
  governed = await GovernedRoom.open();
  moderator = await governed.moderator();
  watching = await governed.viewer();
  await moderator.client.get("changeBlockedWords", {
    ...wish(),
    add: [
      { word: "赌博" },
      { word: "加微信", severity: "hold" },
      { word: "傻逼", severity: "star" },
      { word: "反赌博", severity: "allow" },
    ],
    remove: [],
  });
});
afterAll(() => governed.close());

describe("the word filter", () => {
  test("refuses, stars out, lets good words be; never minds those who govern", async () => {
    const viewer = await governed.viewer();
    expect(codeOf(await say(viewer, "来 赌-博 吧"))).toBe("chat.word_blocked");
    expect(codeOf(await say(viewer, "我们反赌博"))).toBe(true);
    expect(codeOf(await say(viewer, "你个傻\u200b逼"))).toBe(true);
    expect(codeOf(await say(moderator, "不要说赌博，也不要说傻逼"))).toBe(true);
    await watching.client.until(() => textsOf(watching).length >= 3, "the chat");
    expect(textsOf(watching)).toEqual(["我们反赌博", "你个**", "不要说赌博，也不要说傻逼"]);
    expect((await history(watching)).map(({ text }) => text)).toEqual(textsOf(watching));
  });

  test("refuses nicknames with any of the words", async () => {
    const viewer = await governed.viewer();
    for (const displayName of ["赌 博", "加微信", "傻逼哥"])
      expect(codeOf(await viewer.client.ask("changeDisplayName", { displayName }))).toBe(
        "nickname.word_blocked",
      );
    expect(codeOf(await viewer.client.ask("changeDisplayName", { displayName: "反赌博" }))).toBe(
      true,
    );
  });
});

describe("a held message", () => {
  test("is seen by those who govern alone, and goes out with its own number when it is allowed", async () => {
    const viewer = await governed.viewer();
    const { messageId, chatSeq } = await viewer.client.get("sendChat", {
      ...wish(),
      text: "大家加薇信，不，加微 信",
    });
    expect(chatSeq).toBeNull();
    await governed.anchor.until(() => governed.anchor.all("heldChanged").length > 0, "the news");
    const [message] = await held();
    expect(message).toMatchObject({
      messageId,
      sender: viewer.self,
      text: "大家加薇信，不，加微 信",
      words: ["加微信"],
    });
    for (const { client } of [moderator, { client: governed.anchor }]) {
      await client.until(() => client.all("heldChanged").length > 0, "the news");
      expect(client.all("heldChanged").at(-1)).toEqual({ added: [message], removed: [] });
    }
    expect((await moderator.client.get("getRoomInfo", {})).held).toEqual([message]);
    expect((await watching.client.get("getRoomInfo", {})).held).toBeNull();
    const between = await viewer.client.get("sendChat", { ...wish(), text: "先说这个" });
    expect((await history(watching)).map((each) => each.messageId)).not.toContain(messageId);

    const done = await moderator.client.get("allowMessage", { ...wish(), messageId });
    await watching.client.until(() => textsOf(watching).includes("大家加薇信，不，加微 信"), "it");
    expect((await history(watching)).at(-1)).toMatchObject({
      messageId,
      sender: viewer.self,
      chatSeq: (between.chatSeq ?? 0) + 1,
    });
    await viewer.client.until(() => viewer.client.all("heldDecided").length > 0, "the decision");
    expect(viewer.client.all("heldDecided")).toEqual([
      { messageId, text: "大家加薇信，不，加微 信", allowed: true, reason: "" },
    ]);
    await governed.anchor.until(
      () => actsOf(governed.anchor).at(-1)?.eventId === done.eventId,
      "the act",
    );
    expect(actsOf(governed.anchor).at(-1)).toMatchObject({
      sender: moderator.self,
      act: { kind: "allowMessage", message },
    });
    await governed.anchor.until(
      () => governed.anchor.all("heldChanged").some(({ removed }) => removed.includes(messageId)),
      "its end",
    );
    expect(codeOf(await moderator.client.ask("denyMessage", { ...wish(), messageId }))).toBe(
      "moderation.message_unknown",
    );
    expect(watching.client.all("heldChanged")).toEqual([]);
    expect(watching.client.all("heldDecided")).toEqual([]);
  });

  test("that is denied is never shown, and its sender is told why", async () => {
    const viewer = await governed.viewer();
    const { messageId } = await viewer.client.get("sendChat", { ...wish(), text: "加微信！" });
    await governed.anchor.get("denyMessage", { ...wish(), messageId, reason: "不许拉人" });
    await viewer.client.until(() => viewer.client.all("heldDecided").length > 0, "the decision");
    expect(viewer.client.all("heldDecided")[0]).toMatchObject({
      allowed: false,
      reason: "不许拉人",
    });
    expect(await held()).toEqual([]);
    expect((await history(watching)).map((each) => each.messageId)).not.toContain(messageId);
  });

  test("repeated by its request id waits once; of one person few wait, of all a bounded number", async () => {
    const viewer = await governed.viewer();
    const again = { ...wish(), text: "加微信" };
    const first = await viewer.client.get("sendChat", again);
    expect(await viewer.client.get("sendChat", again)).toEqual(first);
    expect(await held()).toHaveLength(1);
    const { room } = governed.room;
    const [message] = room.held.list();
    if (!message) throw new Error("nothing waits");
    const fill = (name: string): void =>
      room.held.add({ ...message, messageId: MessageId.parse(name) });
    for (let more = 1; more < limits.heldOfPerson; more += 1) fill(`more-${more}`);
    expect(codeOf(await say(viewer, "加微信"))).toBe("chat.held_full");
    expect(codeOf(await say(viewer, "你好"))).toBe(true);
    const other = await governed.viewer();
    for (let count = room.held.count(); count < mostHeldMessages; count += 1)
      fill(`filler-${count}`);
    expect(codeOf(await say(other, "加微信"))).toBe("chat.held_full");
    for (const { messageId } of room.held.list()) room.held.remove(messageId);
  });
});

describe("the raid shield", () => {
  test("makes strict rules with one switch, and brings back exactly what was before", async () => {
    const { client } = moderator;
    await client.get("setSlowMode", { ...wish(), seconds: 60 });
    const before = (await client.get("getRoomInfo", {})).rules;
    await client.get("setShield", { ...wish(), on: true, reason: "炸房" });
    expect((await client.get("getRoomInfo", {})).rules).toEqual({
      muteAll: false,
      slowModeSeconds: 60,
      followersOnlyMinutes: 10,
      holdNewcomersMinutes: 24 * 60,
      shield: true,
    });
    expect(codeOf(await client.ask("setShield", { ...wish(), on: true }))).toBe(
      "moderation.already_so",
    );
    // Rules may still be changed meanwhile.
    await client.get("setFollowersOnly", { ...wish(), minutes: null });
    await client.get("setSlowMode", { ...wish(), seconds: null });
    const newcomer = await governed.viewer();
    const { chatSeq } = await newcomer.client.get("sendChat", { ...wish(), text: "你好" });
    expect(chatSeq).toBeNull();
    expect((await held()).map(({ words }) => words)).toEqual([[]]);
    const off = await client.get("setShield", { ...wish(), on: false });
    expect((await client.get("getRoomInfo", {})).rules).toEqual(before);

    await client.get("undoModeration", { ...wish(), eventId: off.eventId });
    expect((await client.get("getRoomInfo", {})).rules).toMatchObject({
      shield: true,
      slowModeSeconds: null,
    });
    await client.get("setShield", { ...wish(), on: false });
    expect((await client.get("getRoomInfo", {})).rules).toEqual(before);
    await client.get("setSlowMode", { ...wish(), seconds: null });
  });
});

describe("the list of words", () => {
  test("is brought in and taken out by severity, with numbers in the log", async () => {
    const { client } = moderator;
    const words = Array.from({ length: 1_500 }, (_, index) => `坏词${index}号`);
    await client.get("importBlockedWords", { ...wish(), severity: "hold", words });
    await expect
      .poll(() => actsOf(client).at(-1)?.act)
      .toEqual({ kind: "importBlockedWords", severity: "hold", added: 1_500, changed: 0 });
    await client.get("importBlockedWords", {
      ...wish(),
      severity: "star",
      words: ["坏词1号", "新词", "新词"],
    });
    await expect
      .poll(() => actsOf(client).at(-1)?.act)
      .toEqual({ kind: "importBlockedWords", severity: "star", added: 1, changed: 1 });
    expect(
      codeOf(
        await client.ask("importBlockedWords", { ...wish(), severity: "star", words: ["新词"] }),
      ),
    ).toBe("moderation.already_so");
    const listed = await client.get("getBlockedWords", {
      after: null,
      limit: 1_000,
      severity: "hold",
    });
    expect(listed.total).toBe(1_500);
    await governed.room.room.blockedWords.live.settled();
    const viewer = await governed.viewer();
    expect(
      (await viewer.client.get("sendChat", { ...wish(), text: "坏词2号" })).chatSeq,
    ).toBeNull();
    await client.get("clearBlockedWords", { ...wish(), severity: "hold" });
    await governed.room.room.blockedWords.live.settled();
    expect((await client.get("getBlockedWords", { after: null, limit: 10 })).total).toBe(5);
    expect(codeOf(await say(viewer, "坏词2号"))).toBe(true);
    for (const bad of [["！！！"], [], Array.from({ length: 2_001 }, (_, index) => `字${index}`)])
      expect(
        codeOf(
          await client.askRaw("importBlockedWords", { ...wish(), severity: "hold", words: bad }),
        ),
      ).toBe("request.invalid");
  });
});
