import type { RecordEvent } from "../../preload/contract/gift.ts";
import { LedgerTotals } from "../../preload/contract/ledger.ts";
import { Coins, Fen } from "../../preload/contract/money.ts";

export interface Posting {
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly currency: "coins" | "fen";
  readonly amount: number;
}

/**
 * What an event moves from its room to the anchor. Tests and amounts of zero move nothing; an order's money is goods
 * sold, not earned by thanks: the shop books it.
 */
export const postingsOf = (roomKey: string, event: RecordEvent): Posting[] => {
  const earn = (currency: Posting["currency"], amount: number): Posting[] =>
    event.test || amount === 0
      ? []
      : [{ debitAccount: `room:${roomKey}`, creditAccount: "anchor", currency, amount }];
  switch (event.type) {
    case "gift":
    case "guard":
      return earn("coins", event.totalCoins);
    case "tip":
      return earn("fen", event.amountFen);
    case "follow":
    case "join":
    case "order":
    case "share":
    case "like":
    case "moderation":
      return [];
    default:
      return event satisfies never;
  }
};

export const noTotals: LedgerTotals = {
  giftCoins: Coins.parse(0),
  giftCount: 0,
  tipFen: Fen.parse(0),
  follows: 0,
};

export const sharesOfTotals = (event: RecordEvent): LedgerTotals => {
  if (event.test) return noTotals;
  switch (event.type) {
    case "gift":
      return { ...noTotals, giftCoins: event.totalCoins, giftCount: event.count };
    case "tip":
      return { ...noTotals, tipFen: event.amountFen };
    case "follow":
      return { ...noTotals, follows: 1 };
    case "guard":
    case "join":
    case "order":
    case "share":
    case "like":
    case "moderation":
      return noTotals;
    default:
      return event satisfies never;
  }
};

/** Undefined where a sum leaves the safe integers. */
export const addTotals = (a: LedgerTotals, b: LedgerTotals): LedgerTotals | undefined =>
  LedgerTotals.safeParse({
    giftCoins: a.giftCoins + b.giftCoins,
    giftCount: a.giftCount + b.giftCount,
    tipFen: a.tipFen + b.tipFen,
    follows: a.follows + b.follows,
  }).data;
