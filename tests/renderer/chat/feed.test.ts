import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ChatMessage } from "../../../preload/contract/chat.ts";
import { RecordEvent } from "../../../preload/contract/gift.ts";
import { LedgerTotals } from "../../../preload/contract/ledger.ts";
import { createFeed, feedCapacity } from "../../../renderer/chat/feed.ts";
import { linesOf } from "../../fakes/feed-lines.ts";

const sender = { viewerId: "v1", nickname: "Mia", role: "viewer" };
const totals = LedgerTotals.parse({ giftCoins: 7, giftCount: 1, tipFen: 0, follows: 0 });
const message = (n: number, atMs = n) =>
  ChatMessage.parse({ messageId: `m${n}`, roomId: "r", chatSeq: n, atMs, sender, text: `t${n}` });
const gift = (n: number, comboId: string, comboCount: number, atMs = n) =>
  RecordEvent.parse({
    type: "gift",
    eventId: `e${n}`,
    roomId: "r",
    seq: n,
    atMs,
    sender,
    test: false,
    giftId: "rose",
    giftName: { "zh-CN": "玫瑰", en: "Rose" },
    tier: "small",
    count: 1,
    unitCoins: 2,
    totalCoins: 2,
    comboId,
    comboCount,
    final: false,
  });
const follow = (n: number) =>
  RecordEvent.parse({
    type: "follow",
    eventId: `e${n}`,
    roomId: "r",
    seq: n,
    atMs: n,
    sender,
    test: false,
  });

/** A feed whose frames the test draws. */
const setUp = () => {
  const scheduled: (() => void)[] = [];
  const feed = createFeed(
    (run) => {
      scheduled.push(run);
      return () => scheduled.splice(scheduled.indexOf(run), 1);
    },
    () => 1_000,
  );
  const frame = () => {
    for (const run of scheduled.splice(0)) run();
    return { ...feed.state.getState(), lines: linesOf(feed), arrived: feed.end };
  };
  return { feed, frame, scheduled };
};

it("collapses a combo into one growing line that keeps its place", () => {
  const { feed, frame } = setUp();
  feed.addRecords([gift(1, "c1", 1)], 0, totals);
  feed.addMessages([message(1)], 0);
  feed.addRecords([gift(2, "c1", 2), gift(3, "c2", 1)], 0, totals);
  const { lines, arrived, gifts } = frame();
  expect(lines.map(({ key }) => key)).toEqual(["combo:c1", "chat:m1", "combo:c2"]);
  expect(lines[0]).toMatchObject({ count: 2, coins: 4 });
  expect([arrived, gifts]).toEqual([3, 3]);
});

it("comes to the same lines however often and in whatever order a combo's events come", () => {
  const events = [1, 2, 3, 4].map((n) => gift(n, "c", n));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events)), (more) => {
      const { feed, frame } = setUp();
      feed.addRecords([...more, ...events.toReversed()], 0, totals);
      expect(frame().lines).toMatchObject([
        { key: "combo:c", count: 4, coins: 8, latest: { eventId: "e4" } },
      ]);
    }),
  );
});

it("tells its listeners once a frame", () => {
  const { feed, frame, scheduled } = setUp();
  let told = 0;
  feed.state.subscribe(() => (told += 1));
  for (let n = 1; n <= 50; n += 1) feed.addMessages([message(n)], 0);
  expect([scheduled.length, told]).toEqual([1, 0]);
  frame();
  feed.addRecords([follow(1)], 0, totals);
  frame();
  expect(told).toBe(2);
});

it("keeps the newest lines", () => {
  const { feed, frame } = setUp();
  const count = feedCapacity + 10;
  feed.addMessages(
    Array.from({ length: count }, (_, index) => message(index + 1)),
    0,
  );
  const { lines, arrived } = frame();
  expect(lines).toHaveLength(feedCapacity);
  expect(lines[0]?.key).toBe("chat:m11");
  expect(lines.at(-1)?.key).toBe(`chat:m${count}`);
  expect(arrived).toBe(count);
});

it("begins with the past in the order of time and takes no line twice", () => {
  const { feed, frame } = setUp();
  feed.load([gift(1, "c1", 3, 20)], [message(1, 10), message(2, 30)], totals);
  feed.addMessages([message(2, 30), message(3, 40)], 0);
  feed.addRecords([gift(1, "c1", 3, 20)], 0, totals);
  const { lines, totals: shown } = frame();
  expect(lines.map(({ key }) => key)).toEqual(["chat:m1", "combo:c1", "chat:m2", "chat:m3"]);
  expect(lines[1]).toMatchObject({ count: 3 });
  expect(shown).toEqual(totals);
});

it("says what was left out", () => {
  const { feed, frame } = setUp();
  feed.addMessages([message(9)], 8);
  feed.addRecords([follow(3)], 2, totals);
  expect(frame().lines).toMatchObject([
    { type: "omitted", of: "chat", count: 8 },
    { type: "chat" },
    { type: "omitted", of: "records", count: 2 },
    { type: "event" },
  ]);
});

it("tells nobody after it was closed", () => {
  const { feed, frame } = setUp();
  feed.addMessages([message(1)], 0);
  feed.close();
  expect(frame().version).toBe(0);
});

it("keeps what a reader sees, up to twice as much, until the reader is done", () => {
  const { feed } = setUp();
  const add = (from: number, to: number) =>
    feed.addMessages(
      Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
      0,
    );
  add(1, feedCapacity);
  const release = feed.hold();
  add(feedCapacity + 1, 2 * feedCapacity);
  expect([feed.first, feed.end]).toEqual([0, 2 * feedCapacity]);
  expect(feed.at(0)).toMatchObject({ key: "chat:m1" });
  add(2 * feedCapacity + 1, 2 * feedCapacity + 3);
  expect([feed.first, feed.at(2), feed.at(3)?.key]).toEqual([3, undefined, "chat:m4"]);
  release();
  release();
  expect([feed.first, feed.end]).toEqual([feedCapacity + 3, 2 * feedCapacity + 3]);
});

const act = (n: number, what: object) =>
  RecordEvent.parse({
    ...follow(n),
    type: "moderation",
    sender: { viewerId: "a", nickname: "Anna", role: "anchor" },
    act: what,
    reason: "",
  });

it("marks messages as taken back in their rows, by whom, and as there again", () => {
  const { feed, frame } = setUp();
  const deletedBy = () =>
    frame().lines.map((line) => (line.type === "chat" ? line.deletedBy : line.key));
  feed.addMessages([message(1), message(2)], 0);
  feed.addRecords([act(1, { kind: "deleteMessage", message: message(1) })], 0, totals);
  expect(deletedBy()).toEqual(["Anna", null]);
  // The same message once more, e.g. from the history, does not bring it back.
  feed.addMessages([message(1)], 0);
  expect(deletedBy()).toEqual(["Anna", null]);
  const undo = {
    kind: "undo",
    undoneEventId: "e1",
    undoneKind: "deleteMessage",
    target: sender,
    restoredMessages: [message(1)],
  };
  feed.addRecords([act(2, undo)], 0, totals);
  expect(deletedBy()).toEqual([null, null, "event:e2"]);
  feed.markDeleted(message(2).messageId, "me");
  expect(deletedBy()).toEqual([null, "me", "event:e2"]);
});

it("knows a guard by what came before", () => {
  const { feed, frame } = setUp();
  const guard = RecordEvent.parse({
    ...follow(1),
    type: "guard",
    level: 2,
    months: 1,
    totalCoins: 100,
  });
  feed.addMessages([message(1)], 0);
  feed.addRecords([guard], 0, totals);
  feed.addMessages([message(2)], 0);
  expect(frame().lines).toMatchObject([{ guardLevel: null }, {}, { guardLevel: 2 }]);
});
