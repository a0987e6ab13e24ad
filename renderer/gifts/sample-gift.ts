import catalogue from "../../resources/gifts/catalogue.json";
import { GiftCatalogue, type RecordEvent } from "../../preload/contract/gift.ts";
import { ComboId, EventId, RoomId, ViewerId } from "../../preload/contract/ids.ts";
import { multiplyCoins } from "../../preload/contract/money.ts";
import type { AlertRule } from "../../preload/contract/settings.ts";
import { EpochMs } from "../../preload/contract/time.ts";

/** The gifts that come with the studio; a room may have others. */
export const knownGifts = GiftCatalogue.parse(catalogue);

const mostCounted = 9_999;

/** A test gift that a rule's condition fits, as far as a known gift can. It is shown and in no book. */
export const sampleGift = (
  { match }: Pick<AlertRule, "match">,
  given: { readonly sender: string; readonly id: string; readonly nowMs: number },
): RecordEvent => {
  const kind =
    knownGifts.find(({ giftId }) => giftId === match.giftId) ??
    // The cheapest of which enough can be given.
    knownGifts
      .toSorted((a, b) => a.coins - b.coins)
      .find(
        ({ coins }, index) =>
          coins * mostCounted >= match.leastCoins || index === knownGifts.length - 1,
      );
  if (!kind) throw new Error("an empty catalogue");
  const count = Math.min(mostCounted, Math.max(1, Math.ceil(match.leastCoins / kind.coins)));
  return {
    type: "gift",
    eventId: EventId.parse(given.id),
    roomId: RoomId.parse("test"),
    seq: 1,
    atMs: EpochMs.parse(given.nowMs),
    sender: {
      viewerId: ViewerId.parse("test"),
      nickname: match.sender || given.sender,
      role: "viewer",
    },
    test: true,
    giftId: match.giftId ?? kind.giftId,
    giftName: kind.name,
    tier: kind.tier,
    count,
    unitCoins: kind.coins,
    totalCoins: multiplyCoins(kind.coins, count),
    comboId: ComboId.parse(given.id),
    comboCount: count,
    final: true,
  };
};
