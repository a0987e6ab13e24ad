import { type ActiveAlert, exitMs } from "./queue.ts";

/** How far an alert has come in, as factors of its resting place. */
export interface Pose {
  readonly opacity: number;
  /** Of the card's width, to the left. */
  readonly shift: number;
  readonly scale: number;
  /** Of the count's size: swells each time the combo grows, and more and longer for a milestone. */
  readonly countScale: number;
  /** How far the celebration of a milestone has come, from 0 to 1; null without one. */
  readonly burst: number | null;
}

const enterMs = 380;
/** It is there with its first picture, and can be read long before it has come to rest. */
const firstOpacity = 0.6;
const fadeInMs = 170;
const popMs = 320;
const milestonePopMs = 650;
const burstMs = 1_100;

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));
const easeOut = (t: number): number => 1 - (1 - t) ** 3;
/** Ends at 1 after a little more than 1 (Penner's back easing). */
const easeOutBack = (t: number): number => 1 + 2.2 * (t - 1) ** 3 + 1.2 * (t - 1) ** 2;

export const poseAt = (active: ActiveAlert, nowMs: number): Pose => {
  const entering = clamp01((nowMs - active.startedAtMs) / enterMs);
  const fading = clamp01((nowMs - active.startedAtMs) / fadeInMs);
  const leaving = clamp01((nowMs - (active.endsAtMs - exitMs)) / exitMs);
  const celebrated = active.milestone !== null;
  const popping = clamp01((nowMs - active.grewAtMs) / (celebrated ? milestonePopMs : popMs));
  const bursting = (nowMs - active.grewAtMs) / burstMs;
  return {
    opacity: (firstOpacity + (1 - firstOpacity) * easeOut(fading)) * (1 - leaving ** 2),
    shift: (1 - easeOutBack(entering)) * 0.35 + leaving ** 2 * 0.12,
    scale: 0.9 + 0.1 * easeOutBack(entering),
    countScale: 1 + (celebrated ? 0.9 : 0.55) * (1 - popping) ** 2,
    burst: celebrated && bursting < 1 ? Math.max(0, bursting) : null,
  };
};
