import type { RecordEvent } from "../../preload/contract/gift.ts";
import { type Result, succeed } from "../../preload/contract/result.ts";
import type { Cursor, Recorded } from "../ledger/ledger.ts";
import { noTotals } from "../ledger/postings.ts";

/** Of the time before so much is shown. */
const pastEvents = 300;
const kept = 2_000;

/**
 * The place in another one's record, and its newest events: a moderator keeps no book of what the anchor earns. Stands where
 * an anchor's link has the ledger.
 */
export const createRecordInMemory = () => {
  let cursor: Cursor | undefined;
  let recent: RecordEvent[] = [];
  return {
    cursor: (_roomKey: string, latestSeq: number): Cursor =>
      (cursor ??= { seq: Math.max(0, latestSeq - pastEvents), eventId: null }),
    beginEpoch: (): Result<Cursor> => {
      cursor = { seq: 0, eventId: null };
      return succeed(cursor);
    },
    record(_roomKey: string, events: readonly RecordEvent[]): Result<Recorded> {
      const fresh = events.filter(({ seq }) => seq > (cursor?.seq ?? 0));
      const last = fresh.at(-1);
      if (last) cursor = { seq: last.seq, eventId: last.eventId };
      recent = [...recent, ...fresh].slice(-kept);
      return succeed({ events: fresh, totals: noTotals });
    },
    recent: (): readonly RecordEvent[] => recent,
  };
};
