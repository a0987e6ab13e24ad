import { z } from "zod";
import { Coins, Fen } from "./money.ts";

/** What a room's ledger comes to; test events are not in it. */
export const LedgerTotals = z.object({
  giftCoins: Coins,
  giftCount: z.int().nonnegative(),
  tipFen: Fen,
  follows: z.int().nonnegative(),
});
export type LedgerTotals = z.infer<typeof LedgerTotals>;
