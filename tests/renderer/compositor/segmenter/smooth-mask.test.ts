import fc from "fast-check";
import { expect, test } from "vitest";
import { smoothMask } from "../../../../renderer/compositor/segmenter/smooth-mask.ts";

const share = fc.float({ min: 0, max: 1, noNaN: true });
const masks = fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 50 }).map((pairs) => ({
  before: new Float32Array(pairs.map(([before]) => before)),
  next: new Float32Array(pairs.map(([, next]) => next)),
}));

test("a smoothed share lies between the one before and the newer one, nearer to the newer one the surer that is", () => {
  fc.assert(
    fc.property(masks, ({ before, next }) => {
      for (const [at, smoothed] of smoothMask(before, next, 66).entries()) {
        const [old, now] = [before[at] ?? 0, next[at] ?? 0];
        expect(smoothed).toBeGreaterThanOrEqual(Math.min(old, now) - 1e-6);
        expect(smoothed).toBeLessThanOrEqual(Math.max(old, now) + 1e-6);
        const doubt = 4 * now * (1 - now);
        expect(Math.abs(smoothed - now)).toBeLessThanOrEqual(doubt * Math.abs(old - now) + 1e-6);
      }
    }),
  );
});

test("what the model is sure of is shown at once, what it is in doubt of hardly moves", () => {
  const [sure, gone, doubtful] = smoothMask(
    new Float32Array([0, 1, 0.9]),
    new Float32Array([1, 0, 0.5]),
    66,
  );
  expect([sure, gone]).toEqual([1, 0]);
  expect(doubtful).toBeCloseTo(0.84, 2);
});

test("a mask begins anew after a pause, for a picture of another shape, and where there is none before", () => {
  fc.assert(
    fc.property(masks, ({ before, next }) => {
      expect(smoothMask(before, next, 2_000)).toEqual(next);
      expect(smoothMask(null, next, 66)).toEqual(next);
      expect(smoothMask(new Float32Array(before.length + 1), next, 66)).toEqual(next);
    }),
  );
});
