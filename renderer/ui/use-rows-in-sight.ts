import { type RefObject, useEffect, useLayoutEffect, useState } from "react";

/** Rows before and after what the window can show that are drawn as well, so that a scroll shows no gap. */
const spareRows = 5;
/** The range changes by so many rows at once. */
const stepRows = 3;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Which rows of a list lie in the window's height or near to it: `from` the first, before `to`, whether there are so many
 * or not. All rows are of the same height.
 */
export const useRowsInSight = (list: RefObject<HTMLElement | null>, rowHeightPx: number): Range => {
  const [range, setRange] = useState<Range>({ from: 0, to: spareRows * 4 });
  const look = () => {
    const topPx = list.current?.getBoundingClientRect().top ?? 0;
    const step = (row: number) => Math.floor(row / stepRows) * stepRows;
    const from = Math.max(0, step(-topPx / rowHeightPx - spareRows));
    const to = Math.max(0, step((innerHeight - topPx) / rowHeightPx + spareRows + stepRows));
    setRange((last) => (last.from === from && last.to === to ? last : { from, to }));
  };
  useLayoutEffect(look);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // Scrolling is not told to what is around the element that scrolls.
    document.addEventListener("scroll", look, { capture: true, passive: true, signal });
    addEventListener("resize", look, { signal });
    return () => listening.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- the same for the list's whole life
  }, []);
  return range;
};
