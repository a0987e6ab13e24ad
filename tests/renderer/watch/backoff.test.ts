import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs } from "../../../renderer/watch/backoff.ts";

describe("backoffMs", () => {
  it("tries often at first, then doubles its range up to 15 s", () => {
    const longest = [1, 2, 3, 8, 9, 10, 11, 12, 13].map((attempt) =>
      Math.round(backoffMs(attempt, 0.999_999)),
    );
    expect(longest).toEqual([499, 999, 1_499, 1_499, 2_999, 5_999, 11_999, 14_999, 14_999]);
  });

  it("stays within the range however often it was tried", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const delayMs = backoffMs(attempt, random);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThan(15_000);
        },
      ),
    );
  });
});
