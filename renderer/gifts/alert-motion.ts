import type { AlertMotion } from "../../preload/contract/alert-template.ts";
import { cardOf } from "./alert.ts";
import type { ActiveAlert } from "./queue.ts";

/** How far an alert has come in, against its resting place. */
export interface Pose {
  readonly opacity: number;
  /** In widths of the card to the right, and in heights down. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Of the count's size: swells each time the combo grows, and more and longer for a milestone. */
  readonly countScale: number;
  /** How far the celebration of a milestone has come, from 0 to 1; null without one. */
  readonly burst: number | null;
}

/** Where each kind of motion begins, and how large. */
const beginnings: Readonly<
  Record<
    AlertMotion["kind"],
    { readonly x: number; readonly y: number; readonly scale: number; readonly swings: boolean }
  >
> = {
  fade: { x: 0, y: 0, scale: 1, swings: false },
  left: { x: -0.35, y: 0, scale: 0.9, swings: true },
  right: { x: 0.35, y: 0, scale: 0.9, swings: true },
  up: { x: 0, y: -0.3, scale: 0.9, swings: true },
  down: { x: 0, y: 0.3, scale: 0.9, swings: true },
  pop: { x: 0, y: 0, scale: 0.6, swings: true },
  zoom: { x: 0, y: 0, scale: 1.4, swings: false },
};
/** What moves in is there with its first picture, and can be read long before it has come to rest. */
const firstOpacity = 0.6;
const fadeInMs = 170;
/** Of the way that it came it goes as much back. */
const wayOut = 0.35;
const popMs = 320;
const milestonePopMs = 650;
const burstMs = 1_100;

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));
const easeOut = (t: number): number => 1 - (1 - t) ** 3;
/** Ends at 1 after a little more than 1 (Penner's back easing). */
const easeOutBack = (t: number): number => 1 + 2.2 * (t - 1) ** 3 + 1.2 * (t - 1) ** 2;
/** 1 where there is no time to be spent. */
const partOf = (ageMs: number, durationMs: number): number =>
  durationMs > 0 ? clamp01(ageMs / durationMs) : 1;

const entryOf = ({ kind, durationMs }: AlertMotion, ageMs: number) => {
  const begins = beginnings[kind];
  const part = partOf(ageMs, durationMs);
  const left = 1 - (begins.swings ? easeOutBack(part) : easeOut(part));
  const fading = partOf(ageMs, Math.min(durationMs, fadeInMs));
  return {
    opacity: kind === "fade" ? easeOut(part) : firstOpacity + (1 - firstOpacity) * easeOut(fading),
    x: begins.x * left,
    y: begins.y * left,
    scale: 1 + (begins.scale - 1) * left,
  };
};

/** @param leftMs until the alert is gone */
const leaveOf = ({ kind, durationMs }: AlertMotion, leftMs: number) => {
  const part = leftMs <= 0 ? 1 : durationMs > 0 ? clamp01(1 - leftMs / durationMs) : 0;
  const way = part ** 2;
  const { x, y, scale } = beginnings[kind];
  const scales = kind === "pop" || kind === "zoom";
  return {
    opacity: 1 - way,
    x: x * wayOut * way,
    y: y * wayOut * way,
    scale: scales ? 1 + (scale - 1) * way : 1,
  };
};

export const poseAt = (active: ActiveAlert, nowMs: number): Pose => {
  const card = cardOf(active.alert);
  const entry = entryOf(card.enter, nowMs - active.startedAtMs);
  const leave = leaveOf(card.exit, active.endsAtMs - nowMs);
  const celebrated = active.milestone !== null;
  const popping = clamp01((nowMs - active.grewAtMs) / (celebrated ? milestonePopMs : popMs));
  const bursting = (nowMs - active.grewAtMs) / burstMs;
  return {
    opacity: entry.opacity * leave.opacity,
    x: entry.x + leave.x,
    y: entry.y + leave.y,
    scale: entry.scale * leave.scale,
    countScale: 1 + (celebrated ? 0.9 : 0.55) * (1 - popping) ** 2,
    burst: celebrated && bursting < 1 ? Math.max(0, bursting) : null,
  };
};
