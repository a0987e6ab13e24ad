import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ChatMessage } from "../../../preload/contract/chat.ts";
import { fitsFilter, noFilter } from "../../../renderer/chat/feed-filter.ts";
import type { FeedLine } from "../../../renderer/chat/feed-line.ts";
import { createFeed } from "../../../renderer/chat/feed.ts";
import { filterRows } from "../../../renderer/chat/filter-rows.ts";
import { linesOf } from "../../fakes/feed-lines.ts";

const message = (n: number, text = `t${n}`, nickname = "Mia") =>
  ChatMessage.parse({
    messageId: `m${n}`,
    roomId: "r",
    chatSeq: n,
    atMs: n,
    sender: { viewerId: nickname, nickname, role: "viewer" },
    text,
  });
const newFeed = () =>
  createFeed(
    () => () => undefined,
    () => 0,
  );
const isEven = (line: FeedLine): boolean => line.type === "chat" && line.message.chatSeq % 2 === 0;

it("has those lines that fit, in their order, whatever came when and was asked for when", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 30 }), (batches) => {
      const feed = newFeed();
      const rows = filterRows(feed, isEven);
      let n = 0;
      for (const size of batches) {
        feed.addMessages(
          Array.from({ length: size }, () => message((n += 1))),
          0,
        );
        // Now and then somebody looks.
        const seen = size % 3 === 0 ? rows.end : Math.floor(n / 2);
        expect(seen).toBe(Math.floor(n / 2));
      }
      expect(linesOf(rows)).toEqual(linesOf(feed).filter(isEven));
    }),
  );
});

it("lets go of what the feed has let go of, and never numbers a row anew", () => {
  const feed = newFeed();
  const rows = filterRows(feed, isEven);
  const keyOfRow = new Map<number, string>();
  for (let n = 1; n <= 120_000; n += 1) {
    feed.addMessages([message(n)], 0);
    if (n % 1_000) continue;
    for (const row of [rows.first, rows.end - 1]) {
      const { key } = rows.at(row) ?? { key: "none" };
      expect(keyOfRow.get(row) ?? key).toBe(key);
      keyOfRow.set(row, key);
    }
  }
  expect(rows.end - rows.first).toBe(25_000);
  expect(rows.at(rows.first - 1)).toBeUndefined();
  expect(rows.at(rows.first)).toMatchObject({ key: "chat:m70002" });
});

it.each([
  [{ word: "HELLO" }, ["chat:m1"]],
  [{ word: "ｈｅｌｌｏ" }, ["chat:m1"]],
  [{ word: "lee" }, ["chat:m2"]],
  [{ word: " " }, ["chat:m1", "chat:m2"]],
  [{ person: message(2, "", "Lee").sender }, ["chat:m2"]],
  [{ giftsOnly: true }, []],
])("%j leaves %j", (change, keys) => {
  const feed = newFeed();
  feed.addMessages([message(1, "say Hello"), message(2, "bye", "Lee")], 0);
  const fits = fitsFilter({ ...noFilter, ...change });
  expect(linesOf(fits ? filterRows(feed, fits) : feed).map(({ key }) => key)).toEqual(keys);
});
