import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { Person } from "../../preload/contract/chat.ts";
import type { ViewerId } from "../../preload/contract/ids.ts";
import { Coins } from "../../preload/contract/money.ts";
import type { Role } from "../../preload/contract/rights.ts";
import { EpochMs } from "../../preload/contract/time.ts";

const IdentityRow = z
  .object({
    viewer_id: Person.shape.viewerId,
    nickname: Person.shape.nickname,
    role: Person.shape.role,
    following: z.int(),
    followed_at_ms: EpochMs.nullable(),
    first_seen_ms: EpochMs,
  })
  .transform((row) => ({
    person: { viewerId: row.viewer_id, nickname: row.nickname, role: row.role } satisfies Person,
    following: row.following === 1,
    followedAtMs: row.followed_at_ms,
    firstSeenMs: row.first_seen_ms,
  }));
export type Identity = z.infer<typeof IdentityRow>;
const WalletRow = z.object({ coins: Coins });

/** Two names that look alike to people (width, case) are one name to the room. */
export const nicknameKey = (nickname: string): string => nickname.normalize("NFKC").toLowerCase();

const columns = "viewer_id, nickname, role, following, followed_at_ms, first_seen_ms";

/** Who has been in the room, as what, and with how many coins. Writes belong into a transaction of `GroupCommit`. */
export const createIdentityStore = (db: DatabaseSync) => {
  const selectIdentity = db.prepare(`SELECT ${columns} FROM identity WHERE viewer_id = ?`);
  const selectGoverning = db.prepare(
    `SELECT ${columns} FROM identity WHERE role IN ('anchor', 'moderator') ORDER BY role, first_seen_ms LIMIT 1000`,
  );
  const updateRole = db.prepare("UPDATE identity SET role = ? WHERE viewer_id = ?");
  const selectByNickname = db.prepare("SELECT viewer_id FROM identity WHERE nickname_key = ?");
  const insertIdentity = db.prepare(
    "INSERT INTO identity (viewer_id, nickname, nickname_key, role, first_seen_ms) VALUES (?, ?, ?, ?, ?)",
  );
  const insertWallet = db.prepare("INSERT INTO wallet (viewer_id, coins) VALUES (?, ?)");
  const updateNickname = db.prepare(
    "UPDATE identity SET nickname = ?, nickname_key = ? WHERE viewer_id = ?",
  );
  const updateFollowing = db.prepare(
    "UPDATE identity SET following = 1, followed_at_ms = ? WHERE viewer_id = ?",
  );
  const selectWallet = db.prepare("SELECT coins FROM wallet WHERE viewer_id = ?");
  const updateWallet = db.prepare("UPDATE wallet SET coins = ? WHERE viewer_id = ?");
  return {
    find(viewerId: ViewerId): Identity | undefined {
      const row = selectIdentity.get(viewerId);
      return row && IdentityRow.parse(row);
    },
    isNicknameTaken(nickname: string, except: ViewerId): boolean {
      const row = selectByNickname.get(nicknameKey(nickname));
      return row !== undefined && row["viewer_id"] !== except;
    },
    add(person: Person, coins: Coins, firstSeenMs: number): void {
      const { viewerId, nickname, role } = person;
      insertIdentity.run(viewerId, nickname, nicknameKey(nickname), role, firstSeenMs);
      insertWallet.run(viewerId, coins);
    },
    rename(viewerId: ViewerId, nickname: string): void {
      updateNickname.run(nickname, nicknameKey(nickname), viewerId);
    },
    setFollowing(viewerId: ViewerId, atMs: number): void {
      updateFollowing.run(atMs, viewerId);
    },
    setRole(viewerId: ViewerId, role: Role): void {
      updateRole.run(role, viewerId);
    },
    /** The anchor and the moderators, in this order. */
    governing: (): Person[] => selectGoverning.all().map((row) => IdentityRow.parse(row).person),
    /** @throws where the person has never entered. */
    coins: (viewerId: ViewerId): Coins => WalletRow.parse(selectWallet.get(viewerId)).coins,
    setCoins(viewerId: ViewerId, coins: Coins): void {
      updateWallet.run(coins, viewerId);
    },
  };
};
export type IdentityStore = ReturnType<typeof createIdentityStore>;
