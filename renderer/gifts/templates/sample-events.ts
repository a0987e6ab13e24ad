import type { AlertTier } from "../../../preload/contract/alert-template.ts";
import type { RecordEvent } from "../../../preload/contract/gift.ts";
import { ComboId, EventId, GiftId, RoomId, ViewerId } from "../../../preload/contract/ids.ts";
import { Coins, Fen, multiplyCoins } from "../../../preload/contract/money.ts";
import { EpochMs } from "../../../preload/contract/time.ts";
import { knownGifts } from "../sample-gift.ts";

/** What a template is tried with. */
export const sampleNames = ["combo", "large", "grand", "guard", "tip", "follow", "names"] as const;
export type SampleName = (typeof sampleNames)[number];

/** Whose tone it shows. */
export const tierOfSample: Readonly<Record<SampleName, AlertTier>> = {
  combo: "small",
  large: "large",
  grand: "grand",
  guard: "grand",
  tip: "medium",
  follow: "follow",
  names: "large",
};

const longNames = [
  "Alexandria Featherstonehaugh-Smythe",
  "一位名字特别特别特别长的观众朋友大家好",
  "👩‍🚀🎉小鹿🦌🌈乱撞🎀✨🎁",
];

/** @param given.message of the tip; long, so that it is seen how it wraps @param given.ids one of its own for each event */
export const sampleEvents = (
  name: SampleName,
  given: { readonly sender: string; readonly message: string; readonly nowMs: number },
): readonly RecordEvent[] => {
  let made = 0;
  const common = (nickname: string) => {
    made += 1;
    return {
      eventId: EventId.parse(`sample-${given.nowMs}-${made}`),
      roomId: RoomId.parse("test"),
      seq: made,
      atMs: EpochMs.parse(given.nowMs),
      sender: { viewerId: ViewerId.parse("test"), nickname, role: "viewer" as const },
      test: true,
    };
  };
  const gift = (giftId: string, count: number, nickname = given.sender): RecordEvent => {
    const kind = knownGifts.find((each) => each.giftId === giftId) ?? knownGifts[0];
    if (!kind) throw new Error("an empty catalogue");
    const own = common(nickname);
    return {
      ...own,
      type: "gift",
      giftId: GiftId.parse(kind.giftId),
      giftName: kind.name,
      tier: kind.tier,
      count,
      unitCoins: kind.coins,
      totalCoins: multiplyCoins(kind.coins, count),
      comboId: ComboId.parse(own.eventId),
      comboCount: count,
      final: true,
    };
  };
  switch (name) {
    case "combo":
      return [gift("rose", 66)];
    case "large":
      return [gift("sports-car", 1)];
    case "grand":
      return [gift("rocket", 1)];
    case "guard":
      return [
        {
          ...common(given.sender),
          type: "guard",
          level: 1,
          months: 3,
          totalCoins: Coins.parse(1_980),
        },
      ];
    case "tip":
      return [
        {
          ...common(given.sender),
          type: "tip",
          amountFen: Fen.parse(1_880),
          message: given.message,
          orderNo: "test",
        },
      ];
    case "follow":
      return [{ ...common(given.sender), type: "follow" }];
    case "names":
      return longNames.map((nickname, index) =>
        gift("sports-car", 10 ** (index + 1) - 1, nickname),
      );
    default:
      return name satisfies never;
  }
};
