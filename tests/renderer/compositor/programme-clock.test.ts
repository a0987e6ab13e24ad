import { expect, test } from "vitest";
import {
  type ClockTime,
  ProgrammeClock,
  type Tick,
} from "../../../renderer/compositor/programme-clock.ts";

/** A clock that is moved by hand. */
const handMoved = (wallMs: number) => {
  let nowMs = 5_000;
  let timer: { readonly dueMs: number; readonly call: () => void } | undefined;
  const time: ClockTime = {
    now: () => nowMs,
    wallNow: () => wallMs + nowMs - 5_000,
    after: (delayMs, call) => {
      const set = { dueMs: nowMs + delayMs, call };
      timer = set;
      return () => {
        if (timer === set) timer = undefined;
      };
    },
  };
  /** Fires the next timer, `lateMs` after it was due. */
  const fire = (lateMs = 0): void => {
    if (!timer) throw new Error("no timer");
    const { dueMs, call } = timer;
    timer = undefined;
    nowMs = Math.max(nowMs, dueMs + lateMs);
    call();
  };
  return { time, fire, now: () => nowMs, hasTimer: () => timer !== undefined };
};

test("beats at the rate without drift, however late each timer is", () => {
  const hand = handMoved(1_000_000);
  const ticks: Tick[] = [];
  const clock = new ProgrammeClock(25, (tick) => ticks.push(tick), hand.time);
  for (let beat = 0; beat < 100; beat += 1) hand.fire(beat % 7);
  expect(ticks.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(hand.now()).toBeLessThan(5_000 + 99 * 40 + 7);
  expect(clock.timestampUs(25) - clock.timestampUs(0)).toBe(1_000_000);
  clock.close();
});

test("tells how many beats went by, and catches up", () => {
  const hand = handMoved(1_000_000);
  const ticks: Tick[] = [];
  const clock = new ProgrammeClock(50, (tick) => ticks.push(tick), hand.time);
  hand.fire();
  hand.fire(65);
  hand.fire();
  expect(ticks).toEqual([
    { index: 0, missed: 0 },
    { index: 4, missed: 3 },
    { index: 5, missed: 0 },
  ]);
  clock.close();
});

test("whole seconds of the wall clock are beats", () => {
  const hand = handMoved(1_000_987);
  const clock = new ProgrammeClock(50, () => undefined, hand.time);
  hand.fire();
  expect(hand.time.wallNow() % 20).toBe(0);
  clock.close();
});

test("stops when closed", () => {
  const hand = handMoved(0);
  const clock = new ProgrammeClock(30, () => undefined, hand.time);
  clock.close();
  expect(hand.hasTimer()).toBe(false);
});
