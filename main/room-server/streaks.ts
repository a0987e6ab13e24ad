/**
 * What a platform tells of gifts that one viewer sends one after another, as TikTok does: the number that the streak has come
 * to, again whenever it has grown, and once more when it is over. A single gift is told twice.
 */
export interface StreakReport {
  readonly repeatCount: number;
  readonly repeatEnd: boolean;
}

/** What has been taken of a streak. */
export interface Streak {
  readonly count: number;
  readonly isOver: boolean;
}

/** What a report adds: the `count`, `comboCount` and `final` of a gift event. */
export interface StreakStep {
  readonly count: number;
  readonly comboCount: number;
  readonly final: boolean;
}

export const noStreak: Streak = { count: 0, isOver: false };

/** Null where a report tells nothing new: it came again, or late. The steps of a streak add up to its last count. */
export const stepOf = (
  { count, isOver }: Streak,
  { repeatCount, repeatEnd }: StreakReport,
): StreakStep | null => {
  const comboCount = Math.max(count, repeatCount);
  const isNew = comboCount > count || (repeatEnd && comboCount > 0);
  return isOver || !isNew ? null : { count: comboCount - count, comboCount, final: repeatEnd };
};
