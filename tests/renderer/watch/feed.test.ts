import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chatLine,
  feedLimit,
  type FeedLine,
  mergeFeed,
  recordLine,
  skippedLine,
} from "../../../renderer/watch/feed.ts";
import { chatMessage, followEvent, giftEvent } from "./samples.ts";

const seq = fc.integer({ min: 1, max: 1_000 });
const line: fc.Arbitrary<FeedLine> = fc.oneof(
  seq.map((n) => chatLine(chatMessage(n))),
  seq.map((n) => recordLine(followEvent(n))),
  // One gift of a combo comes after another, so that count, sequence and time rise together.
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 40 }))
    .map(([combo, count]) => recordLine(giftEvent(2_000 + count * 20 + combo, `c${combo}`, count))),
  seq.map((n) => skippedLine(5, n, n)),
);
const lines = fc.array(line, { maxLength: 400 });

describe("mergeFeed", () => {
  it("shows chat and gifts in the order of their time", () => {
    const feed = mergeFeed([], [chatLine(chatMessage(3)), recordLine(followEvent(2))]);
    expect(mergeFeed(feed, [chatLine(chatMessage(1))]).map(({ key }) => key)).toEqual([
      "chat-m1",
      "event-e2",
      "chat-m3",
    ]);
  });

  it("keeps messages of one millisecond in the room's order", () => {
    const same = [12, 10, 11].map((n) => chatLine(chatMessage(n, 7)));
    expect(mergeFeed([], same).map(({ order }) => order)).toEqual([10, 11, 12]);
  });

  it("counts a combo up in one line, which moves to the end", () => {
    const feed = mergeFeed([], [recordLine(giftEvent(1, "c", 1)), chatLine(chatMessage(2))]);
    const after = mergeFeed(feed, [recordLine(giftEvent(3, "c", 2))]);
    expect(after.map(({ key, order }) => [key, order])).toEqual([
      ["chat-m2", 2],
      ["combo-c", 3],
    ]);
  });

  it("has unique keys, is ordered by time and bounded", () => {
    fc.assert(
      fc.property(lines, (some) => {
        const feed = mergeFeed([], some);
        expect(new Set(feed.map(({ key }) => key)).size).toBe(feed.length);
        expect(feed.length).toBeLessThanOrEqual(feedLimit);
        const times = feed.map(({ atMs }) => atMs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  it("does not care how often or in which order lines come", () => {
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const whole = mergeFeed([], [...first, ...second]);
        expect(mergeFeed(mergeFeed([], first), second)).toEqual(whole);
        expect(mergeFeed(mergeFeed([], second), first)).toEqual(whole);
        expect(mergeFeed(whole, first)).toEqual(whole);
      }),
    );
  });

  it("drops the oldest beyond the limit", () => {
    const many = Array.from({ length: feedLimit + 5 }, (_, n) => chatLine(chatMessage(n + 1)));
    expect(mergeFeed([], many)[0]?.order).toBe(6);
  });
});
