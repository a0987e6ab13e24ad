import { z } from "zod";

/** Whole coins of a room's wallet; never negative. */
export const Coins = z.int().nonnegative().brand<"Coins">();
export type Coins = z.infer<typeof Coins>;

/** Whole fen (1/100 yuan); never negative. */
export const Fen = z.int().nonnegative().brand<"Fen">();
export type Fen = z.infer<typeof Fen>;

/**
 * What `count` gifts cost.
 * @throws RangeError where the product leaves the safe integers.
 */
export const multiplyCoins = (unitCoins: Coins, count: number): Coins => {
  const total = unitCoins * count;
  if (!Number.isSafeInteger(total) || total < 0)
    throw new RangeError(`${unitCoins} x ${count} coins`);
  return total as Coins;
};
