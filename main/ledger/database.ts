import { DatabaseSync } from "node:sqlite";
import { firstEntries } from "./migrations/2026-11-22-first-entries.ts";

/** In the order in which they are applied; one that has been released is never changed. */
const migrations: readonly { readonly name: string; readonly sql: string }[] = [firstEntries];

/** How long to wait for another process that has the file: main does nothing else meanwhile, and its caller tries again. */
const busyMs = 250;

/** Runs `work` in one transaction; what it throws undoes all of it and is thrown on. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    database.exec("COMMIT");
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
};

const migrate = (database: DatabaseSync): void => {
  database.exec("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT");
  const applied = new Set(
    database
      .prepare("SELECT name FROM migrations")
      .all()
      .map((row) => row["name"]),
  );
  const known = new Set<unknown>(migrations.map((migration) => migration.name));
  for (const name of applied)
    if (!known.has(name))
      throw new Error(`the ledger was written by a newer version (${String(name)})`);
  for (const { name, sql } of migrations) {
    if (applied.has(name)) continue;
    inTransaction(database, () => {
      database.exec(sql);
      database.prepare("INSERT INTO migrations (name) VALUES (?)").run(name);
    });
  }
};

/**
 * Opens the ledger's file and brings it up to date. A committed transaction survives a crash and a power cut
 * (https://www.sqlite.org/pragma.html#pragma_synchronous, FULL with WAL).
 * @throws where the file cannot be opened, is no database, or was written by a newer version.
 */
export const openDatabase = (path: string): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: busyMs });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    migrate(database);
    return database;
  } catch (error) {
    database?.close();
    const why = error instanceof Error ? error.message : String(error);
    // A book of money is never set aside by itself.
    throw new Error(
      `The ledger ${path} cannot be opened (${why}). Put a good copy in its place, or move it away to begin a new one.`,
      { cause: error },
    );
  }
};
