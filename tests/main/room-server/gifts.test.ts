import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecordOf } from "../../../preload/contract/gift.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { testGifts, TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
let anchor: RoomClient;
beforeAll(async () => {
  room = await TestRoom.open();
  anchor = await room.anchor();
});
afterAll(() => room.close());

const giftsOf = (client: RoomClient): RecordOf<"gift">[] =>
  client.all("record").flatMap(({ events }) => events.filter((event) => event.type === "gift"));

const codeOf = async (answer: Promise<{ ok: boolean; error?: { code: string } }>) =>
  (await answer).error?.code;

describe("gifts", () => {
  test("a gift takes its coins and is told to everybody with who, what and how many", async () => {
    const cookie = await room.newCookie();
    const viewer = await room.viewer(cookie);
    const otherWindow = await room.viewer(cookie);
    expect(await viewer.get("getGiftCatalogue", {})).toEqual({ gifts: testGifts });
    expect(await viewer.get("getWallet", {})).toEqual({ coins: 100_000 });
    const { self } = await viewer.get("getRoomInfo", {});
    const sent = await viewer.get("sendGift", { requestId: "r1", giftId: "rose", count: 3 });
    expect(sent.coins).toBe(99_970);
    await anchor.until(
      () => giftsOf(anchor).some(({ eventId }) => eventId === sent.eventId),
      "the gift",
    );
    expect(giftsOf(anchor).at(-1)).toMatchObject({
      seq: sent.seq,
      roomId: "main",
      sender: self,
      test: false,
      giftId: "rose",
      giftName: { "zh-CN": "玫瑰", en: "Rose" },
      tier: "small",
      count: 3,
      unitCoins: 10,
      totalCoins: 30,
      comboCount: 3,
      final: false,
    });
    await otherWindow.until(
      () => otherWindow.all("walletChanged").at(-1)?.coins === 99_970,
      "the new balance",
    );
    expect(viewer.all("walletChanged")).toEqual([]);
  });

  test("an overspend is refused and changes nothing", async () => {
    const viewer = await room.viewer();
    const { latestSeq } = await viewer.get("getRoomInfo", {});
    const send = (requestId: string, count: number) =>
      viewer.ask("sendGift", { requestId, giftId: "rocket", count });
    expect(await codeOf(send("r1", 17))).toBe("wallet.insufficient");
    expect(await codeOf(send("r2", 9_999))).toBe("wallet.insufficient");
    const [one, two] = await Promise.all([send("r3", 9), send("r4", 9)]);
    expect([one.ok, two.ok]).toEqual([true, false]);
    expect(await viewer.get("getWallet", {})).toEqual({ coins: 46_000 });
    expect((await viewer.get("getRoomInfo", {})).latestSeq).toBe(latestSeq + 1);
  });

  test("a repeat of a request id is answered as the first was and takes no further coins", async () => {
    const cookie = await room.newCookie();
    const viewer = await room.viewer(cookie);
    const wish = { requestId: "wish", giftId: "rose", count: 1 };
    const [first, second] = await Promise.all([
      viewer.get("sendGift", wish),
      viewer.get("sendGift", wish),
    ]);
    expect(second).toEqual(first);
    const other = await room.viewer(cookie);
    expect(await other.get("sendGift", wish)).toEqual(first);
    expect(await other.get("getWallet", {})).toEqual({ coins: 99_990 });
    expect(await codeOf(other.ask("sendChat", { requestId: "wish", text: "hi" }))).toBe(
      "request.invalid",
    );
    const stranger = await room.viewer();
    expect(await stranger.get("sendGift", wish)).not.toEqual(first);
  });

  test("quick equal gifts are one combo", async () => {
    const viewer = await room.viewer();
    for (const [index, giftId] of ["heart", "heart", "rose", "heart"].entries())
      await viewer.get("sendGift", { requestId: `r${index}`, giftId, count: 2 });
    await viewer.until(() => giftsOf(viewer).length >= 4, "four gifts");
    const hearts = giftsOf(viewer).filter(({ giftId }) => giftId === "heart");
    expect(hearts.map(({ comboCount }) => comboCount)).toEqual([2, 4, 6]);
    expect(new Set(hearts.map(({ comboId }) => comboId)).size).toBe(1);
    expect(giftsOf(viewer).find(({ giftId }) => giftId === "rose")?.comboCount).toBe(2);
  });

  test("unknown gifts, bad counts and too many at once are refused", async () => {
    const viewer = await room.viewer();
    const send = (requestId: string, giftId: string, count: number) =>
      viewer.ask("sendGift", { requestId, giftId, count });
    expect(await codeOf(send("r", "diamond", 1))).toBe("gift.unknown");
    for (const count of [0, -1, 1.5, 10_000])
      expect(await codeOf(send("r", "heart", count))).toBe("request.invalid");
    const storm = await Promise.all(
      Array.from({ length: 58 }, (_, index) => send(`s${index}`, "heart", 1)),
    );
    const accepted = storm.filter(({ ok }) => ok).length;
    expect(accepted).toBeGreaterThanOrEqual(20);
    expect(accepted).toBeLessThanOrEqual(50);
    expect(await viewer.get("getWallet", {})).toEqual({ coins: 100_000 - accepted });
    const refusals = storm.flatMap((result) => (result.ok ? [] : [result.error.code]));
    expect(new Set(refusals)).toEqual(new Set(["request.too_many"]));
  });

  test("a public room's viewers start without coins", async () => {
    const open = await TestRoom.open({ config: { kind: "public" } });
    const viewer = await open.viewer();
    expect(await viewer.get("getWallet", {})).toEqual({ coins: 0 });
    expect(
      await codeOf(viewer.ask("sendGift", { requestId: "r", giftId: "heart", count: 1 })),
    ).toBe("wallet.insufficient");
    const its = await open.anchor();
    expect(await codeOf(its.ask("setRehearsalAudience", { running: true }))).toBe(
      "room.not_offered",
    );
    await open.close();
  });
});
