import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { InvitationId, type ViewerId } from "../../preload/contract/ids.ts";
import { EpochMs } from "../../preload/contract/time.ts";

const InvitationRow = z
  .object({
    invitation_id: InvitationId,
    name: z.string(),
    created_at_ms: EpochMs,
    expires_at_ms: EpochMs,
    revoked_at_ms: EpochMs.nullable(),
    redeemed_at_ms: EpochMs.nullable(),
    redeemed_by: z.string().nullable(),
  })
  .transform((row) => ({
    invitationId: row.invitation_id,
    name: row.name,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    revokedAtMs: row.revoked_at_ms,
    redeemedAtMs: row.redeemed_at_ms,
    redeemedBy: row.redeemed_by,
  }));
export type StoredInvitation = z.infer<typeof InvitationRow>;

const columns =
  "invitation_id, name, created_at_ms, expires_at_ms, revoked_at_ms, redeemed_at_ms, redeemed_by";

/** Who was invited to govern the room. Writes belong into a transaction of `GroupCommit`. */
export const createInvitationStore = (db: DatabaseSync) => {
  const insert = db.prepare(
    "INSERT INTO invitation (invitation_id, name, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)",
  );
  const selectOne = db.prepare(`SELECT ${columns} FROM invitation WHERE invitation_id = ?`);
  const selectNewest = db.prepare(
    `SELECT ${columns} FROM invitation ORDER BY created_at_ms DESC, invitation_id LIMIT ?`,
  );
  const updateRevoked = db.prepare(
    "UPDATE invitation SET revoked_at_ms = ? WHERE invitation_id = ?",
  );
  const updateRedeemed = db.prepare(
    "UPDATE invitation SET redeemed_at_ms = ?, redeemed_by = ? WHERE invitation_id = ?",
  );
  const countOpen = db.prepare(
    `SELECT count(*) AS count FROM invitation
     WHERE revoked_at_ms IS NULL AND redeemed_at_ms IS NULL AND expires_at_ms > ?`,
  );
  return {
    add(invitationId: InvitationId, name: string, createdAtMs: number, expiresAtMs: number): void {
      insert.run(invitationId, name, createdAtMs, expiresAtMs);
    },
    find(invitationId: InvitationId): StoredInvitation | undefined {
      const row = selectOne.get(invitationId);
      return row && InvitationRow.parse(row);
    },
    newest: (limit: number): StoredInvitation[] =>
      selectNewest.all(limit).map((row) => InvitationRow.parse(row)),
    openCount: (nowMs: number): number => Number(countOpen.get(nowMs)?.["count"]),
    revoke(invitationId: InvitationId, atMs: number): void {
      updateRevoked.run(atMs, invitationId);
    },
    redeem(invitationId: InvitationId, by: ViewerId, atMs: number): void {
      updateRedeemed.run(atMs, by, invitationId);
    },
  };
};
export type InvitationStore = ReturnType<typeof createInvitationStore>;
