import { useCallback, useEffect, useRef, useState } from "react";
import type { Feed, FeedRows } from "./feed.ts";

interface Held {
  readonly from: number;
  readonly to: number;
  /** One more than the last row that was seen when reading back began. */
  readonly leftAt: number;
}

/**
 * Which rows are in the list, `from` the first and `to` one more than the last. Following: all there are. Held: what was
 * seen when reading back began, as long as there is something left of it.
 */
export const useHeldRows = (feed: Feed, rows: FeedRows) => {
  const [held, setHeld] = useState<Held | null>(null);
  const release = useRef<(() => void) | null>(null);

  const { first, end } = rows;
  const to = held && held.to > first ? held.to : end;
  const hold = useCallback(() => {
    release.current ??= feed.hold();
    setHeld((before) => before ?? { from: rows.first, to, leftAt: to });
  }, [feed, rows, to]);
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

  return {
    from: held ? Math.max(held.from, first) : first,
    to,
    isHeld: held !== null,
    /** How many came since reading back began, and how many of them are not in the list. */
    fresh: held ? end - held.leftAt : 0,
    beyond: end - to,
    hold,
    follow,
    extend,
  };
};
