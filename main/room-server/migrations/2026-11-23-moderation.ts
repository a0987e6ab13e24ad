/**
 * `moderation` finds the acts among the record's events by person and says what took them back; the acts themselves are in
 * `record`. `restriction`, `pending_warning` and `blocked_word` hold what is true now, `seq` being the act that made it so.
 * `address_key` is a keyed hash. `followed_at_ms` is not known of those who followed before.
 */
export const moderation = {
  name: "2026-11-23-moderation",
  sql: `
    ALTER TABLE identity ADD COLUMN followed_at_ms INTEGER;
    ALTER TABLE chat ADD COLUMN deleted_by_seq INTEGER;
    CREATE INDEX chat_by_viewer ON chat (viewer_id, chat_seq);
    CREATE INDEX chat_deleted ON chat (deleted_by_seq) WHERE deleted_by_seq IS NOT NULL;
    CREATE INDEX record_by_viewer ON record (viewer_id, type, seq);
    CREATE TABLE moderation (
      seq INTEGER PRIMARY KEY REFERENCES record (seq),
      event_id TEXT NOT NULL UNIQUE,
      target_id TEXT REFERENCES identity (viewer_id),
      undoes_seq INTEGER UNIQUE REFERENCES moderation (seq)
    ) STRICT;
    CREATE INDEX moderation_by_target ON moderation (target_id, seq) WHERE target_id IS NOT NULL;
    CREATE TABLE restriction (
      viewer_id TEXT NOT NULL REFERENCES identity (viewer_id),
      kind TEXT NOT NULL CHECK (kind IN ('timeOut', 'ban')),
      seq INTEGER NOT NULL REFERENCES moderation (seq),
      until_ms INTEGER,
      PRIMARY KEY (viewer_id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE banned_address (
      address_key TEXT NOT NULL,
      seq INTEGER NOT NULL REFERENCES moderation (seq),
      until_ms INTEGER NOT NULL,
      PRIMARY KEY (address_key, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pending_warning (
      seq INTEGER PRIMARY KEY REFERENCES moderation (seq),
      viewer_id TEXT NOT NULL REFERENCES identity (viewer_id)
    ) STRICT;
    CREATE INDEX pending_warning_by_viewer ON pending_warning (viewer_id, seq);
    CREATE TABLE blocked_word (
      word_key TEXT PRIMARY KEY,
      word TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
