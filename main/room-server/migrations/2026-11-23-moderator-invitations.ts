/** An invitation's code is not kept: it is made again from the id and the room's key. */
export const invitations = {
  name: "2026-11-23-moderator-invitations",
  sql: `
    CREATE TABLE invitation (
      invitation_id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      revoked_at_ms INTEGER,
      redeemed_at_ms INTEGER,
      redeemed_by TEXT UNIQUE REFERENCES identity (viewer_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invitation_by_age ON invitation (created_at_ms);
  `,
} as const;
