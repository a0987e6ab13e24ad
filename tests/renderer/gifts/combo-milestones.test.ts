import fc from "fast-check";
import { expect, test } from "vitest";
import { comboMilestones, milestoneBetween } from "../../../renderer/gifts/combo-milestones.ts";

test("a combo that comes to 520 or past it celebrates 520", () => {
  expect(milestoneBetween(519, 520)).toBe(520);
  expect(milestoneBetween(188, 665)).toBe(520);
  expect(milestoneBetween(520, 665)).toBeNull();
  expect(milestoneBetween(0, 9)).toBeNull();
});

test("a combo that grows one by one celebrates each milestone once", () => {
  const celebrated = Array.from({ length: 9_999 }, (_, index) =>
    milestoneBetween(index, index + 1),
  );
  expect(celebrated.filter((milestone) => milestone !== null)).toEqual([...comboMilestones]);
});

test("however it grows, what is celebrated lies within the growth", () => {
  fc.assert(
    fc.property(fc.nat(12_000), fc.nat(3_000), (before, by) => {
      const milestone = milestoneBetween(before, before + by);
      if (milestone === null) return;
      expect(milestone).toBeGreaterThan(before);
      expect(milestone).toBeLessThanOrEqual(before + by);
    }),
  );
});
