/**
 * Counts that are celebrated when a combo reaches them: the amounts that Chinese gift trays offer and name (十全十美, 一切顺利,
 * 我爱你, 一生一世, 生生世世; e.g. github.com/zyy999/h5-vue, src/store/modules/gift.js), and the lucky ones around them.
 */
export const comboMilestones = [
  10, 66, 99, 188, 520, 666, 888, 999, 1_314, 3_344, 6_666, 8_888, 9_999,
] as const;

/** The highest milestone that a combo has come to by growing from `before` to `after`; null where it passed none. */
export const milestoneBetween = (before: number, after: number): number | null =>
  comboMilestones.findLast((milestone) => before < milestone && milestone <= after) ?? null;
