/**
 * `rooms`: how far each room's record is in the book. `entries`: every event, once. `postings`: one row moves `amount`
 * from `debit_account` to `credit_account`, so that a book of them balances by its shape; a refund is a further row.
 */
export const firstEntries = {
  name: "2026-11-22-first-entries",
  sql: `
    CREATE TABLE rooms (
      room_key TEXT PRIMARY KEY,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      cursor_seq INTEGER NOT NULL CHECK (cursor_seq >= 0),
      cursor_event_id TEXT
    ) STRICT;

    CREATE TABLE entries (
      entry_id INTEGER PRIMARY KEY,
      event_id TEXT NOT NULL UNIQUE,
      room_key TEXT NOT NULL REFERENCES rooms (room_key),
      epoch INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      type TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      test INTEGER NOT NULL CHECK (test IN (0, 1)),
      gift_coins INTEGER NOT NULL CHECK (gift_coins >= 0),
      gift_count INTEGER NOT NULL CHECK (gift_count >= 0),
      tip_fen INTEGER NOT NULL CHECK (tip_fen >= 0),
      body TEXT NOT NULL,
      UNIQUE (room_key, epoch, seq)
    ) STRICT;
    CREATE INDEX entries_of_room ON entries (room_key, entry_id);

    CREATE TABLE postings (
      posting_id INTEGER PRIMARY KEY,
      entry_id INTEGER NOT NULL REFERENCES entries (entry_id),
      debit_account TEXT NOT NULL,
      credit_account TEXT NOT NULL CHECK (credit_account <> debit_account),
      currency TEXT NOT NULL CHECK (currency IN ('coins', 'fen')),
      amount INTEGER NOT NULL CHECK (amount > 0)
    ) STRICT;
    CREATE INDEX postings_of_entry ON postings (entry_id);

    CREATE VIEW posting_legs AS
      SELECT posting_id, entry_id, debit_account AS account, currency, -amount AS amount FROM postings
      UNION ALL
      SELECT posting_id, entry_id, credit_account AS account, currency, amount FROM postings;

    CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
      BEGIN SELECT RAISE(ABORT, 'entries are never updated'); END;
    CREATE TRIGGER entries_remain BEFORE DELETE ON entries
      BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
    CREATE TRIGGER postings_stay BEFORE UPDATE ON postings
      BEGIN SELECT RAISE(ABORT, 'postings are never updated'); END;
    CREATE TRIGGER postings_remain BEFORE DELETE ON postings
      BEGIN SELECT RAISE(ABORT, 'postings are never deleted'); END;
  `,
} as const;
