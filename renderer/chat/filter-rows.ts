import type { FeedLine } from "./feed-line.ts";
import type { FeedRows } from "./feed.ts";

/** Beyond so many gone rows the list of the others is made anew. */
const mostGone = 4_096;

/**
 * Those rows of `all` for whose lines `fits` holds, numbered for themselves. What has come since is looked at when the
 * rows are asked for, each line once, so `fits` has to go by what never changes of a line.
 */
export const filterRows = (all: FeedRows, fits: (line: FeedLine) => boolean): FeedRows => {
  let rows: number[] = [];
  /** How many of `rows` are gone, and how many went with lists before. */
  let gone = 0;
  let forgotten = 0;
  let seen = all.first;
  const catchUp = () => {
    for (seen = Math.max(seen, all.first); seen < all.end; seen += 1) {
      const line = all.at(seen);
      if (line && fits(line)) rows.push(seen);
    }
    while (gone < rows.length && (rows[gone] ?? 0) < all.first) gone += 1;
    if (gone <= mostGone) return;
    rows = rows.slice(gone);
    forgotten += gone;
    gone = 0;
  };
  return {
    get first() {
      catchUp();
      return forgotten + gone;
    },
    get end() {
      catchUp();
      return forgotten + rows.length;
    },
    at(row) {
      const of = rows[row - forgotten];
      return of === undefined ? undefined : all.at(of);
    },
  };
};
