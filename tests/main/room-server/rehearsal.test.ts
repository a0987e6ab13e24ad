import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { readCatalogue } from "../../../main/room-server/catalogue.ts";
import { createInvitationCodes } from "../../../main/room-server/invitations.ts";
import { openDatabase } from "../../../main/room-server/database.ts";
import { loadRoomKey } from "../../../main/room-server/key-file.ts";
import { limits } from "../../../main/room-server/limits.ts";
import { createLog } from "../../../main/room-server/log.ts";
import { castNicknames } from "../../../main/room-server/rehearsal-script.ts";
import { Room } from "../../../main/room-server/room.ts";
import { Sfu } from "../../../main/room-server/sfu.ts";
import { createTokens } from "../../../main/room-server/tokens.ts";
import { ChatMessage } from "../../../preload/contract/chat.ts";
import { RecordEvent } from "../../../preload/contract/gift.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { createManualClock } from "../../fakes/manual-clock.ts";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";

let sfu: Sfu;
beforeAll(async () => {
  sfu = await Sfu.start({
    listenAddress: "127.0.0.1",
    announcedAddress: undefined,
    port: 0,
    clock: createManualClock().clock,
    log: createLog("silent"),
    lost: () => {},
  });
});
afterAll(() => sfu.close());

const open = (seed: number) => {
  // Of the time between two commits.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const files = createRoomFiles();
  const time = createManualClock();
  const key = loadRoomKey(files.config.dataDir);
  const db = openDatabase(files.config.dataDir);
  const room = new Room({
    kind: "rehearsal",
    viewerUrl: "http://127.0.0.1:1/",
    db,
    sfu,
    tokens: createTokens(key.secret, () => time.clock.now()),
    addressKey: () => undefined,
    invitationCodes: createInvitationCodes(key.secret),
    fingerprint: null,
    catalogue: readCatalogue(files.config.resourcesDir),
    clock: time.clock,
    random: () => 0.5,
    rehearsal: { on: true, seed },
    log: createLog("silent"),
  });
  const { rehearsal } = room;
  if (!rehearsal) throw new Error("no rehearsal");
  const settle = async (): Promise<void> => {
    for (let step = 0; step < 6; step += 1) {
      const written = room.commits.submit(() => succeed({}));
      await vi.advanceTimersByTimeAsync(limits.commitIntervalMs);
      await written;
    }
  };
  return {
    room,
    rehearsal,
    time,
    pass: (ms: number) => time.pass(ms, settle),
    read: () => ({
      events: room.store
        .recordsAfter(0, 100_000)
        .map(({ body }) => RecordEvent.parse(JSON.parse(body))),
      messages: room.store
        .recentChat(100_000)
        .map(({ body }) => ChatMessage.parse(JSON.parse(body))),
    }),
    close: async () => {
      await room.close();
      db.close();
      files.remove();
    },
  };
};

const withoutIds = ({ events, messages }: ReturnType<ReturnType<typeof open>["read"]>) => ({
  events: events.map((event) => ({ ...event, eventId: "", comboId: "" })),
  messages: messages.map((message) => ({ ...message, messageId: "" })),
});

describe("the rehearsal", () => {
  test("plays the same for the same seed: talk, gifts, combos and follows of persons of the room", async () => {
    const [one, same, other] = [open(1), open(1), open(2)];
    for (const each of [one, same, other]) {
      each.rehearsal.setAnchorPresent(true);
      await each.pass(300_000);
    }
    const played = one.read();
    expect(withoutIds(same.read())).toEqual(withoutIds(played));
    expect(withoutIds(other.read())).not.toEqual(withoutIds(played));

    expect(played.messages.length).toBeGreaterThan(60);
    expect(new Set(played.messages.map(({ sender }) => sender.nickname))).toEqual(
      new Set(castNicknames),
    );
    const gifts = played.events.filter((event) => event.type === "gift");
    expect(gifts[0]?.atMs).toBe(1_700_000_005_000);
    expect(gifts.filter(({ tier }) => tier === "grand").length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...gifts.map(({ comboCount }) => comboCount))).toBeGreaterThanOrEqual(3);
    const combos = Map.groupBy(gifts, ({ comboId }) => comboId);
    for (const events of combos.values())
      expect(events.reduce((sum, { count }) => sum + count, 0)).toBe(events.at(-1)?.comboCount);
    const closing = gifts.filter(({ final }) => final);
    expect(closing.length).toBeGreaterThan(5);
    expect(closing.every(({ count, totalCoins }) => count === 0 && totalCoins === 0)).toBe(true);
    expect(played.events.filter(({ type }) => type === "follow")).toHaveLength(8);
    expect(played.events.every(({ test: isTest }) => isTest)).toBe(true);
    await Promise.all([one, same, other].map((each) => each.close()));
  });

  test("its wallets are filled again, so that it never falls silent", async () => {
    const { rehearsal, pass, read, close } = open(3);
    rehearsal.setAnchorPresent(true);
    await pass(1_800_000);
    const rockets = read().events.filter(
      (event) => event.type === "gift" && event.giftId === "rocket",
    );
    expect(rockets.length).toBeGreaterThan(24);
    await close();
  });

  test("plays only while it is on and the anchor is there, and not after the room has closed", async () => {
    const { room, rehearsal, time, pass, read, close } = open(4);
    const count = (): number => read().events.length + read().messages.length;
    const passes = async (): Promise<boolean> => {
      const before = count();
      await pass(30_000);
      return count() > before;
    };
    expect(await passes()).toBe(false);
    rehearsal.setAnchorPresent(true);
    expect(room.audience.viewers).toBe(castNicknames.length);
    expect(await passes()).toBe(true);
    rehearsal.set(false);
    expect(room.audience.viewers).toBe(0);
    expect(await passes()).toBe(false);
    rehearsal.set(true);
    expect(await passes()).toBe(true);
    rehearsal.setAnchorPresent(false);
    expect(await passes()).toBe(false);
    rehearsal.setAnchorPresent(true);
    await close();
    expect(time.pending).toBe(0);
  });

  test("after a long sleep it goes on from there instead of catching up", async () => {
    const { rehearsal, time, pass, read, close } = open(5);
    rehearsal.setAnchorPresent(true);
    await pass(60_000);
    const before = read().messages.length;
    expect(before).toBeGreaterThanOrEqual(10);
    time.sleep(3_600_000);
    await pass(60_000);
    expect(read().messages.length - before).toBeLessThanOrEqual(31);
    expect(read().messages.length - before).toBeGreaterThanOrEqual(10);
    await close();
  });

  test("is switched by the anchor, for everybody to see", async () => {
    const room = await TestRoom.open();
    const anchor = await room.anchor();
    await anchor.get("setRehearsalAudience", { running: true });
    expect(await anchor.get("getRoomInfo", {})).toMatchObject({
      rehearsalAudience: true,
      viewers: castNicknames.length,
    });
    await anchor.until(() => anchor.all("chat").length > 0, "a message of the cast");
    await anchor.get("setRehearsalAudience", { running: false });
    expect((await anchor.get("getRoomInfo", {})).rehearsalAudience).toBe(false);
    await room.close();
  });
});
