import { useCallback, useEffect, useRef, useState } from "react";
import type { Feed, FeedRows } from "./feed.ts";

/** While following, so many of the newest rows are in the list, up to twice as many. */
const followed = 256;

export interface RowRange {
  /** The row that the list's height begins with. */
  readonly oldest: number;
  /** The first and one more than the last row of the list. */
  readonly from: number;
  readonly to: number;
}

interface Held {
  readonly from: number;
  readonly to: number;
  /** The end when reading back began. */
  readonly leftAt: number;
}

const stepDown = (row: number): number => Math.floor(row / followed) * followed;

/**
 * Which rows are in the list. Following: the newest, in steps, so that rows keep their places while others come. Held:
 * what there was when reading back began, whatever comes and goes meanwhile.
 */
export const useHeldRows = (feed: Feed, rows: FeedRows) => {
  const [held, setHeld] = useState<Held | null>(null);
  const release = useRef<(() => void) | null>(null);

  const hold = useCallback(() => {
    release.current ??= feed.hold();
    const { first: from, end: to } = rows;
    setHeld((before) => before ?? { from, to, leftAt: to });
  }, [feed, rows]);
  const follow = useCallback(() => {
    release.current?.();
    release.current = null;
    setHeld(null);
  }, []);
  /** Takes in what has come since, at the end. */
  const extend = useCallback(() => {
    setHeld((before) => before && { ...before, to: rows.end });
  }, [rows]);
  useEffect(() => follow, [follow]);

  const { first, end } = rows;
  const range: RowRange = held
    ? { oldest: Math.max(held.from, first), from: Math.max(held.from, first), to: held.to }
    : {
        oldest: Math.min(end, stepDown(first)),
        from: Math.max(first, stepDown(end) - followed),
        to: end,
      };
  return {
    range,
    isHeld: held !== null,
    /** How many came since reading back began, and how many of them are not in the list. */
    fresh: held ? end - held.leftAt : 0,
    beyond: held ? end - held.to : 0,
    hold,
    follow,
    extend,
  };
};
