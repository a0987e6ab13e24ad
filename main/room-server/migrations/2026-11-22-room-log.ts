/** `body` is the event or message as it goes over the wire. `nickname_key` is the name as the room compares it. */
export const roomLog = {
  name: "2026-11-22-room-log",
  sql: `
    CREATE TABLE identity (
      viewer_id TEXT PRIMARY KEY,
      nickname TEXT NOT NULL,
      nickname_key TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ('anchor', 'moderator', 'guest', 'viewer')),
      following INTEGER NOT NULL DEFAULT 0 CHECK (following IN (0, 1)),
      first_seen_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE wallet (
      viewer_id TEXT PRIMARY KEY REFERENCES identity (viewer_id),
      coins INTEGER NOT NULL CHECK (coins >= 0)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
      seq INTEGER PRIMARY KEY,
      event_id TEXT NOT NULL UNIQUE,
      at_ms INTEGER NOT NULL,
      type TEXT NOT NULL,
      viewer_id TEXT NOT NULL REFERENCES identity (viewer_id),
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE chat (
      chat_seq INTEGER PRIMARY KEY,
      message_id TEXT NOT NULL UNIQUE,
      at_ms INTEGER NOT NULL,
      viewer_id TEXT NOT NULL REFERENCES identity (viewer_id),
      body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE request (
      viewer_id TEXT NOT NULL,
      request_id TEXT NOT NULL,
      method TEXT NOT NULL,
      answer TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (viewer_id, request_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX request_by_age ON request (at_ms);
    CREATE TABLE room_state (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
