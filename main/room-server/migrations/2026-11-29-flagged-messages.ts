/** Messages that wait for the anchor to read them; `seq` is the act that put the message there. */
export const flaggedMessages = {
  name: "2026-11-29-flagged-messages",
  sql: `
    CREATE TABLE flagged_message (
      message_id TEXT PRIMARY KEY REFERENCES chat (message_id),
      seq INTEGER NOT NULL UNIQUE REFERENCES moderation (seq)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
