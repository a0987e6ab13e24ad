import type { DatabaseSync, StatementSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { RecordEvent } from "../../preload/contract/gift.ts";
import { EventId } from "../../preload/contract/ids.ts";
import { LedgerTotals } from "../../preload/contract/ledger.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { inTransaction, openDatabase } from "./database.ts";
import { addTotals, postingsOf, sharesOfTotals } from "./postings.ts";

/** The last event of a room that is in the book: `seq` 0 and no event where there is none in this epoch. */
export interface Cursor {
  readonly seq: number;
  readonly eventId: EventId | null;
}

export interface Recorded {
  /** Those of the group that the book did not have; the others are replays. */
  readonly events: readonly RecordEvent[];
  readonly totals: LedgerTotals;
}

interface Room {
  epoch: number;
  cursor: Cursor;
  totals: LedgerTotals;
}

const RoomRow = z.object({
  epoch: z.int().positive(),
  cursor_seq: z.int().nonnegative(),
  cursor_event_id: EventId.nullable(),
});
const BodyRow = z.object({ body: z.string() });

/** Thrown inside a transaction to undo it; leaves the ledger as `request.invalid`. */
class Contradiction extends Error {}

const isDatabaseError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";

/** How the room is governed is kept by the room. */
const isBooked = (event: RecordEvent): boolean => event.type !== "moderation";

/**
 * The book of what was earned: every event of every room exactly once, with its postings.
 *
 * A room is known by its `roomKey`, the identity of its link. A room whose log was lost begins at 1 again: that is a
 * new epoch of the same key, begun by `beginEpoch` (room/link.ts notices). Event ids are unique over all rooms and
 * epochs, so a room that is reached by two links, or restored from a copy, is still counted once: its events belong
 * to the key that brought them first.
 */
export class Ledger {
  readonly #database: DatabaseSync;
  readonly #rooms = new Map<string, Room>();
  readonly #findEntry: StatementSync;
  readonly #addEntry: StatementSync;
  readonly #addPosting: StatementSync;
  readonly #saveRoom: StatementSync;

  /** @throws as `openDatabase`. */
  constructor(path: string) {
    this.#database = openDatabase(path);
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#findEntry = prepare("SELECT body FROM entries WHERE event_id = ?");
    this.#addEntry = prepare(
      `INSERT INTO entries (event_id, room_key, epoch, seq, type, at_ms, test, gift_coins, gift_count, tip_fen, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#addPosting = prepare(
      `INSERT INTO postings (entry_id, debit_account, credit_account, currency, amount) VALUES (?, ?, ?, ?, ?)`,
    );
    this.#saveRoom = prepare(
      `INSERT INTO rooms (room_key, epoch, cursor_seq, cursor_event_id) VALUES (?, ?, ?, ?)
       ON CONFLICT (room_key) DO UPDATE
       SET epoch = excluded.epoch, cursor_seq = excluded.cursor_seq, cursor_event_id = excluded.cursor_event_id`,
    );
  }

  cursor(roomKey: string): Cursor {
    return this.#room(roomKey).cursor;
  }

  /** Over all epochs of the room, without test events. */
  totals(roomKey: string): LedgerTotals {
    return this.#room(roomKey).totals;
  }

  /** The newest `limit` events, oldest first. */
  recent(roomKey: string, limit: number): RecordEvent[] {
    const rows = this.#database
      .prepare("SELECT body FROM entries WHERE room_key = ? ORDER BY entry_id DESC LIMIT ?")
      .all(roomKey, limit);
    return rows.map((row) => RecordEvent.parse(JSON.parse(BodyRow.parse(row).body))).toReversed();
  }

  /**
   * Records a group in one transaction: all of it or, on failure, nothing. Events that the book has are passed over; of
   * what is no business of a book only the place is kept.
   * `request.invalid`: the group contradicts the book (a gap, or another event under a number that is taken).
   * `ledger.unavailable`: it could not be written; the same call may succeed later.
   */
  record(roomKey: string, events: readonly RecordEvent[]): Result<Recorded> {
    return this.#attempt(() => {
      const room = this.#room(roomKey);
      const added: RecordEvent[] = [];
      let { cursor, totals } = room;
      inTransaction(this.#database, () => {
        this.#saveRoom.run(roomKey, room.epoch, cursor.seq, cursor.eventId);
        for (const event of events) {
          const known = isBooked(event) && this.#knows(event);
          if (event.seq <= cursor.seq && (known || !isBooked(event))) continue;
          if (event.seq !== cursor.seq + 1)
            throw new Contradiction(`${event.eventId} is number ${event.seq} after ${cursor.seq}`);
          if (!isBooked(event)) added.push(event);
          else if (!known) {
            this.#add(roomKey, room.epoch, event);
            const sum = addTotals(totals, sharesOfTotals(event));
            if (!sum) throw new Contradiction(`${event.eventId} is more than can be counted`);
            totals = sum;
            added.push(event);
          }
          cursor = { seq: event.seq, eventId: event.eventId };
        }
        this.#saveRoom.run(roomKey, room.epoch, cursor.seq, cursor.eventId);
      });
      this.#rooms.set(roomKey, { epoch: room.epoch, cursor, totals });
      return { events: added, totals };
    });
  }

  /** The room counts from 1 again. Fails with `ledger.unavailable`. */
  beginEpoch(roomKey: string): Result<Cursor> {
    return this.#attempt(() => {
      const room = this.#room(roomKey);
      const epoch = room.epoch + 1;
      const cursor: Cursor = { seq: 0, eventId: null };
      this.#saveRoom.run(roomKey, epoch, cursor.seq, cursor.eventId);
      this.#rooms.set(roomKey, { epoch, cursor, totals: room.totals });
      return cursor;
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #knows(event: RecordEvent): boolean {
    const row = this.#findEntry.get(event.eventId);
    if (!row) return false;
    const { seq, ...known } = RecordEvent.parse(JSON.parse(BodyRow.parse(row).body));
    const { seq: seqNow, ...now } = event;
    if (!isDeepStrictEqual(known, now))
      throw new Contradiction(`${event.eventId} (${seqNow}) was another event (${seq})`);
    return true;
  }

  #add(roomKey: string, epoch: number, event: RecordEvent): void {
    const share = sharesOfTotals(event);
    const { lastInsertRowid } = this.#addEntry.run(
      event.eventId,
      roomKey,
      epoch,
      event.seq,
      event.type,
      event.atMs,
      event.test ? 1 : 0,
      share.giftCoins,
      share.giftCount,
      share.tipFen,
      JSON.stringify(event),
    );
    for (const { debitAccount, creditAccount, currency, amount } of postingsOf(roomKey, event))
      this.#addPosting.run(lastInsertRowid, debitAccount, creditAccount, currency, amount);
  }

  #room(roomKey: string): Room {
    const known = this.#rooms.get(roomKey);
    if (known) return known;
    const row = this.#database
      .prepare("SELECT epoch, cursor_seq, cursor_event_id FROM rooms WHERE room_key = ?")
      .get(roomKey);
    const parsed = row && RoomRow.parse(row);
    const sums = this.#database
      .prepare(
        `SELECT coalesce(sum(gift_coins), 0) AS giftCoins, coalesce(sum(gift_count), 0) AS giftCount,
                coalesce(sum(tip_fen), 0) AS tipFen, count(*) FILTER (WHERE type = 'follow' AND test = 0) AS follows
         FROM entries WHERE room_key = ?`,
      )
      .get(roomKey);
    const room: Room = {
      epoch: parsed?.epoch ?? 1,
      cursor: { seq: parsed?.cursor_seq ?? 0, eventId: parsed?.cursor_event_id ?? null },
      totals: LedgerTotals.parse(sums),
    };
    this.#rooms.set(roomKey, room);
    return room;
  }

  #attempt<T>(work: () => T): Result<T> {
    try {
      return succeed(work());
    } catch (error) {
      if (error instanceof Contradiction) return fail("request.invalid", error.message);
      if (isDatabaseError(error)) return fail("ledger.unavailable", String(error));
      throw error;
    }
  }
}
