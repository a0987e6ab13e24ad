/** Words of before are all of one severity. `place` is the order in which messages came to wait; `body` the message. */
export const wordsAndHeldMessages = {
  name: "2026-11-24-words-and-held-messages",
  sql: `
    ALTER TABLE blocked_word ADD COLUMN severity TEXT NOT NULL DEFAULT 'block'
      CHECK (severity IN ('block', 'hold', 'star', 'allow'));
    CREATE INDEX blocked_word_by_severity ON blocked_word (severity, word_key);
    CREATE TABLE held_message (
      place INTEGER PRIMARY KEY,
      message_id TEXT NOT NULL UNIQUE,
      viewer_id TEXT NOT NULL REFERENCES identity (viewer_id),
      at_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX held_message_by_viewer ON held_message (viewer_id, place);
  `,
} as const;
