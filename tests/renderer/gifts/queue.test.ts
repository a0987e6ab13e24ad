import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordEvent } from "../../../preload/contract/gift.ts";
import { alertOf, foldSizeOf, laneOf, valueOf } from "../../../renderer/gifts/alert.ts";
import {
  advanceQueue,
  type AlertControl,
  type AlertQueue,
  controlQueue,
  emptyQueue,
  enqueueEvents,
  isLeaving,
  keptOldest,
  lanes,
  leastShownMs,
  lengthenAlert,
  longestShownMs,
  maxShownMs,
  maxWaiting,
  maxWaitMs,
  slotsOf,
} from "../../../renderer/gifts/queue.ts";
import {
  followEvent,
  giftEvent,
  guardEvent,
  likeEvent,
  orderEvent,
  tipEvent,
} from "../../fakes/alert-events.ts";
import { builtInTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

const [classic] = builtInTemplates;
if (!classic) throw new Error("no template");

const ids = (queue: AlertQueue) => queue.active.map(({ alert }) => alert.id);
const find = (queue: AlertQueue, id: string) => queue.active.find(({ alert }) => alert.id === id);
const countOf = (queue: AlertQueue, id: string) => {
  const alert = find(queue, id)?.alert;
  return alert?.kind === "gift" ? alert.comboCount : undefined;
};
const startWith = (events: readonly RecordEvent[], nowMs = 0) =>
  advanceQueue(enqueueEvents(emptyQueue, events, nowMs), nowMs);
const combos = (count: number, wish: Parameters<typeof giftEvent>[0] = {}) =>
  Array.from({ length: count }, (_, index) => giftEvent({ comboId: `c${index}`, ...wish }));

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
    const first = startWith([giftEvent({ comboId: "roses" })]);
    const grown = enqueueEvents(
      first,
      [giftEvent({ comboId: "roses", comboCount: 5, count: 4 })],
      2_500,
    );
    expect(grown.waiting).toEqual([]);
    expect(countOf(grown, "roses")).toBe(5);
    expect(find(grown, "roses")?.grewAtMs).toBe(2_500);
    expect(find(grown, "roses")?.endsAtMs).toBeGreaterThan(
      find(first, "roses")?.endsAtMs ?? Number.NaN,
    );
  });

  test("a combo that never stops gives way, and comes back with its whole count", () => {
    let queue = startWith([giftEvent({ comboId: "roses" })]);
    let now = 0;
    let count = 1;
    while (find(queue, "roses")) {
      now += 500;
      count += 1;
      queue = enqueueEvents(queue, [giftEvent({ comboId: "roses", comboCount: count })], now);
      queue = advanceQueue(queue, now);
      if (now > 60_000) throw new Error("it stays for ever");
      // Not in two places at once.
      expect(ids(queue).filter((id) => id === "roses").length).toBeLessThanOrEqual(1);
      if (find(queue, "roses")?.startedAtMs) break;
    }
    expect(now).toBeLessThanOrEqual(maxShownMs);
    expect(countOf(queue, "roses")).toBe(count);
  });

  test("a platform's closing event neither holds the picture nor comes back to it", () => {
    const close = giftEvent({ comboId: "roses", comboCount: 2, count: 0, final: true });
    const first = startWith([giftEvent({ comboId: "roses", comboCount: 2, count: 2 })]);
    expect(enqueueEvents(first, [close], 100)).toEqual(first);
    const over = advanceQueue(first, 60_000);
    expect(enqueueEvents(over, [close], 60_000)).toEqual(over);
  });

  test("a milestone is celebrated when the combo comes to it", () => {
    const first = startWith([giftEvent({ comboId: "roses", comboCount: 65 })]);
    expect(find(first, "roses")?.milestone).toBeNull();
    const grown = enqueueEvents(first, [giftEvent({ comboId: "roses", comboCount: 66 })], 500);
    expect(find(grown, "roses")?.milestone).toBe(66);
    const past = enqueueEvents(grown, [giftEvent({ comboId: "roses", comboCount: 67 })], 600);
    expect(find(past, "roses")?.milestone).toBeNull();
    const whole = startWith([giftEvent({ comboId: "love", comboCount: 520, count: 520 })]);
    expect(find(whole, "love")?.milestone).toBe(520);
  });
});

describe("an alert with something longer to show", () => {
  test("stays until that is over, but never goes sooner than it would", () => {
    const queue = startWith([giftEvent({ comboId: "long" })]);
    const [active] = queue.active;
    if (!active) throw new Error("nothing is shown");
    expect(find(lengthenAlert(queue, active, 9_000), "long")?.endsAtMs).toBe(9_000);
    expect(lengthenAlert(queue, active, 1_000)).toEqual(queue);
  });

  test("goes with it from the spotlight, after its least time", () => {
    const queue = startWith([giftEvent({ comboId: "grand", tier: "grand" })]);
    const [active] = queue.active;
    if (!active) throw new Error("nothing is shown");
    const leastMs = active.startedAtMs + leastShownMs(active.alert);
    const endsWith = (untilMs: number) =>
      find(lengthenAlert(queue, active, untilMs), "grand")?.endsAtMs;
    expect(endsWith(leastMs + 500)).toBe(leastMs + 500);
    expect(endsWith(20_000)).toBe(20_000);
    expect(endsWith(leastMs - 500)).toBe(active.endsAtMs);
  });

  test("never stays longer than the longest", () => {
    const queue = startWith([giftEvent({ comboId: "grand", tier: "grand" })]);
    const [active] = queue.active;
    if (!active) throw new Error("nothing is shown");
    expect(find(lengthenAlert(queue, active, 3_600_000), "grand")?.endsAtMs).toBe(longestShownMs);
  });

  test("makes room when many wait, and goes when the anchor skips it", () => {
    const queue = startWith([giftEvent({ comboId: "long", unitCoins: 9 }), ...combos(30)]);
    const active = find(queue, "long");
    if (!active) throw new Error("it is not shown");
    const long = lengthenAlert(queue, active, 9_000);
    const hurried = advanceQueue(long, 1_000);
    expect(find(hurried, "long")?.endsAtMs).toBe(leastShownMs(active.alert));
    const skipped = find(controlQueue(long, { action: "skip" }, 1_000), "long");
    expect(skipped?.endsAtMs).toBe(1_000 + classic.banner.exit.durationMs);
    expect(isLeaving(active, 1_000)).toBe(false);
    expect(skipped && isLeaving(skipped, 1_000)).toBe(true);
  });
});

describe("what is thanked", () => {
  test("gifts, tips, guards, orders and follows; nobody for a like", () => {
    const queue = enqueueEvents(
      emptyQueue,
      [orderEvent(), followEvent(), tipEvent(880), guardEvent(3), giftEvent(), likeEvent()],
      0,
    );
    expect(queue.waiting.map(({ kind }) => kind)).toEqual([
      "guard",
      "tip",
      "gift",
      "order",
      "follow",
    ]);
  });

  test("the more is tipped, the higher the tier", () => {
    const tiers = [1, 500, 3_000, 10_000].map((fen) => alertOf(tipEvent(fen), 0, classic)?.tier);
    expect(tiers).toEqual(["small", "medium", "large", "grand"]);
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

  test("three banners stack beside one in the spotlight; a place is kept until its end", () => {
    const queue = startWith([
      ...combos(4),
      giftEvent({ comboId: "rocket", tier: "grand", unitCoins: 99 }),
      giftEvent({ comboId: "castle", tier: "grand", unitCoins: 98 }),
    ]);
    expect(queue.active.map(({ alert, slot }) => [laneOf(alert), slot])).toEqual([
      ["banner", 0],
      ["banner", 1],
      ["banner", 2],
      ["spotlight", 0],
    ]);
    expect(find(queue, "rocket")).toBeDefined();
    expect(queue.waiting.map(({ id }) => id)).toEqual(["castle", "c3"]);
    const later = advanceQueue(enqueueEvents(queue, [followEvent()], 10), 10);
    expect(later.active).toEqual(queue.active);
  });

  test("shows all, then nothing", () => {
    let queue = enqueueEvents(emptyQueue, [...combos(5), followEvent()], 0);
    const seen = new Set<string>();
    for (let now = 0; now < 20_000; now += 33) {
      queue = advanceQueue(queue, now);
      for (const id of ids(queue)) seen.add(id);
    }
    expect(seen.size).toBe(6);
    expect(queue).toMatchObject({ active: [], waiting: [], folded: 0 });
  });

  test("what is no alert changes nothing", () => {
    expect(enqueueEvents(emptyQueue, [likeEvent()], 0)).toEqual(emptyQueue);
  });

  test("a small gift has its turn though dearer ones never cease", () => {
    const dear = (comboId: string) => giftEvent({ comboId, unitCoins: 50, tier: "medium" });
    let queue = startWith([dear("a"), dear("b"), dear("c"), giftEvent({ comboId: "small" })]);
    let now = 0;
    while (!find(queue, "small") && now < 60_000) {
      now += 900;
      queue = advanceQueue(enqueueEvents(queue, [dear(`at${now}`)], now), now);
    }
    expect(now).toBeLessThan(20_000);
  });
});

describe("in a storm", () => {
  /** `dear` of these and one small gift come each second; which small ones were shown. */
  const smallShown = (dear: { readonly perSecond: number; readonly tier: "large" | "grand" }) => {
    let queue: AlertQueue = emptyQueue;
    const seen = new Set<string>();
    for (let now = 0; now < 300_000; now += 100) {
      const storm = Array.from({ length: dear.perSecond / 10 }, (_, index) =>
        giftEvent({ comboId: `at${now}-${index}`, unitCoins: 500, tier: dear.tier }),
      );
      const small = now % 1_000 === 0 ? [giftEvent({ comboId: `small${now}` })] : [];
      queue = advanceQueue(enqueueEvents(queue, [...storm, ...small], now), now);
      for (const id of ids(queue)) if (id.startsWith("small")) seen.add(id);
    }
    return [...seen].map((id) => Number(id.slice("small".length)));
  };

  test("small gifts have their turn though more dear ones come than can ever wait", () => {
    const shown = smallShown({ perSecond: 30, tier: "large" });
    // Those of the last minute may wait still.
    for (let minute = 0; minute < 4; minute += 1)
      expect(shown.filter((at) => Math.floor(at / 60_000) === minute).length).toBeGreaterThan(2);
  });

  test("what waits for the spotlight takes no banner's place", () => {
    expect(smallShown({ perSecond: 10, tier: "grand" }).length).toBeGreaterThan(290);
  });
});

describe("the anchor", () => {
  const control = (queue: AlertQueue, wish: AlertControl, nowMs: number) =>
    advanceQueue(controlQueue(queue, wish, nowMs), nowMs);

  test("pauses: what is shown ends in its time, nothing new begins, and nobody gets too old meanwhile", () => {
    let queue = control(startWith(combos(4)), { action: "pause" }, 100);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "meanwhile" })], 5_000);
    queue = advanceQueue(queue, 3_600_000);
    expect(queue.active).toEqual([]);
    expect(queue.waiting.map(({ id }) => id)).toEqual(["c3", "meanwhile"]);
    queue = control(queue, { action: "resume" }, 3_600_000);
    expect(ids(queue)).toEqual(["c3", "meanwhile"]);
    expect(queue.folded).toBe(0);
  });

  test("skips what is shown, soon but not at once", () => {
    const queue = control(startWith(combos(4)), { action: "skip" }, 1_000);
    expect(queue.active.map(({ endsAtMs }) => endsAtMs)).toEqual(
      Array.from({ length: 3 }, () => 1_000 + classic.banner.exit.durationMs),
    );
    expect(ids(advanceQueue(queue, 1_000 + classic.banner.exit.durationMs))).toEqual(["c3"]);
  });

  test("clears what waits into the count of the rest", () => {
    const queue = control(startWith(combos(10)), { action: "clear" }, 100);
    expect(queue).toMatchObject({ waiting: [], folded: 7 });
    expect(queue.active).toHaveLength(3);
    expect(advanceQueue(queue, 60_000).folded).toBe(0);
  });

  test("replays the last one, and any event, also in a pause; none of it counts again", () => {
    const event = giftEvent({ comboId: "roses", comboCount: 7, count: 0, final: true });
    let queue = control(startWith([giftEvent({ comboId: "first" })]), { action: "pause" }, 50);
    queue = advanceQueue(queue, 10_000);
    queue = control(queue, { action: "replayLast" }, 10_000);
    expect(queue.active).toMatchObject([{ alert: { id: "replay-first", comboCount: 1 } }]);
    queue = control(queue, { action: "replay", event }, 10_100);
    expect(countOf(queue, "replay-roses")).toBe(7);
    expect(queue.active.map(({ alert }) => foldSizeOf(alert))).toEqual([0, 0]);
    // Again and again is longer, not more than once at a time.
    const again = control(queue, { action: "replay", event }, 10_900);
    expect(again.waiting).toEqual([]);
    expect(ids(again)).toEqual(ids(queue));
    expect(find(again, "replay-roses")?.grewAtMs).toBe(10_900);
  });

  test("replays a combo with what it came to while it was shown", () => {
    let queue = startWith([giftEvent({ comboId: "roses" })]);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "roses", comboCount: 99, count: 98 })], 500);
    queue = control(advanceQueue(queue, 60_000), { action: "replayLast" }, 60_000);
    expect(countOf(queue, "replay-roses")).toBe(99);
  });

  test("what came first in a pause has the oldest's turn after it", () => {
    let queue = control(emptyQueue, { action: "pause" }, 0);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "first" })], 10);
    queue = enqueueEvents(queue, combos(20, { unitCoins: 50 }), 20);
    queue = control(queue, { action: "resume" }, 1_000);
    expect(ids(queue)).toContain("first");
  });

  test("what was cleared in a pause is told after it", () => {
    let queue = control(emptyQueue, { action: "pause" }, 0);
    queue = control(enqueueEvents(queue, combos(5), 10), { action: "clear" }, 20);
    queue = control(advanceQueue(queue, 60_000), { action: "resume" }, 60_000);
    expect(queue.folded).toBe(5);
    expect(advanceQueue(queue, 61_000).folded).toBe(5);
    expect(advanceQueue(queue, 70_000).folded).toBe(0);
  });

  test("replays nothing where there was nothing", () => {
    expect(controlQueue(emptyQueue, { action: "replayLast" }, 0)).toEqual(emptyQueue);
  });
});

describe("laws", () => {
  const tier = fc.constantFrom(
    "small" as const,
    "medium" as const,
    "large" as const,
    "grand" as const,
  );
  const gifts = fc.array(
    fc.record({
      combo: fc.integer({ min: 0, max: 90 }),
      unit: fc.integer({ min: 1, max: 500 }),
      count: fc.nat(30),
      tier,
    }),
    { maxLength: 30 },
  );
  const step = fc.record({
    gapMs: fc.integer({ min: 1, max: 1_500 }),
    gifts,
    control: fc.option(
      fc.constantFrom<AlertControl>(
        { action: "pause" },
        { action: "resume" },
        { action: "clear" },
        { action: "replayLast" },
        { action: "skip" },
      ),
      { freq: 8 },
    ),
  });
  const stories = fc.array(step, { minLength: 1, maxLength: 60 });
  type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;

  /** Plays a story in pictures of 100 ms; `look` sees each state with the one before. */
  const play = (
    story: Story,
    look: (queue: AlertQueue, before: AlertQueue, nowMs: number) => void = () => undefined,
  ) => {
    let queue: AlertQueue = emptyQueue;
    let now = 0;
    const counts = new Map<string, number>();
    let sent = 0;
    const move = (next: AlertQueue) => {
      const before = queue;
      queue = next;
      look(queue, before, now);
    };
    const advanceTo = (until: number) => {
      while (now < until) {
        now = Math.min(until, now + 100);
        move(advanceQueue(queue, now));
      }
    };
    for (const { gapMs, gifts: given, control } of story) {
      advanceTo(now + gapMs);
      const events = given.map((gift) => {
        const comboId = `${gift.tier}${gift.combo}`;
        const comboCount = (counts.get(comboId) ?? 0) + gift.count;
        counts.set(comboId, comboCount);
        sent += gift.count;
        return giftEvent({
          comboId,
          comboCount: Math.max(1, comboCount),
          count: gift.count,
          // Of one combo all cost the same.
          unitCoins: gift.tier === "grand" ? 500 : 1 + gift.combo,
          tier: gift.tier,
        });
      });
      move(enqueueEvents(queue, events, now));
      if (control) move(controlQueue(queue, control, now));
    }
    return { queue, sent, now, advanceTo, end: () => queue };
  };

  /** What was added to alerts as they are shown, over a whole story. */
  const tally = () => {
    let shown = 0;
    let folded = 0;
    const look = (queue: AlertQueue, before: AlertQueue) => {
      for (const active of queue.active) {
        const was = before.active.find(
          ({ alert, startedAtMs }) =>
            alert.id === active.alert.id && startedAtMs === active.startedAtMs,
        );
        shown += foldSizeOf(active.alert) - (was ? foldSizeOf(was.alert) : 0);
      }
      folded += Math.max(0, queue.folded - before.folded);
    };
    return { look, sum: () => ({ shown, folded }) };
  };

  test("no gift is lost: each is shown, waits, or is counted as folded", () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { look, sum } = tally();
        const { sent, end } = play(story, look);
        const waiting = end().waiting.reduce((total, alert) => total + foldSizeOf(alert), 0);
        const { shown, folded } = sum();
        expect(shown + folded + waiting).toBe(sent);
      }),
      { numRuns: 60 },
    );
  });

  test("everything is bounded: places, and how many wait", () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, (queue) => {
          for (const lane of lanes) {
            const waiting = queue.waiting.filter((alert) => laneOf(alert) === lane);
            expect(waiting.length).toBeLessThanOrEqual(maxWaiting);
            const slots = queue.active
              .filter(({ alert }) => laneOf(alert) === lane)
              .map(({ slot }) => slot);
            expect(new Set(slots).size).toBe(slots.length);
            expect(slots.length).toBeLessThanOrEqual(slotsOf[lane]);
          }
          expect(new Set(ids(queue)).size).toBe(queue.active.length);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("each is shown for its least time at least, and never longer than the longest", () => {
    fc.assert(
      fc.property(stories, (told) => {
        // Nothing but the anchor ends one sooner.
        const story = told.filter(({ control }) => control?.action !== "skip");
        const { advanceTo, now } = play(story, (queue, before, at) => {
          for (const { alert, startedAtMs, endsAtMs } of queue.active) {
            expect(endsAtMs - startedAtMs).toBeGreaterThanOrEqual(leastShownMs(alert));
            expect(endsAtMs - startedAtMs).toBeLessThanOrEqual(maxShownMs);
          }
          const gone = before.active.filter(
            (active) => !queue.active.some(({ alert }) => alert.id === active.alert.id),
          );
          for (const { alert, startedAtMs } of gone)
            expect(at - startedAtMs).toBeGreaterThanOrEqual(leastShownMs(alert));
        });
        advanceTo(now + 20_000);
      }),
      { numRuns: 60 },
    );
  });

  test("who begins is the most valuable of the lane or, each third turn, the oldest", () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, (queue, before) => {
          const begun = queue.active.filter(
            ({ alert }) => !before.active.some((other) => other.alert.id === alert.id),
          );
          if (begun.length !== 1) return;
          const [{ alert } = { alert: undefined }] = begun;
          if (!alert || alert.replayed) return;
          const lane = laneOf(alert);
          const shown = new Set(ids(before));
          const rivals = before.waiting.filter(
            (other) => laneOf(other) === lane && !shown.has(other.id),
          );
          const dearest = Math.max(...rivals.map(valueOf));
          const oldest = Math.min(...rivals.map(({ order }) => order));
          expect(valueOf(alert) === dearest || alert.order === oldest).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("nobody waits longer than the bound of the lane, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ unit: fc.integer({ min: 1, max: 99 }), isGrand: fc.boolean() }), {
          minLength: 40,
          maxLength: 60,
        }),
        fc.integer({ min: 200, max: 900 }),
        (first, gapMs) => {
          const wish = ({ unit, isGrand }: (typeof first)[number], comboId: string) =>
            giftEvent({ comboId, unitCoins: unit, tier: isGrand ? "grand" : "large" });
          let queue = enqueueEvents(
            emptyQueue,
            first.map((gift, index) => wish(gift, `first${index}`)),
            0,
          );
          let latest = 0;
          for (let now = 0; now < 240_000; now += gapMs) {
            queue = advanceQueue(queue, now);
            for (const alert of queue.waiting)
              latest = Math.max(latest, (now - alert.arrivedAtMs) / maxWaitMs[laneOf(alert)]);
            const next = first[(now / gapMs) % first.length];
            if (next) queue = enqueueEvents(queue, [wish(next, `at${now}`)], now);
          }
          expect(latest).toBeLessThan(1);
        },
      ),
      { numRuns: 10 },
    );
  });

  test("in the end all is quiet, and the same story comes to the same queue", () => {
    fc.assert(
      fc.property(stories, (story) => {
        const run = () => {
          const played = play(story.map((each) => ({ ...each, control: null })));
          const before = played.end();
          played.advanceTo(played.now + maxWaitMs.spotlight + 2 * maxShownMs);
          return { before, after: played.end() };
        };
        const [one, two] = [run(), run()];
        expect(one.after).toMatchObject({ active: [], waiting: [], folded: 0 });
        expect(two.before.active.map(({ alert, slot }) => [alert.id, slot])).toEqual(
          one.before.active.map(({ alert, slot }) => [alert.id, slot]),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("the oldest and the most valuable ones are kept where too many wait", () => {
    const events = Array.from({ length: maxWaiting + 10 }, (_, index) =>
      giftEvent({ comboId: `c${index}`, unitCoins: index + 1 }),
    );
    const queue = enqueueEvents(emptyQueue, events, 0);
    expect(queue.folded).toBe(10);
    const kept = queue.waiting.map((alert) => valueOf(alert) / 10).toSorted((a, b) => a - b);
    const dearest = maxWaiting - keptOldest;
    expect(kept).toEqual([
      ...Array.from({ length: keptOldest }, (_, index) => index + 1),
      ...Array.from({ length: dearest }, (_, index) => events.length - dearest + index + 1),
    ]);
  });
});
