import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertMotion, motionKinds } from "../../../preload/contract/alert-template.ts";
import { poseAt } from "../../../renderer/gifts/alert-motion.ts";
import {
  type ActiveAlert,
  advanceQueue,
  emptyQueue,
  enqueueEvents,
} from "../../../renderer/gifts/queue.ts";
import { giftEvent } from "../../fakes/alert-events.ts";

const startAt = (nowMs: number): ActiveAlert => {
  const [active] = advanceQueue(enqueueEvents(emptyQueue, [giftEvent()], nowMs), nowMs).active;
  if (!active) throw new Error("nothing is shown");
  return active;
};
const withMotion = (active: ActiveAlert, enter: AlertMotion, exit: AlertMotion): ActiveAlert => {
  const { template } = active.alert;
  const banner = { ...template.banner, enter, exit };
  return { ...active, alert: { ...active.alert, template: { ...template, banner } } };
};
const motions = fc.record({
  kind: fc.constantFrom(...motionKinds),
  durationMs: fc.integer({ min: 0, max: 1_000 }),
});
const resting = { opacity: 1, x: 0, y: 0, scale: 1 };

test("is there with its first picture, rests, and goes to nothing", () => {
  const active = startAt(1_000);
  const opacities = [1_000, 1_500, active.endsAtMs - 400, active.endsAtMs].map(
    (nowMs) => poseAt(active, nowMs).opacity,
  );
  expect(opacities[0]).toBeGreaterThan(0.5);
  expect(opacities[0]).toBeLessThan(1);
  expect(opacities.slice(1)).toEqual([1, 1, 0]);
});

test("however it comes and goes: it rests in its place between, is seen at once unless it fades, and is gone at its end", () => {
  fc.assert(
    fc.property(motions, motions, (enter, exit) => {
      const active = withMotion(startAt(0), enter, exit);
      const { endsAtMs } = active;
      for (const nowMs of [enter.durationMs + 1, endsAtMs - exit.durationMs - 1]) {
        const pose = poseAt(active, nowMs);
        for (const key of ["opacity", "x", "y", "scale"] as const)
          expect(pose[key]).toBeCloseTo(resting[key], 3);
      }
      expect(enter.kind === "fade" || poseAt(active, 0).opacity > 0.5).toBe(true);
      expect(poseAt(active, endsAtMs).opacity).toBeCloseTo(0, 6);
      for (let nowMs = 0; nowMs <= endsAtMs; nowMs += 37) {
        const pose = poseAt(active, nowMs);
        expect(pose.opacity).toBeGreaterThanOrEqual(0);
        expect(pose.opacity).toBeLessThanOrEqual(1);
        expect(pose.scale).toBeGreaterThan(0.3);
        // The same at the same time, whatever was asked before.
        expect(poseAt(active, nowMs)).toEqual(pose);
      }
    }),
  );
});

test("each kind comes from its side and leaves to it", () => {
  const sideOf = (kind: AlertMotion["kind"]) => {
    const active = withMotion(startAt(0), { kind, durationMs: 400 }, { kind, durationMs: 400 });
    const signs = [0, active.endsAtMs - 1].map((nowMs) => {
      const { x, y, scale } = poseAt(active, nowMs);
      return [Math.sign(x), Math.sign(y), Math.sign(scale - 1)];
    });
    return signs;
  };
  expect(sideOf("left").map(([x, y]) => [x, y])).toEqual([
    [-1, 0],
    [-1, 0],
  ]);
  expect(sideOf("right").map(([x, y]) => [x, y])).toEqual([
    [1, 0],
    [1, 0],
  ]);
  expect(sideOf("up").map(([x, y]) => [x, y])).toEqual([
    [0, -1],
    [0, -1],
  ]);
  expect(sideOf("down").map(([x, y]) => [x, y])).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(sideOf("pop")).toEqual([
    [0, 0, -1],
    [0, 0, -1],
  ]);
  expect(sideOf("zoom")).toEqual([
    [0, 0, 1],
    [0, 0, 1],
  ]);
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
