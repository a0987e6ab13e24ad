import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface LedgerRow {
  readonly event_id: string;
  readonly type: string;
  readonly gift_coins: number;
  readonly gift_count: number;
}

/** Every entry of a profile's ledger, as another process reads it while the app may be running. */
export const readLedger = (userDataDir: string): LedgerRow[] => {
  const database = new DatabaseSync(join(userDataDir, "ledger.sqlite"), { readOnly: true });
  try {
    return database
      .prepare("SELECT event_id, type, gift_coins, gift_count FROM entries ORDER BY entry_id")
      .all() as unknown as LedgerRow[];
  } finally {
    database.close();
  }
};
