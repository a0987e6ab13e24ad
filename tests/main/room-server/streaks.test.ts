import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  noStreak,
  stepOf,
  type Streak,
  type StreakReport,
  type StreakStep,
} from "../../../main/room-server/streaks.ts";

const play = (reports: readonly StreakReport[]): readonly StreakStep[] => {
  let streak: Streak = noStreak;
  const steps: StreakStep[] = [];
  for (const report of reports) {
    const step = stepOf(streak, report);
    if (!step) continue;
    steps.push(step);
    streak = { count: step.comboCount, isOver: step.final };
  }
  return steps;
};
const told = (repeatCount: number, repeatEnd = false): StreakReport => ({ repeatCount, repeatEnd });

describe("a platform's streak", () => {
  test("adds what it has grown by, and nothing when it is told to be over", () => {
    expect(play([told(1), told(3), told(4), told(4, true)])).toEqual([
      { count: 1, comboCount: 1, final: false },
      { count: 2, comboCount: 3, final: false },
      { count: 1, comboCount: 4, final: false },
      { count: 0, comboCount: 4, final: true },
    ]);
  });

  test("of one gift is told twice and counts once", () => {
    expect(play([told(1), told(1, true)]).map(({ count }) => count)).toEqual([1, 0]);
  });

  test("whose growth got lost counts what it came to in the end", () => {
    expect(play([told(2), told(9, true)]).map(({ count }) => count)).toEqual([2, 7]);
    expect(play([told(9, true)]).map(({ count }) => count)).toEqual([9]);
  });

  test("law: told again, late or in any order, it counts what it came to by its end, once", () => {
    const reports = fc.array(
      fc.record({ repeatCount: fc.integer({ min: 1, max: 500 }), repeatEnd: fc.boolean() }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(reports, fc.boolean(), (given, comesTwice) => {
        const heard = comesTwice ? given.flatMap((report) => [report, report]) : given;
        const end = heard.findIndex(({ repeatEnd }) => repeatEnd);
        const counted = end < 0 ? heard : heard.slice(0, end + 1);
        const steps = play(heard);
        const whole = Math.max(0, ...counted.map(({ repeatCount }) => repeatCount));
        let sum = 0;
        for (const { count, comboCount } of steps) {
          sum += count;
          expect(comboCount).toBe(sum);
        }
        expect(sum).toBe(whole);
        expect(steps.filter(({ final }) => final)).toHaveLength(end < 0 ? 0 : 1);
        expect(steps.slice(0, -1).every(({ count, final }) => count > 0 && !final)).toBe(true);
      }),
    );
  });
});
