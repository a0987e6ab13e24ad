import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCombos } from "../../../main/room-server/combos.ts";
import { comboWindowMs } from "../../../preload/contract/gift.ts";
import { ComboId, GiftId, ViewerId } from "../../../preload/contract/ids.ts";

const viewer = ViewerId.parse("v1");
const heart = GiftId.parse("heart");
const rose = GiftId.parse("rose");

const start = () => {
  let made = 0;
  return createCombos(() => {
    made += 1;
    return ComboId.parse(`combo-${made}`);
  });
};

describe("combos", () => {
  test("equal gifts within the window count up, and a pause begins anew", () => {
    const combos = start();
    const give = (atMs: number, count = 1) => {
      const { comboId, comboCount } = combos.next(viewer, heart, count, atMs);
      combos.settle(true);
      return `${comboId} ${comboCount}`;
    };
    expect(give(0)).toBe("combo-1 1");
    expect(give(3_000, 5)).toBe("combo-1 6");
    expect(give(6_001)).toBe("combo-2 1");
  });

  test("another gift between two equal ones does not break their combo", () => {
    const combos = start();
    combos.next(viewer, heart, 1, 0);
    combos.next(viewer, rose, 1, 10);
    expect(combos.next(viewer, heart, 1, 20).comboCount).toBe(2);
  });

  test("what was not committed has not happened", () => {
    const combos = start();
    const first = combos.next(viewer, heart, 1, 0);
    combos.settle(true);
    combos.next(viewer, heart, 9, 10);
    combos.settle(false);
    expect(combos.next(viewer, heart, 1, 20)).toMatchObject({
      comboId: first.comboId,
      comboCount: 2,
    });
  });

  test("law: a combo's count is the sum of its gifts, and neighbours in it are at most a window apart", () => {
    const gift = fc.record({
      who: fc.constantFrom("v1", "v2"),
      what: fc.constantFrom("heart", "rose"),
      count: fc.integer({ min: 1, max: 99 }),
      pauseMs: fc.integer({ min: 0, max: 2 * comboWindowMs }),
      settle: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(gift, { maxLength: 60 }), (gifts) => {
        const combos = start();
        const seen = new Map<string, { total: number; lastMs: number; of: string }>();
        const latest = new Map<string, { comboId: string; lastMs: number }>();
        let atMs = 0;
        for (const { who, what, count, pauseMs, settle } of gifts) {
          atMs += pauseMs;
          const of = `${who} ${what}`;
          const combo = combos.next(ViewerId.parse(who), GiftId.parse(what), count, atMs);
          if (settle) combos.settle(true);
          const known = seen.get(combo.comboId);
          const before = latest.get(of);
          const continues = before !== undefined && atMs - before.lastMs <= comboWindowMs;
          expect(combo.comboId === before?.comboId).toBe(continues);
          expect(known?.of ?? of).toBe(of);
          const total = (known?.total ?? 0) + count;
          expect(combo.comboCount).toBe(total);
          seen.set(combo.comboId, { total, lastMs: atMs, of });
          latest.set(of, { comboId: combo.comboId, lastMs: atMs });
        }
      }),
    );
  });
});
