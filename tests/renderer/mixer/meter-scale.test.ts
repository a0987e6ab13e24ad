import { expect, it } from "vitest";
import { heldDb, holdPeak, meterPosition } from "../../../renderer/mixer/meter-scale.ts";

it("places decibels between the floor and full scale", () => {
  expect([-100, -60, -30, 0, 6].map(meterPosition)).toEqual([0, 0, 0.5, 1, 1]);
});

it("holds a peak, lets it fall, and gives way to a higher one", () => {
  const held = holdPeak({ db: -100, atMs: 0 }, -10, 1_000);
  expect(held).toEqual({ db: -10, atMs: 1_000 });
  expect(holdPeak(held, -40, 2_000)).toBe(held);
  expect(heldDb(held, 2_200)).toBe(-10);
  expect(heldDb(held, 3_200)).toBe(-30);
  expect(holdPeak(held, -25, 3_200)).toEqual({ db: -25, atMs: 3_200 });
  expect(holdPeak(held, -5, 1_100)).toEqual({ db: -5, atMs: 1_100 });
});
