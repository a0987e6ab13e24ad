import { expect, test } from "vitest";
import { giftTiers } from "../../../preload/contract/gift.ts";
import { notesOf } from "../../../renderer/audio/alert-chimes.ts";

const secondsOf = (notes: ReturnType<typeof notesOf>): number =>
  Math.max(...notes.map(({ at, length }) => at + length));

test("what is worth more sounds longer", () => {
  const seconds = giftTiers.map((tier) => secondsOf(notesOf({ kind: "gift", tier })));
  expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  expect(new Set(seconds).size).toBe(giftTiers.length);
});

test("a growing combo climbs, up to a bound", () => {
  const pitches = [2, 3, 4, 9, 10, 9_999].map(
    (comboCount) =>
      notesOf({ kind: "giftGrew", tier: "small", comboCount, milestone: false })[0]?.hz ?? 0,
  );
  expect(pitches.slice(0, 4)).toEqual(pitches.slice(0, 4).toSorted((a, b) => a - b));
  expect(pitches[4]).toBe(pitches[5]);
});
