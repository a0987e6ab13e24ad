import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { GiftCatalogue, type GiftKind } from "../../preload/contract/gift.ts";
import type { GiftId } from "../../preload/contract/ids.ts";
import { messageOf, StartFailure } from "./start-failure.ts";

/** With the largest count a request may name a sum stays far below the safe integers. */
const dearestCoins = 1_000_000_000;

const Catalogue = GiftCatalogue.refine(
  (gifts) =>
    new Set(gifts.map(({ giftId }) => giftId)).size === gifts.length &&
    gifts.every(({ coins }) => coins <= dearestCoins),
  { error: "a gift is there twice or too dear" },
);

/**
 * In the file's order.
 * @throws StartFailure
 */
export const readCatalogue = (resourcesDir: string): ReadonlyMap<GiftId, GiftKind> => {
  const path = join(resourcesDir, "gifts", "catalogue.json");
  try {
    const gifts = Catalogue.parse(JSON.parse(readFileSync(path, "utf8")));
    return new Map(gifts.map((gift) => [gift.giftId, gift]));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new StartFailure("catalogue_invalid", `Cannot use the gift catalogue ${path}: ${reason}`);
  }
};
