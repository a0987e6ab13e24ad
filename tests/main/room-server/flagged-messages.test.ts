import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventId, MessageId } from "../../../preload/contract/ids.ts";
import { mostFlaggedMessages } from "../../../preload/contract/moderation.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { actsOf, GovernedRoom, newRequestId, type Present } from "../../fakes/governed-room.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { createRoomFiles } from "../../fakes/test-room.ts";

let governed: GovernedRoom;
let moderator: Present;
let other: Present;
let viewer: Present;

beforeAll(async () => {
  governed = await GovernedRoom.open();
  moderator = await governed.moderator();
  other = await governed.moderator();
  viewer = await governed.viewer();
});
afterAll(() => governed.close());

const wish = () => ({ requestId: newRequestId() });
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok || result.error.code;
const flaggedOf = async (client: RoomClient) =>
  (await client.get("getRoomInfo", {})).flagged?.map(({ message }) => message.messageId) ?? null;
const toldTo = (client: RoomClient) =>
  client
    .all("flaggedChanged")
    .at(-1)
    ?.flagged.map(({ message }) => message.messageId);

describe("a flagged message", () => {
  test("is told to anchor and moderators at once, with who flagged it; viewers never hear of it", async () => {
    const messageId = await governed.say(viewer, "主播的猫叫什么？");
    const done = await moderator.client.get("flagMessage", { ...wish(), messageId });
    for (const client of [governed.anchor, moderator.client, other.client]) {
      await client.until(() => toldTo(client).includes(messageId), "the flag");
      expect(client.all("flaggedChanged").at(-1)?.flagged[0]).toMatchObject({
        message: { messageId, text: "主播的猫叫什么？", sender: viewer.self },
        by: moderator.self,
      });
      expect(await flaggedOf(client)).toEqual([messageId]);
    }
    await governed.anchor.until(
      () => actsOf(governed.anchor).at(-1)?.eventId === done.eventId,
      "the act",
    );
    expect(actsOf(governed.anchor).at(-1)?.act).toMatchObject({
      kind: "flagMessage",
      message: { messageId },
    });
    expect(await flaggedOf(viewer.client)).toBeNull();
    expect(viewer.client.all("flaggedChanged")).toEqual([]);
    expect(JSON.stringify(viewer.client.notes)).not.toContain("flag");
    expect(codeOf(await other.client.ask("flagMessage", { ...wish(), messageId }))).toBe(
      "moderation.already_so",
    );

    await governed.anchor.get("unflagMessage", { ...wish(), messageId });
    await moderator.client.until(() => toldTo(moderator.client).length === 0, "its reading");
    expect(await flaggedOf(governed.anchor)).toEqual([]);
    expect(codeOf(await other.client.ask("unflagMessage", { ...wish(), messageId }))).toBe(
      "moderation.already_so",
    );
  });

  test("is flagged no more where that is undone, and again where its reading is", async () => {
    const messageId = await governed.say(viewer, "再唱一首");
    const flag = await moderator.client.get("flagMessage", { ...wish(), messageId });
    const undo = (client: RoomClient, { eventId }: typeof flag) =>
      client.ask("undoModeration", { ...wish(), eventId });
    expect(codeOf(await undo(moderator.client, flag))).toBe(true);
    expect(await flaggedOf(moderator.client)).toEqual([]);

    const again = await moderator.client.get("flagMessage", { ...wish(), messageId });
    const read = await governed.anchor.get("unflagMessage", { ...wish(), messageId });
    expect(codeOf(await undo(moderator.client, again))).toBe("moderation.not_undoable");
    expect(codeOf(await undo(moderator.client, read))).toBe("moderation.not_on_this_person");
    expect(codeOf(await undo(governed.anchor, read))).toBe(true);
    expect(await flaggedOf(moderator.client)).toEqual([messageId]);
    await governed.anchor.get("unflagMessage", { ...wish(), messageId });
  });

  test("goes with the message, and comes back with it", async () => {
    const messageId = await governed.say(viewer, "链接在这里");
    await moderator.client.get("flagMessage", { ...wish(), messageId });
    const gone = await other.client.get("deleteMessage", { ...wish(), messageId });
    await governed.anchor.until(() => toldTo(governed.anchor).length === 0, "its end");
    expect(await flaggedOf(governed.anchor)).toEqual([]);
    expect(codeOf(await moderator.client.ask("flagMessage", { ...wish(), messageId }))).toBe(
      "moderation.message_unknown",
    );
    await other.client.get("undoModeration", { ...wish(), eventId: gone.eventId });
    await governed.anchor.until(() => toldTo(governed.anchor).length === 1, "its return");
    await governed.anchor.get("unflagMessage", { ...wish(), messageId });
  });

  test("stays flagged over a restart of the room", async () => {
    const files = createRoomFiles();
    const before = await GovernedRoom.open(files);
    const messageId = await before.say(await before.viewer(), "记得提一下");
    await (await before.moderator()).client.get("flagMessage", { ...wish(), messageId });
    await before.close();
    const after = await GovernedRoom.open(files);
    expect(await flaggedOf(after.anchor)).toEqual([messageId]);
    await after.close();
    files.remove();
  });

  test("is refused where too many wait, and none of them is dropped", async () => {
    const full = await GovernedRoom.open();
    const { room } = full.room;
    const self = (await full.anchor.get("getRoomInfo", {})).self;
    const writer: Present = { client: full.anchor, self, cookie: "" };
    const flag = async () => {
      const messageId = await full.say(writer, "看这个");
      return full.anchor.ask("flagMessage", { ...wish(), messageId });
    };
    expect(codeOf(await flag())).toBe(true);
    // The rest as the room would have written them; hands take minutes for so many.
    await room.commits.submit((writing) => {
      for (let count = 1; count < mostFlaggedMessages; count += 1) {
        const eventId = EventId.parse(`event-${count}`);
        const messageId = MessageId.parse(`message-${count}`);
        const base = { roomId: room.roomId, atMs: room.clock.now(), sender: self };
        writing.chat({ ...base, messageId, text: "看这个" });
        const message = { ...base, messageId, chatSeq: count + 1, text: "看这个" };
        const at = writing.record({
          ...base,
          eventId,
          test: false,
          type: "moderation",
          act: { kind: "flagMessage", message },
          reason: "",
        });
        room.moderation.addAct({ seq: at, eventId }, undefined, undefined);
        room.flagged.add(messageId, at);
      }
      return succeed({});
    });
    expect(codeOf(await flag())).toBe("moderation.flagged_full");
    expect((await full.anchor.get("getRoomInfo", {})).flagged).toHaveLength(mostFlaggedMessages);
    await full.close();
  });
});

describe("who flags and reads", () => {
  const roles = ["anchor", "moderator"] as const;
  const by = (role: (typeof roles)[number]) =>
    role === "anchor" ? governed.anchor : moderator.client;

  test.each([
    ["anchor", "anchor", true],
    ["anchor", "moderator", "moderation.not_on_this_person"],
    ["moderator", "anchor", true],
    ["moderator", "moderator", true],
  ] as const)("flagged by the %s, read by a %s: %s", async (flags, reads, expected) => {
    // A person may say a few words in one breath only.
    const messageId = await governed.say(await governed.viewer(), "话");
    await by(flags).get("flagMessage", { ...wish(), messageId });
    const reader = reads === "moderator" ? other.client : governed.anchor;
    expect(codeOf(await reader.ask("unflagMessage", { ...wish(), messageId }))).toBe(expected);
    if (expected !== true) await governed.anchor.get("unflagMessage", { ...wish(), messageId });
  });

  test.each(["anchor", "moderator", "viewer"] as const)(
    "a message of the %s may be flagged by a moderator",
    async (of) => {
      const self = (await governed.anchor.get("getRoomInfo", {})).self;
      const anchor = { client: governed.anchor, self, cookie: "" };
      const writer = { anchor, moderator, viewer: await governed.viewer() }[of];
      const messageId = await governed.say(writer, "话");
      await other.client.get("flagMessage", { ...wish(), messageId });
      expect(await flaggedOf(governed.anchor)).toEqual([messageId]);
      await governed.anchor.get("unflagMessage", { ...wish(), messageId });
    },
  );
});
