import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createTokenBucket } from "../../../main/room-server/token-bucket.ts";

test("gives the burst at once and then the rate", () => {
  const bucket = createTokenBucket({ perSecond: 2, burst: 3 });
  expect([0, 0, 0, 0].map((nowMs) => bucket.take(nowMs))).toEqual([true, true, true, false]);
  expect(bucket.take(499)).toBe(false);
  expect(bucket.take(500)).toBe(true);
  expect(bucket.isFull(1_000)).toBe(false);
  expect(bucket.isFull(2_500)).toBe(true);
});

test("law: never more than burst + rate x time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      (pausesMs, perSecond, burst) => {
        const bucket = createTokenBucket({ perSecond, burst });
        let nowMs = 0;
        let given = 0;
        for (const pauseMs of pausesMs) {
          nowMs += pauseMs;
          if (bucket.take(nowMs)) given += 1;
        }
        expect(given).toBeLessThanOrEqual(burst + (nowMs / 1_000) * perSecond + 1e-6);
      },
    ),
  );
});
