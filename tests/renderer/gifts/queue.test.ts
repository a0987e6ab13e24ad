import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  advanceQueue,
  type AlertQueue,
  emptyQueue,
  enqueueEvents,
  maxWaiting,
} from "../../../renderer/gifts/queue.ts";
import { followEvent, giftEvent, likeEvent } from "../../fakes/alert-events.ts";

const shown = (queue: AlertQueue) =>
  queue.active?.alert.kind === "gift" ? queue.active.alert : undefined;

describe("combos", () => {
  test("gifts of one combo are one alert with the count it has come to", () => {
    const queue = enqueueEvents(
      emptyQueue,
      [1, 2, 3].map((comboCount) => giftEvent({ comboId: "roses", comboCount })),
      0,
    );
    expect(queue.waiting).toMatchObject([{ id: "roses", comboCount: 3, addedCount: 3 }]);
  });

  test("a combo that grows while it is shown grows in place and stays longer", () => {
    const first = advanceQueue(enqueueEvents(emptyQueue, [giftEvent({ comboId: "roses" })], 0), 0);
    const grown = enqueueEvents(
      first,
      [giftEvent({ comboId: "roses", comboCount: 5, count: 4 })],
      2_500,
    );
    expect(grown.waiting).toEqual([]);
    expect(shown(grown)?.comboCount).toBe(5);
    expect(grown.active?.grewAtMs).toBe(2_500);
    expect(grown.active?.endsAtMs).toBeGreaterThan(first.active?.endsAtMs ?? Number.NaN);
  });

  test("a combo that never stops gives way, and comes back with its whole count", () => {
    let queue = advanceQueue(enqueueEvents(emptyQueue, [giftEvent({ comboId: "roses" })], 0), 0);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "crown", unitCoins: 99 })], 10);
    let now = 0;
    let count = 1;
    while (shown(queue)?.id === "roses" && now < 60_000) {
      now += 500;
      count += 1;
      queue = enqueueEvents(queue, [giftEvent({ comboId: "roses", comboCount: count })], now);
      queue = advanceQueue(queue, now);
    }
    expect(now).toBeLessThan(20_000);
    expect(shown(queue)?.id).toBe("crown");
    expect(queue.waiting).toMatchObject([{ id: "roses", comboCount: count }]);
  });

  test("an event that adds nothing does not hold the picture", () => {
    const first = advanceQueue(
      enqueueEvents(emptyQueue, [giftEvent({ comboId: "roses", comboCount: 2, count: 2 })], 0),
      0,
    );
    const closed = enqueueEvents(
      first,
      [giftEvent({ comboId: "roses", comboCount: 2, count: 0 })],
      100,
    );
    expect(closed.active).toEqual(first.active);
  });
});

describe("order", () => {
  test("the most valuable is next; of equals the oldest", () => {
    let queue = enqueueEvents(emptyQueue, [followEvent()], 0);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "late", unitCoins: 5 })], 2);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "dear", unitCoins: 99 })], 3);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "later", unitCoins: 5 })], 4);
    expect(queue.waiting.map(({ id, kind }) => (kind === "gift" ? id : kind))).toEqual([
      "dear",
      "late",
      "later",
      "follow",
    ]);
  });

  test("shows one after another, then nothing", () => {
    let queue = enqueueEvents(emptyQueue, [giftEvent({ comboId: "a" }), followEvent()], 0);
    const seen: string[] = [];
    for (let now = 0; now < 10_000; now += 33) {
      queue = advanceQueue(queue, now);
      const kind = queue.active?.alert.kind ?? "nothing";
      if (seen.at(-1) !== kind) seen.push(kind);
    }
    expect(seen).toEqual(["gift", "follow", "nothing"]);
    expect(queue).toEqual(emptyQueue);
  });

  test("what is no alert changes nothing", () => {
    expect(enqueueEvents(emptyQueue, [likeEvent()], 0)).toEqual(emptyQueue);
  });
});

describe("bounds", () => {
  test("however many come, few wait and every gift is shown or counted", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            combo: fc.integer({ min: 0, max: 120 }),
            unit: fc.integer({ min: 1, max: 9 }),
          }),
          {
            maxLength: 400,
          },
        ),
        (gifts) => {
          let queue = emptyQueue;
          for (const [now, { combo, unit }] of gifts.entries())
            queue = enqueueEvents(
              queue,
              [giftEvent({ comboId: `c${combo}`, unitCoins: unit })],
              now,
            );
          const waiting = queue.waiting.reduce(
            (sum, alert) => sum + (alert.kind === "gift" ? alert.addedCount : 1),
            0,
          );
          expect(queue.waiting.length).toBeLessThanOrEqual(maxWaiting);
          expect(waiting + queue.folded).toBe(gifts.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("the most valuable ones are kept", () => {
    const events = Array.from({ length: maxWaiting + 10 }, (_, index) =>
      giftEvent({ comboId: `c${index}`, unitCoins: index + 1 }),
    );
    const queue = enqueueEvents(emptyQueue, events, 0);
    expect(queue.folded).toBe(10);
    expect(queue.waiting.at(-1)).toMatchObject({ unitCoins: 11 });
  });

  test("a long queue hurries", () => {
    const start = (waiting: number) =>
      advanceQueue(
        enqueueEvents(
          emptyQueue,
          Array.from({ length: waiting }, (_, index) => giftEvent({ comboId: `c${index}` })),
          0,
        ),
        0,
      ).active?.endsAtMs;
    expect(start(20)).toBeLessThan(start(1) ?? 0);
  });
});
