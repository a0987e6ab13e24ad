import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expireToasts, showToasts, toastLimit, toastMs } from "../../../renderer/watch/toasts.ts";
import { followEvent, giftEvent } from "./samples.ts";

const shownCombos = (toasts: ReturnType<typeof showToasts>) =>
  toasts.map(({ event }) => [event.comboId, event.comboCount]);

describe("showToasts", () => {
  it("counts a combo up in its place and shows it for longer", () => {
    const first = showToasts([], [giftEvent(1, "a", 1), giftEvent(2, "b", 1)], 0);
    const second = showToasts(first, [giftEvent(3, "a", 2)], 1_000);
    expect(shownCombos(second)).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect(shownCombos(expireToasts(second, toastMs))).toEqual([["a", 2]]);
    expect(expireToasts(second, 1_000 + toastMs)).toEqual([]);
  });

  it("never counts a combo down", () => {
    const toasts = showToasts([], [giftEvent(2, "a", 2)], 0);
    expect(shownCombos(showToasts(toasts, [giftEvent(1, "a", 1)], 10))).toEqual([["a", 2]]);
  });

  it("makes room for a new combo where the oldest was", () => {
    let toasts = showToasts([], [giftEvent(1, "a", 1)], 0);
    toasts = showToasts(toasts, [giftEvent(2, "b", 1)], 1);
    toasts = showToasts(toasts, [giftEvent(3, "c", 1)], 2);
    toasts = showToasts(toasts, [giftEvent(4, "a", 2)], 3);
    expect(shownCombos(showToasts(toasts, [giftEvent(5, "d", 1)], 4))).toEqual([
      ["a", 2],
      ["c", 1],
      ["d", 1],
    ]);
  });

  it("shows gifts only", () => {
    expect(showToasts([], [followEvent(1)], 0)).toEqual([]);
  });

  it("is bounded, shows a combo once, and the newest always", () => {
    const events = fc.array(
      fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: 1, max: 99 })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(events, (some) => {
        const toasts = some.reduce<ReturnType<typeof showToasts>>(
          (shown, [comboId, count], index) =>
            showToasts(shown, [giftEvent(index + 1, comboId, count)], index),
          [],
        );
        const combos = toasts.map(({ event }) => event.comboId);
        expect(combos.length).toBeLessThanOrEqual(toastLimit);
        expect(new Set(combos).size).toBe(combos.length);
        const last = some[some.length - 1];
        expect(combos).toContain(last?.[0]);
      }),
    );
  });
});
