import fc from "fast-check";
import { expect, test } from "vitest";
import { moderationRequests } from "../../../preload/contract/moderation.ts";
import { durationUnits, longestOf, ownSeconds } from "../../../renderer/chat/own-duration.ts";

test.each([
  [1, "minutes", 60],
  [20_160, "minutes", 1_209_600],
  [20_161, "minutes", null],
  [336, "hours", 1_209_600],
  [337, "hours", null],
  [0, "minutes", null],
  [-5, "hours", null],
  [1.5, "hours", null],
  [null, "minutes", null],
] as const)("%s %s: %s seconds", (amount, unit, seconds) => {
  expect(ownSeconds(amount, unit)).toBe(seconds);
});

test("gives exactly what the room takes", () => {
  const { seconds: allowed } = moderationRequests.timeOut.data.shape;
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: -2, max: 30_000 }), fc.double()),
      fc.constantFrom(...durationUnits),
      (amount, unit) => {
        const seconds = ownSeconds(amount, unit);
        if (seconds !== null) return allowed.safeParse(seconds).success;
        return !Number.isInteger(amount) || amount < 1 || amount > longestOf(unit);
      },
    ),
  );
});
