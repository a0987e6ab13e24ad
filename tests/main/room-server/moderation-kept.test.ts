import { DatabaseSync } from "node:sqlite";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../../main/room-server/database.ts";
import { createAddressKeys } from "../../../main/room-server/address-keys.ts";
import { createIdentityStore } from "../../../main/room-server/identity-store.ts";
import { createLogStore } from "../../../main/room-server/log-store.ts";
import { roomLog } from "../../../main/room-server/migrations/2026-11-22-room-log.ts";
import { createModerationStore } from "../../../main/room-server/moderation-store.ts";
import { ViewerId } from "../../../preload/contract/ids.ts";
import { noRules } from "../../../preload/contract/moderation.ts";
import { roomCloseCodes } from "../../../preload/contract/room-protocol.ts";
import { actsOf, newRequestId } from "../../fakes/governed-room.ts";
import { RoomClient } from "../../fakes/room-client.ts";
import { startRoomProcess } from "../../fakes/room-process.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
const wish = () => ({ requestId: newRequestId() });

test("everything that was decided holds after the room was killed, and the record goes on without a gap", async () => {
  const files = createRoomFiles();
  closers.push(() => files.remove());
  const start = async () => {
    const room = await startRoomProcess(files.config);
    if (room.answer.type !== "ready") throw new Error(room.answer.message);
    closers.push(() => room.kill("SIGKILL"));
    const { viewerUrl, anchorUrl } = room.answer;
    const { origin } = new URL(viewerUrl);
    let peers = 0;
    const open = async (parameters: Record<string, string>, cookie?: string) => {
      peers += 1;
      const query = new URLSearchParams({ roomId: "main", peerId: `p${peers}`, ...parameters });
      const url = `${origin.replace("http", "ws")}/?${query.toString()}`;
      const client = await RoomClient.open(url, cookie ? { headers: { cookie, origin } } : {});
      closers.push(() => client.close());
      return client;
    };
    return {
      room,
      anchor: () => open({ token: new URL(anchorUrl).hash.slice("#anchor=".length) }),
      viewer: (cookie: string) => open({}, cookie),
      cookie: async () => {
        const page = await fetch(viewerUrl);
        return page.headers.get("set-cookie")?.split(";")[0] ?? "";
      },
    };
  };

  const first = await start();
  const anchor = await first.anchor();
  await anchor.get("resume", { afterSeq: 0 });
  const cookies = await Promise.all(Array.from({ length: 4 }, () => first.cookie()));
  const ids: string[] = [];
  const clients: RoomClient[] = [];
  for (const cookie of cookies) {
    const client = await first.viewer(cookie);
    clients.push(client);
    ids.push((await client.get("getRoomInfo", {})).self.viewerId);
  }
  const [banned = "", quiet = "", warned = "", moderator = ""] = ids;
  const [bannedCookie = "", quietCookie = "", warnedCookie = "", moderatorCookie = ""] = cookies;
  await anchor.get("appointModerator", { ...wish(), viewerId: moderator });
  const keeper = clients[3];
  if (!keeper) throw new Error("nobody");
  await keeper.get("resume", { afterSeq: 0 });
  const said = await clients[1]?.get("sendChat", { ...wish(), text: "删我" });
  const kept = await keeper.get("sendChat", { ...wish(), text: "留下" });
  if (!said) throw new Error("not said");
  await keeper.get("deleteMessage", { ...wish(), messageId: said.messageId });
  await keeper.get("timeOut", { ...wish(), viewerId: quiet, seconds: 600, reason: "刷屏" });
  await keeper.get("warn", { ...wish(), viewerId: warned, reason: "注意" });
  await keeper.get("setSlowMode", { ...wish(), seconds: 30 });
  await keeper.get("changeBlockedWords", {
    ...wish(),
    add: [{ word: "坏词" }, { word: "加微信", severity: "hold" }],
    remove: [],
  });
  const waiting = await clients[0]?.get("sendChat", { ...wish(), text: "加微信" });
  await keeper.get("setShield", { ...wish(), on: true });
  await keeper.get("pinMessage", { ...wish(), messageId: kept.messageId });
  const banWish = { ...wish(), viewerId: banned, reason: "骚扰" };
  const ban = await keeper.get("ban", banWish);
  first.room.kill("SIGKILL");
  await first.room.exited;

  const second = await start();
  const back = await second.viewer(moderatorCookie);
  const info = await back.get("getRoomInfo", {});
  expect(info).toMatchObject({
    self: { role: "moderator" },
    rules: { muteAll: false, slowModeSeconds: 30, followersOnlyMinutes: 10, shield: true },
    pinned: { text: "留下" },
    held: [{ messageId: waiting?.messageId, text: "加微信", words: ["加微信"] }],
  });
  expect(await back.get("ban", banWish)).toEqual(ban);
  await back.get("resume", { afterSeq: 0 });
  const seqs = () => back.all("record").flatMap(({ events }) => events.map(({ seq }) => seq));
  await back.until(() => seqs().at(-1) === info.latestSeq, "the record");
  expect(seqs()).toEqual(Array.from({ length: info.latestSeq }, (_, index) => index + 1));
  expect(actsOf(back).map(({ act }) => act.kind)).toEqual([
    "appointModerator",
    "deleteMessage",
    "timeOut",
    "warn",
    "setRules",
    "changeBlockedWords",
    "setRules",
    "pinMessage",
    "ban",
  ]);
  const { messages } = await back.get("getChatHistory", { limit: 10 });
  expect(messages.map(({ text }) => text)).toEqual(["留下"]);
  expect(await (await second.viewer(bannedCookie)).closed).toBe(roomCloseCodes.banned);
  const mute = await second.viewer(quietCookie);
  expect(await mute.ask("sendChat", { ...wish(), text: "还在" })).toMatchObject({
    error: { code: "chat.timed_out" },
  });
  await back.get("setShield", { ...wish(), on: false });
  expect((await back.get("getRoomInfo", {})).rules).toEqual({ ...noRules, slowModeSeconds: 30 });
  const careful = await second.viewer(warnedCookie);
  expect((await careful.get("getRoomInfo", {})).standing?.warning?.reason).toBe("注意");
  expect(await careful.ask("sendChat", { ...wish(), text: "坏词" })).toMatchObject({
    error: { code: "chat.word_blocked" },
  });
  await careful.get("sendChat", { ...wish(), text: "好词" });
  expect(await careful.ask("sendChat", { ...wish(), text: "又一句" })).toMatchObject({
    error: { code: "chat.slow_mode" },
  });
});

test("a log of the version before is opened: who followed then is a follower of long standing", () => {
  const directory = makeTemporaryDirectory();
  const old = new DatabaseSync(join(directory, "room.db"));
  old.exec("CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID");
  old.exec(roomLog.sql);
  old.prepare("INSERT INTO migration (name) VALUES (?)").run(roomLog.name);
  old.exec(`
    INSERT INTO identity VALUES ('v1', '小明', '小明', 'viewer', 1, 1000);
    INSERT INTO wallet VALUES ('v1', 5);
  `);
  old.close();
  const db = openDatabase(directory);
  closers.push(() => db.close());
  expect(createIdentityStore(db).find(ViewerId.parse("v1"))).toMatchObject({
    following: true,
    followedAtMs: null,
    firstSeenMs: 1_000,
  });
  const store = createModerationStore(db, createLogStore(db));
  expect(store.rules.get().rules).toEqual(noRules);
  expect(store.entriesBefore(100, 10)).toEqual([]);
});

describe("network addresses", () => {
  const key = createAddressKeys(new Uint8Array(32));
  test.each([
    ["192.0.2.7", "::ffff:192.0.2.7", true],
    ["192.0.2.7", "192.0.2.8", false],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9", true],
    ["2001:db8:1:2::9", "2001:0db8:0001:0002:ffff::", true],
    ["2001:db8:1:2::9", "2001:db8:1:3::9", false],
  ])("%s and %s are one: %s", (one, other, same) => {
    expect(key(one)).toBeDefined();
    expect(key(one) === key(other)).toBe(same);
  });

  test.each(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1", "", "unix"])(
    "%j says nothing about who comes",
    (address) => {
      expect(key(address)).toBeUndefined();
    },
  );

  test("are not kept as they are, and depend on the room", () => {
    expect(key("192.0.2.7")).not.toContain("192");
    expect(createAddressKeys(new Uint8Array(32).fill(1))("192.0.2.7")).not.toBe(key("192.0.2.7"));
  });

  const own = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === "IPv4" && !each.internal)?.address;

  test.skipIf(own === undefined)(
    "a ban with the address keeps newcomers from there out, and nobody who was there before",
    async () => {
      const room = await TestRoom.open({ config: { publicHost: own ?? null } });
      closers.push(() => room.close());
      const anchor = await room.anchor();
      const rudeCookie = await room.newCookie();
      const neighbourCookie = await room.newCookie();
      const rude = await room.viewer(rudeCookie);
      const { self } = await rude.get("getRoomInfo", {});
      await (await room.viewer(neighbourCookie)).get("getRoomInfo", {});
      await anchor.get("resume", { afterSeq: 0 });
      const { eventId } = await anchor.get("ban", {
        ...wish(),
        viewerId: self.viewerId,
        withAddress: true,
      });
      await anchor.until(() => actsOf(anchor).length > 0, "the act");
      const [event] = actsOf(anchor).map(({ act }) => act);
      expect(event?.kind === "ban" && event.addressesUntilMs).toBeGreaterThan(Date.now());
      const newcomer = await room.newCookie();
      expect(await (await room.viewer(newcomer)).closed).toBe(roomCloseCodes.banned);
      await (await room.viewer(neighbourCookie)).get("getRoomInfo", {});
      await (await room.anchor()).get("getRoomInfo", {});
      await anchor.get("undoModeration", { ...wish(), eventId });
      await (await room.viewer(newcomer)).get("getRoomInfo", {});
      await (await room.viewer(rudeCookie)).get("getRoomInfo", {});
    },
  );
});
