import { expect, test } from "vitest";
import { poseAt } from "../../../renderer/gifts/alert-motion.ts";
import { advanceQueue, emptyQueue, enqueueEvents } from "../../../renderer/gifts/queue.ts";
import { giftEvent } from "../../fakes/alert-events.ts";

const startAt = (nowMs: number) => {
  const [active] = advanceQueue(enqueueEvents(emptyQueue, [giftEvent()], nowMs), nowMs).active;
  if (!active) throw new Error("nothing is shown");
  return active;
};

test("is there with its first picture, rests, and goes to nothing", () => {
  const active = startAt(1_000);
  const opacities = [1_000, 1_500, active.endsAtMs - 400, active.endsAtMs].map(
    (nowMs) => poseAt(active, nowMs).opacity,
  );
  expect(opacities[0]).toBeGreaterThan(0.5);
  expect(opacities[0]).toBeLessThan(1);
  expect(opacities.slice(1)).toEqual([1, 1, 0]);
  expect(poseAt(active, 1_500)).toMatchObject({ shift: 0, scale: 1 });
});

test("the count swells when the combo grows, and settles", () => {
  const active = { ...startAt(0), grewAtMs: 1_000 };
  expect(poseAt(active, 1_000).countScale).toBeGreaterThan(1.3);
  expect(poseAt(active, 1_400).countScale).toBe(1);
});

test("a milestone swells more, and bursts once", () => {
  const active = { ...startAt(0), grewAtMs: 1_000, milestone: 66 };
  expect(poseAt(active, 1_000).countScale).toBeGreaterThan(1.8);
  expect(poseAt(active, 1_550).burst).toBeCloseTo(0.5);
  expect(poseAt(active, 2_200).burst).toBeNull();
  expect(poseAt({ ...active, milestone: null }, 1_550).burst).toBeNull();
});
