import type { FeedLine } from "../../renderer/chat/feed-line.ts";
import type { FeedRows } from "../../renderer/chat/feed.ts";

/** All lines, the oldest first. */
export const linesOf = (rows: FeedRows): FeedLine[] =>
  Array.from({ length: rows.end - rows.first }, (_, index) => {
    const line = rows.at(rows.first + index);
    if (!line) throw new Error(`no line in row ${rows.first + index}`);
    return line;
  });
