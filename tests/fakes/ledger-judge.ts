import { DatabaseSync } from "node:sqlite";
import { Ledger } from "../../main/ledger/ledger.ts";
import type { AcknowledgedGift } from "./gift-storm.ts";

interface Row {
  readonly event_id: string;
  readonly room_key: string;
  readonly test: number;
  readonly gift_coins: number;
  readonly gift_count: number;
  readonly posted: number;
  readonly postings: number;
}

export interface Verdict {
  readonly acknowledged: number;
  /** Acknowledged to their senders and not in the book. */
  readonly lost: number;
  /** In the book, and acknowledged to nobody: a second one of a gift. */
  readonly duplicated: number;
  /** In the book with other coins, another count, or postings that are not theirs. */
  readonly wrongAmount: number;
  /** Test gifts in the book. */
  readonly tests: number;
  /** The sums of the book, in gifts and in postings, are those of the list; test gifts are in none. */
  readonly sumsRight: boolean;
}

/** While main, started again after a kill, brings the file's log in, nobody else can read. */
const busyMs = 10_000;

/** How far the room's record is in the ledger, as another process reads it. 0 where there is nothing yet. */
export const readCursor = (path: string): number => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
  try {
    const begun = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'rooms'").get();
    if (!begun) return 0;
    return Number(
      database.prepare("SELECT coalesce(max(cursor_seq), 0) AS seq FROM rooms").get()?.["seq"],
    );
  } finally {
    database.close();
  }
};

/** Compares a ledger that nobody writes any more with the senders' own list. */
export const judgeLedger = (
  path: string,
  acknowledged: ReadonlyMap<string, AcknowledgedGift>,
): Verdict => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
  const rows = database
    .prepare(
      `SELECT event_id, room_key, test, gift_coins, gift_count,
              coalesce(sum(amount), 0) AS posted, count(posting_id) AS postings
       FROM entries LEFT JOIN postings USING (entry_id) WHERE type = 'gift' GROUP BY entry_id`,
    )
    .all() as unknown as Row[];
  const earned = Number(
    database
      .prepare(
        "SELECT coalesce(sum(amount), 0) AS coins FROM posting_legs WHERE account = 'anchor' AND currency = 'coins'",
      )
      .get()?.["coins"],
  );
  database.close();
  const paid = rows.filter(({ test }) => test === 0);
  const tests = rows.filter(({ test }) => test === 1);
  const seen = new Set(paid.map(({ event_id }) => event_id));
  const wrong = paid.filter((row) => {
    const gift = acknowledged.get(row.event_id);
    return (
      gift &&
      (row.gift_coins !== gift.coins ||
        row.gift_count !== gift.count ||
        row.posted !== gift.coins ||
        row.postings !== 1)
    );
  });
  const sum = (read: (gift: AcknowledgedGift) => number) =>
    [...acknowledged.values()].reduce((total, gift) => total + read(gift), 0);
  const ledger = new Ledger(path);
  const totals = [...new Set(rows.map(({ room_key }) => room_key))].map((key) =>
    ledger.totals(key),
  );
  ledger.close();
  const coins = sum((gift) => gift.coins);
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged.keys()].filter((eventId) => !seen.has(eventId)).length,
    duplicated: paid.filter(({ event_id }) => !acknowledged.has(event_id)).length,
    wrongAmount: wrong.length + tests.filter(({ postings }) => postings > 0).length,
    tests: tests.length,
    sumsRight:
      earned === coins &&
      totals.reduce((total, { giftCoins }) => total + giftCoins, 0) === coins &&
      totals.reduce((total, { giftCount }) => total + giftCount, 0) === sum((gift) => gift.count),
  };
};
