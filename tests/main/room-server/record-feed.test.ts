import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendGift } from "../../../main/room-server/gifts.ts";
import { limits } from "../../../main/room-server/limits.ts";
import type { Person } from "../../../preload/contract/chat.ts";
import { GiftId, RequestId } from "../../../preload/contract/ids.ts";
import { Coins } from "../../../preload/contract/money.ts";
import { succeed } from "../../../preload/contract/result.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
let sender: Person;
let made = 0;

beforeAll(async () => {
  room = await TestRoom.open();
  const viewer = await room.viewer();
  sender = (await viewer.get("getRoomInfo", {})).self;
  const coins = Coins.parse(1_000_000_000);
  await room.room.commits.submit(() => {
    room.room.identities.setCoins(sender.viewerId, coins);
    return succeed({});
  });
  await viewer.close();
});
afterAll(() => room.close());

const makeGifts = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 2_000) {
    const results = Array.from({ length: Math.min(left, 2_000) }, () => {
      made += 1;
      const requestId = RequestId.parse(`r${made}`);
      return sendGift(
        room.room,
        sender,
        { requestId, giftId: GiftId.parse("heart"), count: 1 },
        { test: false },
      );
    });
    for (const { ok } of await Promise.all(results)) expect(ok).toBe(true);
  }
};

const seqsOf = (client: RoomClient): number[] =>
  client.all("record").flatMap(({ events }) => events.map(({ seq }) => seq));

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("the record", () => {
  test("resume gives everything after a place, in order, and then what happens", async () => {
    await makeGifts(3_000);
    const anchor = await room.anchor();
    const { latestSeq } = await anchor.get("resume", { afterSeq: 5 });
    expect(anchor.order[0]).toBe("#1");
    await makeGifts(10);
    await anchor.until(() => seqsOf(anchor).at(-1) === latestSeq + 10, "the newest gift");
    expect(seqsOf(anchor)).toEqual(range(6, latestSeq + 10));
    for (const { events } of anchor.all("record"))
      expect(events.length).toBeLessThanOrEqual(limits.batch);
  });

  test("resuming again moves the place; beyond the end there is nothing yet", async () => {
    const anchor = await room.anchor();
    const { latestSeq } = await anchor.get("resume", { afterSeq: 1_000_000 });
    await anchor.get("getRoomInfo", {});
    expect(seqsOf(anchor)).toEqual([]);
    await anchor.get("resume", { afterSeq: latestSeq - 2 });
    await anchor.until(() => seqsOf(anchor).length === 2, "two gifts");
    expect(seqsOf(anchor)).toEqual([latestSeq - 1, latestSeq]);
  });

  test("a slow reader loses nothing, gets nothing twice and costs little memory", async () => {
    const anchor = await room.anchor("slow");
    const { latestSeq } = await anchor.get("resume", { afterSeq: 0 });
    anchor.socket.pause();
    await makeGifts(45_000);
    const connection = [...room.room.audience.connections].find(({ peerId }) => peerId === "slow");
    expect(connection?.bufferedBytes).toBeGreaterThan(0);
    expect(connection?.bufferedBytes).toBeLessThan(limits.recordBufferedBytes + 256 * 1_024);
    anchor.socket.resume();
    await anchor.until(() => seqsOf(anchor).length > 20_000, "a good part");
    anchor.socket.pause();
    await makeGifts(1_000);
    anchor.socket.resume();
    const lastSeq = latestSeq + 46_000;
    await anchor.until(
      () => anchor.all("record").at(-1)?.events.at(-1)?.seq === lastSeq,
      "the end",
    );
    expect(seqsOf(anchor)).toEqual(range(1, lastSeq));
  });

  test("who does not resume and does not read is cut off, before it costs much memory", async () => {
    const viewer = await room.viewer();
    const connection = [...room.room.audience.connections].at(-1);
    viewer.socket.pause();
    for (let gifts = 0; gifts < 80_000; gifts += 5_000) {
      await makeGifts(5_000);
      if (!connection?.isOpen) break;
    }
    expect(connection?.isOpen).toBe(false);
  });
});
