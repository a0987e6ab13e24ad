import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { roomLog } from "./migrations/2026-11-22-room-log.ts";
import { invitations } from "./migrations/2026-11-23-moderator-invitations.ts";
import { moderation } from "./migrations/2026-11-23-moderation.ts";
import { wordsAndHeldMessages } from "./migrations/2026-11-24-words-and-held-messages.ts";
import { flaggedMessages } from "./migrations/2026-11-29-flagged-messages.ts";
import { messageOf, StartFailure } from "./start-failure.ts";

/** Oldest first; a migration that has been released is never changed. */
const migrations = [
  roomLog,
  moderation,
  invitations,
  wordsAndHeldMessages,
  flaggedMessages,
] as const;

const migrate = (db: DatabaseSync): void => {
  db.exec("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID");
  const done = new Set(
    db
      .prepare("SELECT name FROM migration")
      .all()
      .map((row) => row["name"]),
  );
  const known = new Set<unknown>(migrations.map(({ name }) => name));
  for (const name of done)
    if (!known.has(name)) throw new Error(`it was written by a newer version (${String(name)})`);
  const insert = db.prepare("INSERT INTO migration (name) VALUES (?)");
  for (const { name, sql } of migrations) {
    if (done.has(name)) continue;
    db.exec("BEGIN IMMEDIATE");
    try {
      db.exec(sql);
      insert.run(name);
      db.exec("COMMIT");
    } catch (error) {
      db.exec("ROLLBACK");
      throw error;
    }
  }
};

const isLocked = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && error.errcode === 5;

/**
 * Opens `room.db`. The process holds it alone (`locking_mode`), since sequence numbers are counted in memory; it waits some
 * seconds for a predecessor that is just ending.
 * @throws StartFailure
 */
export const openDatabase = (dataDir: string): DatabaseSync => {
  const path = join(dataDir, "room.db");
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 3_000 });
    db.exec("PRAGMA locking_mode = EXCLUSIVE");
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = FULL");
    migrate(db);
    return db;
  } catch (error) {
    db?.close();
    if (isLocked(error))
      throw new StartFailure("data_in_use", `Another room is using the data directory ${dataDir}.`);
    throw new StartFailure(
      "data_invalid",
      `Cannot open the room's log ${path}: ${messageOf(error)}.`,
    );
  }
};
