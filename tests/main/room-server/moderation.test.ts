import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EventId, RequestId } from "../../../preload/contract/ids.ts";
import type { Role } from "../../../preload/contract/rights.ts";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { sendChat } from "../../../main/room-server/chat.ts";
import { actsOf, GovernedRoom, newRequestId, type Present } from "../../fakes/governed-room.ts";
import type { RoomClient } from "../../fakes/room-client.ts";

let governed: GovernedRoom;
let moderator: Present;
let other: Present;

beforeAll(async () => {
  governed = await GovernedRoom.open();
  moderator = await governed.moderator();
  other = await governed.moderator();
});
afterAll(() => governed.close());

const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok || result.error.code;
const wish = () => ({ requestId: newRequestId() });
const say = (client: RoomClient, text = "你好") => client.ask("sendChat", { ...wish(), text });
const historyOf = async (client: RoomClient) =>
  (await client.get("getChatHistory", { limit: 200 })).messages.map(({ messageId }) => messageId);
const untilRules = async (client: RoomClient, count: number) =>
  client.until(() => client.all("rulesChanged").length === count, "the rules");

describe("a deleted message", () => {
  test("is gone for everybody at once and for who comes later; the log keeps what it was", async () => {
    const [writer, reader] = [await governed.viewer(), await governed.viewer()];
    const messageId = await governed.say(writer, "骂人的话");
    const done = await moderator.client.get("deleteMessage", {
      ...wish(),
      messageId,
      reason: "骂人",
    });
    for (const { client } of [writer, reader, moderator]) {
      await client.until(() => client.all("messagesDeleted").length > 0, "the deletion");
      expect(client.all("messagesDeleted").at(-1)).toEqual({ messageIds: [messageId] });
      expect(await historyOf(client)).not.toContain(messageId);
    }
    expect(await historyOf((await governed.viewer()).client)).not.toContain(messageId);
    await governed.anchor.until(
      () => actsOf(governed.anchor).at(-1)?.eventId === done.eventId,
      "the act",
    );
    expect(actsOf(governed.anchor).at(-1)).toMatchObject({
      ...done,
      reason: "骂人",
      sender: moderator.self,
      act: { kind: "deleteMessage", message: { messageId, text: "骂人的话" } },
    });
    expect(codeOf(await governed.anchor.ask("deleteMessage", { ...wish(), messageId }))).toBe(
      "moderation.message_unknown",
    );
  });

  test("comes back in its old place when that is undone, and only once", async () => {
    const writer = await governed.viewer();
    const first = await governed.say(writer, "一");
    await governed.say(writer, "二");
    const { eventId } = await moderator.client.get("deleteMessage", {
      ...wish(),
      messageId: first,
    });
    await other.client.get("undoModeration", { ...wish(), eventId });
    await writer.client.until(() => writer.client.all("messagesRestored").length > 0, "it");
    expect(writer.client.all("messagesRestored")[0]?.messages[0]?.messageId).toBe(first);
    const texts = (await writer.client.get("getChatHistory", { limit: 2 })).messages;
    expect(texts.map(({ text }) => text)).toEqual(["一", "二"]);
    expect(codeOf(await other.client.ask("undoModeration", { ...wish(), eventId }))).toBe(
      "moderation.already_so",
    );
    const { entries } = await other.client.get("getModerationLog", { beforeSeq: null, limit: 2 });
    expect(entries.map(({ act, undoneBy }) => [act.kind, undoneBy])).toEqual([
      ["undo", null],
      ["deleteMessage", entries[0]?.eventId],
    ]);
  });
});

describe("a time-out", () => {
  test("silences one person, who is told for how long and why, and ends by hand", async () => {
    const loud = await governed.viewer();
    const quiet = await governed.viewer();
    const held = await governed.say(loud, "刷");
    await moderator.client.get("timeOut", {
      ...wish(),
      viewerId: loud.self.viewerId,
      seconds: 600,
      reason: "刷屏",
      removeMessages: true,
    });
    await loud.client.until(() => loud.client.all("standingChanged").length > 0, "the standing");
    const told = loud.client.all("standingChanged")[0]?.standing.timedOut;
    expect(told?.reason).toBe("刷屏");
    expect(told?.leftMs).toBeGreaterThan(590_000);
    expect(told?.leftMs).toBeLessThanOrEqual(600_000);
    expect(await historyOf(quiet.client)).not.toContain(held);
    const notes = loud.client.all("standingChanged").length;
    expect(codeOf(await say(loud.client))).toBe("chat.timed_out");
    expect(loud.client.all("standingChanged").length).toBe(notes + 1);
    expect(codeOf(await say(quiet.client))).toBe(true);
    expect(quiet.client.all("standingChanged")).toEqual([]);
    const again = await governed.viewer(loud.cookie);
    expect((await again.client.get("getRoomInfo", {})).standing?.timedOut?.reason).toBe("刷屏");
    expect(codeOf(await say(again.client))).toBe("chat.timed_out");
    await other.client.get("liftTimeOut", { ...wish(), viewerId: loud.self.viewerId });
    expect(codeOf(await say(again.client))).toBe(true);
    expect((await again.client.get("getRoomInfo", {})).standing).toBeNull();
    expect(
      codeOf(await other.client.ask("liftTimeOut", { ...wish(), viewerId: loud.self.viewerId })),
    ).toBe("moderation.already_so");
  });

  test("ends by itself, and undoing brings back what it took", async () => {
    const person = await governed.viewer();
    const { viewerId } = person.self;
    const messageId = await governed.say(person, "一");
    const { eventId } = await moderator.client.get("timeOut", {
      ...wish(),
      viewerId,
      seconds: 1,
      removeMessages: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(codeOf(await say(person.client))).toBe(true);
    await moderator.client.get("undoModeration", { ...wish(), eventId });
    expect(await historyOf(person.client)).toContain(messageId);
  });
});

describe("a ban", () => {
  test("ends every connection, says why, and holds against reload and reconnect until it is lifted", async () => {
    const rude = await governed.viewer();
    const second = await governed.viewer(rude.cookie);
    const { viewerId } = rude.self;
    const { eventId } = await moderator.client.get("ban", {
      ...wish(),
      viewerId,
      reason: "骚扰",
    });
    for (const { client } of [rude, second]) {
      expect(await client.closed).toBe(roomCloseCodes.banned);
      expect(client.all("banned")).toEqual([{ reason: "骚扰" }]);
    }
    const back = await governed.room.viewer(rude.cookie);
    expect(await back.closed).toBe(roomCloseCodes.banned);
    expect(back.all("banned")).toEqual([{ reason: "骚扰" }]);
    const page = await fetch(`${governed.room.origin}/`, { headers: { cookie: rude.cookie } });
    expect(page.headers.get("set-cookie")).toBeNull();
    const spoken = await sendChat(governed.room.room, rude.self, {
      requestId: RequestId.parse(newRequestId()),
      text: "我还在",
    });
    expect(codeOf(spoken)).toBe("room.banned");
    expect(codeOf(await moderator.client.ask("ban", { ...wish(), viewerId }))).toBe(
      "moderation.already_so",
    );
    await other.client.get("undoModeration", { ...wish(), eventId });
    const free = await governed.viewer(rude.cookie);
    expect(free.self.viewerId).toBe(viewerId);
    await moderator.client.get("ban", { ...wish(), viewerId });
    await moderator.client.get("unban", { ...wish(), viewerId });
    expect((await governed.viewer(rude.cookie)).self.viewerId).toBe(viewerId);
  });

  test("does not hold against a cleared cookie: that is a new person", async () => {
    const rude = await governed.viewer();
    await moderator.client.get("ban", { ...wish(), viewerId: rude.self.viewerId });
    expect((await governed.viewer()).self.viewerId).not.toBe(rude.self.viewerId);
  });

  test("of a moderator by the anchor also takes the role", async () => {
    const fallen = await governed.moderator();
    const { viewerId } = fallen.self;
    await governed.anchor.get("ban", { ...wish(), viewerId });
    expect(await fallen.client.closed).toBe(roomCloseCodes.banned);
    expect(codeOf(await moderator.client.ask("unban", { ...wish(), viewerId }))).toBe(
      "moderation.not_on_this_person",
    );
    await governed.anchor.get("unban", { ...wish(), viewerId });
    expect((await governed.viewer(fallen.cookie)).self.role).toBe("viewer");
  });
});

describe("the room's rules", () => {
  test("mute all: anchor and moderators still speak, and everybody is told", async () => {
    const viewer = await governed.viewer();
    await moderator.client.get("muteAll", { ...wish(), on: true });
    await untilRules(viewer.client, 1);
    expect(viewer.client.all("rulesChanged")[0]?.rules.muteAll).toBe(true);
    expect(codeOf(await say(viewer.client))).toBe("chat.muted");
    expect(codeOf(await say(moderator.client))).toBe(true);
    expect(codeOf(await say(governed.anchor))).toBe(true);
    expect((await viewer.client.get("getRoomInfo", {})).rules.muteAll).toBe(true);
    expect(codeOf(await other.client.ask("muteAll", { ...wish(), on: true }))).toBe(
      "moderation.already_so",
    );
    await other.client.get("muteAll", { ...wish(), on: false });
    expect(codeOf(await say(viewer.client))).toBe(true);
  });

  test("slow mode holds each person for itself, over all windows, and says how long", async () => {
    const [one, two] = [await governed.viewer(), await governed.viewer()];
    const { eventId } = await moderator.client.get("setSlowMode", { ...wish(), seconds: 60 });
    expect(codeOf(await say(one.client))).toBe(true);
    const window = await governed.viewer(one.cookie);
    expect(codeOf(await say(window.client))).toBe("chat.slow_mode");
    const wait = window.client.all("standingChanged").at(-1)?.standing.mayChatInMs ?? 0;
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect(one.client.all("standingChanged").length).toBeGreaterThan(0);
    const both = await Promise.all([say(two.client), say(two.client)]);
    expect(both.map(codeOf)).toEqual([true, "chat.slow_mode"]);
    expect((await Promise.all([say(moderator.client), say(moderator.client)])).map(codeOf)).toEqual(
      [true, true],
    );
    await moderator.client.get("undoModeration", { ...wish(), eventId });
    expect(codeOf(await say(one.client))).toBe(true);
    expect(one.client.all("standingChanged").at(-1)?.standing.mayChatInMs).toBeNull();
    await moderator.client.get("setSlowMode", { ...wish(), seconds: 60 });
    await one.client.get("getRoomInfo", {});
    expect(one.client.all("standingChanged").at(-1)?.standing.mayChatInMs).toBeGreaterThan(50_000);
    await moderator.client.get("setSlowMode", { ...wish(), seconds: null });
  });

  test("followers only lets in who follows, and who has for long enough", async () => {
    const viewer = await governed.viewer();
    await moderator.client.get("setFollowersOnly", { ...wish(), minutes: 0 });
    expect(codeOf(await say(viewer.client))).toBe("chat.followers_only");
    await viewer.client.get("follow", wish());
    expect(codeOf(await say(viewer.client))).toBe(true);
    await moderator.client.get("setFollowersOnly", { ...wish(), minutes: 10 });
    expect(codeOf(await say(viewer.client))).toBe("chat.followers_only");
    await moderator.client.get("setFollowersOnly", { ...wish(), minutes: null });
    expect(codeOf(await say(viewer.client))).toBe(true);
  });

  test("an older rule is not undone where a newer one has taken its place", async () => {
    const first = await moderator.client.get("setSlowMode", { ...wish(), seconds: 5 });
    const second = await moderator.client.get("setSlowMode", { ...wish(), seconds: 10 });
    const undo = (eventId: EventId) =>
      moderator.client.ask("undoModeration", { ...wish(), eventId });
    expect(codeOf(await undo(first.eventId))).toBe("moderation.not_undoable");
    expect(codeOf(await undo(second.eventId))).toBe(true);
    const { rules } = await moderator.client.get("getRoomInfo", {});
    expect(rules.slowModeSeconds).toBe(5);
    await moderator.client.get("setSlowMode", { ...wish(), seconds: null });
  });
});

describe("blocked words", () => {
  test("are refused in what viewers say, until they are taken out again", async () => {
    const viewer = await governed.viewer();
    const { eventId } = await moderator.client.get("changeBlockedWords", {
      ...wish(),
      add: [{ word: "加微信" }, { word: "ABC" }],
      remove: [],
    });
    expect(codeOf(await say(viewer.client, "大家加微信吧"))).toBe("chat.word_blocked");
    expect(codeOf(await say(viewer.client, "x ａｂｃ x"))).toBe("chat.word_blocked");
    expect(codeOf(await say(moderator.client, "不要说加微信"))).toBe(true);
    const listed = await moderator.client.get("getBlockedWords", { after: null, limit: 1 });
    expect(listed).toEqual({ words: [{ word: "ABC", severity: "block" }], total: 2 });
    const rest = await moderator.client.get("getBlockedWords", { after: "ABC", limit: 10 });
    expect(rest.words).toEqual([{ word: "加微信", severity: "block" }]);
    await moderator.client.get("changeBlockedWords", { ...wish(), add: [], remove: ["abc"] });
    expect(codeOf(await say(viewer.client, "abc"))).toBe(true);
    await moderator.client.get("undoModeration", { ...wish(), eventId });
    expect(codeOf(await say(viewer.client, "加微信"))).toBe(true);
    expect(
      codeOf(
        await moderator.client.ask("changeBlockedWords", { ...wish(), add: [], remove: ["无"] }),
      ),
    ).toBe("moderation.already_so");
  });
});

describe("warnings and notes", () => {
  test("a warning waits for the person who reads it; a note never reaches that person", async () => {
    const person = await governed.viewer();
    const { viewerId } = person.self;
    await person.client.close();
    await moderator.client.get("addNote", { ...wish(), viewerId, note: "话多，人不坏" });
    const { eventId } = await moderator.client.get("warn", {
      ...wish(),
      viewerId,
      reason: "注意用词",
    });
    const back = await governed.viewer(person.cookie);
    expect((await back.client.get("getRoomInfo", {})).standing?.warning).toMatchObject({
      eventId,
      reason: "注意用词",
    });
    const stranger = await governed.viewer();
    expect(codeOf(await stranger.client.ask("acknowledgeWarning", { eventId }))).toBe(
      "moderation.entry_unknown",
    );
    await back.client.get("acknowledgeWarning", { eventId });
    expect((await back.client.get("getRoomInfo", {})).standing).toBeNull();
    const card = await moderator.client.get("getViewerCard", { viewerId });
    expect(card.entries.map(({ act }) => act.kind)).toEqual(["warn", "addNote"]);
    expect(JSON.stringify([...back.client.notes, ...stranger.client.notes])).not.toContain("话多");
  });
});

describe("pins and announcements", () => {
  test("a pinned message stays for who comes later, and goes with the message", async () => {
    const viewer = await governed.viewer();
    const [a, b] = [await governed.say(viewer, "甲"), await governed.say(viewer, "乙")];
    await moderator.client.get("pinMessage", { ...wish(), messageId: a });
    const second = await other.client.get("pinMessage", { ...wish(), messageId: b });
    const pinnedNow = async () =>
      (await (await governed.viewer()).client.get("getRoomInfo", {})).pinned?.text;
    expect(await pinnedNow()).toBe("乙");
    await other.client.get("undoModeration", { ...wish(), eventId: second.eventId });
    expect(await pinnedNow()).toBe("甲");
    await moderator.client.get("deleteMessage", { ...wish(), messageId: a });
    expect(await pinnedNow()).toBeUndefined();
    expect(viewer.client.all("pinnedChanged").at(-1)).toEqual({ pinned: null });
    expect(codeOf(await other.client.ask("pinMessage", { ...wish(), messageId: a }))).toBe(
      "moderation.message_unknown",
    );
  });

  test("an announcement is a message of the chat that stands out", async () => {
    const viewer = await governed.viewer();
    await governed.anchor.get("announce", { ...wish(), text: "十分钟后抽奖" });
    const find = () =>
      viewer.client
        .all("chat")
        .flatMap(({ messages }) => messages)
        .find(({ announcement }) => announcement);
    await viewer.client.until(() => find() !== undefined, "the announcement");
    expect(find()).toMatchObject({ text: "十分钟后抽奖", sender: { role: "anchor" } });
    expect((await viewer.client.get("getChatHistory", { limit: 1 })).messages).toEqual([find()]);
  });
});

describe("moderators", () => {
  test("are appointed and removed by the anchor; who is removed is out at once", async () => {
    const person = await governed.viewer();
    const { viewerId } = person.self;
    expect(codeOf(await person.client.ask("getModerators", {}))).toBe("request.forbidden");
    await governed.anchor.get("appointModerator", { ...wish(), viewerId });
    await person.client.until(() => person.client.all("roleChanged").length > 0, "the role");
    expect(person.client.all("roleChanged")).toEqual([{ role: "moderator" }]);
    const isOnline = (client: RoomClient) =>
      client
        .all("moderatorsChanged")
        .at(-1)
        ?.moderators.find((each) => each.person.viewerId === viewerId)?.online;
    await moderator.client.until(() => isOnline(moderator.client) === true, "the new moderator");
    await person.client.get("resume", { afterSeq: 0 });
    const { moderators } = await person.client.get("getModerators", {});
    expect(moderators[0]?.person.role).toBe("anchor");
    await governed.anchor.get("removeModerator", { ...wish(), viewerId });
    expect(await person.client.closed).toBe(roomCloseCodes.roleChanged);
    const back = await governed.viewer(person.cookie);
    expect(back.self.role).toBe("viewer");
    expect(codeOf(await back.client.ask("resume", { afterSeq: 0 }))).toBe("request.forbidden");
    await moderator.client.until(() => isOnline(moderator.client) === undefined, "the removal");
  });
});

describe("who acts on whom", () => {
  const acts = ["deleteMessage", "timeOut", "ban", "warn", "addNote", "appointModerator"] as const;
  const targets = ["anchor", "moderator", "viewer", "self"] as const;
  const allowed = (by: Role, act: (typeof acts)[number], on: (typeof targets)[number]) => {
    if (on === "self") return act === "deleteMessage";
    if (act === "appointModerator" && by !== "anchor") return false;
    if (by === "anchor") return on !== "anchor";
    return on === "viewer";
  };
  const cells = (["anchor", "moderator"] as const).flatMap((by) =>
    acts.flatMap((act) =>
      targets
        .filter((on) => !(by === "anchor" && on === "anchor"))
        .map((on) => [by, act, on, allowed(by, act, on)] as const),
    ),
  );

  test.each(cells)("%s %s %s: %s", async (by, act, on, isAllowed) => {
    const cellRoom = await GovernedRoom.open();
    const anchorSelf = (await cellRoom.anchor.get("getRoomInfo", {})).self;
    const asAnchor: Present = { client: cellRoom.anchor, self: anchorSelf, cookie: "" };
    const actor = by === "anchor" ? asAnchor : await cellRoom.moderator();
    const target = {
      anchor: () => Promise.resolve(asAnchor),
      moderator: () => cellRoom.moderator(),
      viewer: () => cellRoom.viewer(),
      self: () => Promise.resolve(actor),
    };
    const whom = await target[on]();
    const messageId = await cellRoom.say(whom, "话");
    const common = { ...wish(), viewerId: whom.self.viewerId, reason: "因为" };
    const data = {
      deleteMessage: { ...wish(), messageId },
      timeOut: { ...common, seconds: 60 },
      ban: common,
      warn: common,
      addNote: { ...wish(), viewerId: whom.self.viewerId, note: "记" },
      appointModerator: common,
    };
    const before = (await actor.client.get("getModerationLog", { beforeSeq: null, limit: 50 }))
      .entries.length;
    const result = await actor.client.askRaw(act, data[act]);
    const after = (await actor.client.get("getModerationLog", { beforeSeq: null, limit: 50 }))
      .entries.length;
    const isSo = act === "appointModerator" && on === "moderator" && by === "anchor";
    expect(result.ok).toBe(isAllowed && !isSo);
    expect(after - before).toBe(result.ok ? 1 : 0);
    await cellRoom.close();
  });
});

describe("the log", () => {
  test("a repeat of a request id does nothing more", async () => {
    const person = await governed.viewer();
    const data = { ...wish(), viewerId: person.self.viewerId, reason: "一次" };
    const [first, second] = await Promise.all([
      moderator.client.get("warn", data),
      moderator.client.get("warn", data),
    ]);
    expect(second).toEqual(first);
    const card = await moderator.client.get("getViewerCard", { viewerId: person.self.viewerId });
    expect(card.entries).toHaveLength(1);
    expect(codeOf(await moderator.client.ask("addNote", { ...data, note: "别的" }))).toBe(
      "request.invalid",
    );
  });

  test("is told to anchor and moderators by the record, dense and in one order; never to viewers", async () => {
    const viewer = await governed.viewer();
    await moderator.client.get("addNote", {
      ...wish(),
      viewerId: viewer.self.viewerId,
      note: "只有我们知道",
    });
    const { latestSeq } = await governed.anchor.get("getRoomInfo", {});
    const seqs = (client: RoomClient) =>
      client.all("record").flatMap(({ events }) => events.map(({ seq }) => seq));
    for (const client of [governed.anchor, moderator.client, other.client]) {
      await client.until(() => seqs(client).at(-1) === latestSeq, "the record");
      expect(seqs(client)).toEqual(Array.from({ length: latestSeq }, (_, index) => index + 1));
    }
    await viewer.client.get("follow", wish());
    await viewer.client.until(() => viewer.client.all("record").length > 0, "its own follow");
    expect(actsOf(viewer.client)).toEqual([]);
    expect(JSON.stringify(viewer.client.notes)).not.toContain("只有我们知道");
    expect(codeOf(await viewer.client.ask("resume", { afterSeq: 0 }))).toBe("request.forbidden");
  });

  test("is read page by page", async () => {
    const all = await moderator.client.get("getModerationLog", { beforeSeq: null, limit: 200 });
    const first = await moderator.client.get("getModerationLog", { beforeSeq: null, limit: 3 });
    const second = await moderator.client.get("getModerationLog", {
      beforeSeq: first.entries.at(-1)?.seq ?? null,
      limit: 3,
    });
    expect([...first.entries, ...second.entries]).toEqual(all.entries.slice(0, 6));
  });

  test("moderators who act faster than hands do are slowed, a person is not", async () => {
    const eager = await governed.moderator();
    const viewer = await governed.viewer();
    const note = () =>
      eager.client.ask("addNote", { ...wish(), viewerId: viewer.self.viewerId, note: "记" });
    const twenty = await Promise.all(Array.from({ length: 20 }, note));
    expect(twenty.filter(({ ok }) => ok)).toHaveLength(20);
    const results = [];
    for (let count = 0; count < 40; count += 1) results.push(codeOf(await note()));
    expect(results).toContain("request.too_many");
  });
});

test("the card of a person says what moderators need to know", async () => {
  const person = await governed.viewer();
  const { viewerId } = person.self;
  await governed.say(person, "第一句");
  const messageId = await governed.say(person, "第二句");
  await person.client.get("sendGift", { ...wish(), giftId: "rose", count: 3 });
  await person.client.get("sendGift", { ...wish(), giftId: "heart", count: 1 });
  await person.client.get("sendGift", { ...wish(), giftId: "rose", count: 2 });
  await person.client.get("follow", wish());
  await moderator.client.get("deleteMessage", { ...wish(), messageId });
  await moderator.client.get("timeOut", { ...wish(), viewerId, seconds: 60, reason: "冷静" });
  const card = await other.client.get("getViewerCard", { viewerId });
  expect(card).toMatchObject({
    person: person.self,
    online: true,
    following: true,
    giftCoins: 51,
    giftCount: 6,
    messageCount: 2,
    timedOut: { reason: "冷静", by: moderator.self },
    banned: null,
  });
  expect(card.messages.map(({ text, deleted }) => [text, deleted])).toEqual([
    ["第二句", true],
    ["第一句", false],
  ]);
  expect(card.gifts.map(({ giftName, count, coins }) => [giftName.en, count, coins])).toEqual([
    ["Rose", 5, 50],
    ["Heart", 1, 1],
  ]);
  expect(card.entries.map(({ act }) => act.kind)).toEqual(["timeOut", "deleteMessage"]);
});
