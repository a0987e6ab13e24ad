import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GiftId } from "../../../preload/contract/ids.ts";
import { Coins } from "../../../preload/contract/money.ts";
import { succeed } from "../../../preload/contract/result.ts";
import type { RoomClient } from "../../fakes/room-client.ts";
import { createRoomFiles, testGifts, TestRoom } from "../../fakes/test-room.ts";

/** A gift whose group the database refuses: `insert` in the middle, `commit` only at the end. */
const poison = (giftId: string) => ({ ...testGifts[0], giftId });

const triggers = `
  CREATE TABLE poisoned (parent TEXT REFERENCES identity (viewer_id) DEFERRABLE INITIALLY DEFERRED);
  CREATE TRIGGER poison_insert AFTER INSERT ON record WHEN NEW.body LIKE '%"poison-insert"%'
    BEGIN SELECT RAISE(ABORT, 'disk is full'); END;
  CREATE TRIGGER poison_commit AFTER INSERT ON record WHEN NEW.body LIKE '%"poison-commit"%'
    BEGIN INSERT INTO poisoned VALUES ('nobody'); END;
`;

const files = createRoomFiles([...testGifts, poison("poison-insert"), poison("poison-commit")]);
let room: TestRoom;
let anchor: RoomClient;

beforeAll(async () => {
  await (await TestRoom.open({ files })).close();
  const db = new DatabaseSync(join(files.config.dataDir, "room.db"));
  db.exec(triggers);
  db.close();
  room = await TestRoom.open({ files });
  anchor = await room.anchor();
  await anchor.get("resume", { afterSeq: 0 });
});
afterAll(async () => {
  await room.close();
  files.remove();
});

describe("group commit", () => {
  test.each(["poison-insert", "poison-commit"])(
    "where %s makes the log fail, nobody is acknowledged, nothing is shown, no coins are gone",
    async (giftId) => {
      const [one, other] = [await room.viewer(), await room.viewer()];
      const { latestSeq, latestChatSeq } = await one.get("getRoomInfo", {});
      const before = room.room.history.after(0).length;
      const results = await room.room.commits
        .submit(() => ({ ok: true, value: undefined }))
        .then(() =>
          Promise.all([
            one.ask("sendGift", { requestId: "a", giftId: "rose", count: 1 }),
            one.ask("sendGift", { requestId: "b", giftId, count: 1 }),
          ]),
        );
      const failed = results.filter((result) => !result.ok);
      expect(failed.length).toBeGreaterThanOrEqual(1);
      for (const result of failed) expect(result.error.code).toBe("room.storage_failed");
      const kept = results.length - failed.length;
      expect((await one.get("getWallet", {})).coins).toBe(100_000 - 10 * kept);

      expect(
        await other.get("sendGift", { requestId: "c", giftId: "heart", count: 1 }),
      ).toMatchObject({ seq: latestSeq + kept + 1, coins: 99_999 });
      expect(await one.get("sendGift", { requestId: "a", giftId: "rose", count: 1 })).toMatchObject(
        { coins: 99_990 },
      );
      expect((await one.get("getRoomInfo", {})).latestChatSeq).toBe(latestChatSeq);
      expect(room.room.history.after(0).length).toBe(before + 2);
      const lastSeq = room.room.commits.latestSeq;
      const events = () => anchor.all("record").flatMap((note) => note.events);
      await anchor.until(() => events().at(-1)?.seq === lastSeq, "the last event");
      expect(events().map(({ seq }) => seq)).toEqual(
        Array.from({ length: lastSeq }, (_, index) => index + 1),
      );
      expect(events().some((event) => event.type === "gift" && event.giftId === giftId)).toBe(
        false,
      );
    },
  );

  test("a group fails as a whole, and the combo goes on from what was committed", async () => {
    const viewer = await room.viewer();
    const { self } = await viewer.get("getRoomInfo", {});
    await viewer.get("sendGift", { requestId: "1", giftId: "heart", count: 1 });
    const { commits, combos, identities } = room.room;
    const coins = identities.coins(self.viewerId);
    const results = await Promise.all([
      commits.submit(() => {
        identities.setCoins(self.viewerId, Coins.parse(1));
        combos.next(self.viewerId, GiftId.parse("heart"), 7, Date.now());
        return { ok: true, value: undefined };
      }),
      commits.submit(() => {
        throw new Error("the disk is gone");
      }),
    ]);
    expect(results).toEqual([
      { ok: false, error: { code: "room.storage_failed" } },
      { ok: false, error: { code: "room.storage_failed" } },
    ]);
    expect(identities.coins(self.viewerId)).toBe(coins);
    await viewer.get("sendGift", { requestId: "2", giftId: "heart", count: 1 });
    await viewer.until(
      () =>
        viewer
          .all("record")
          .flatMap(({ events }) => events)
          .some((event) => event.type === "gift" && event.comboCount === 2),
      "the second of the combo",
    );
  });

  test("its queue is bounded", async () => {
    const { commits } = room.room;
    const results = await Promise.all(
      Array.from({ length: 5_000 }, () => commits.submit(() => succeed(undefined))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(4_096);
    expect(results.at(-1)).toMatchObject({ error: { code: "request.too_many" } });
  });
});
