import { RecordEvent, type RecordOf } from "../../preload/contract/gift.ts";

let made = 0;
const common = (nickname: string) => {
  made += 1;
  return {
    eventId: `event-${made}`,
    roomId: "main",
    seq: made,
    atMs: 1_800_000_000_000,
    sender: { viewerId: `viewer-${nickname.length}`, nickname, role: "viewer" },
    test: false,
  };
};

export interface GiftWish {
  readonly comboId?: string;
  readonly comboCount?: number;
  readonly count?: number;
  readonly unitCoins?: number;
  readonly giftId?: string;
  readonly tier?: RecordOf<"gift">["tier"];
  readonly nickname?: string;
  readonly final?: boolean;
}

/** A committed gift as a window gets it. */
export const giftEvent = (wish: GiftWish = {}): RecordEvent => {
  const { comboCount = 1, count = 1, unitCoins = 1, nickname = "晚风与猫" } = wish;
  return RecordEvent.parse({
    ...common(nickname),
    type: "gift",
    giftId: wish.giftId ?? "rose",
    giftName: { "zh-CN": "玫瑰", en: "Rose" },
    tier: wish.tier ?? "small",
    count,
    unitCoins,
    totalCoins: unitCoins * count,
    comboId: wish.comboId ?? `combo-${made}`,
    comboCount,
    final: wish.final ?? false,
  });
};

export const followEvent = (nickname = "小鹿"): RecordEvent =>
  RecordEvent.parse({ ...common(nickname), type: "follow" });

export const tipEvent = (amountFen: number, nickname = "阿杰"): RecordEvent =>
  RecordEvent.parse({
    ...common(nickname),
    type: "tip",
    amountFen,
    message: "加油",
    orderNo: `order-${made}`,
  });

export const guardEvent = (level: number): RecordEvent =>
  RecordEvent.parse({ ...common("星野"), type: "guard", level, months: 3, totalCoins: 1_980 });

export const orderEvent = (): RecordEvent =>
  RecordEvent.parse({
    ...common("橘子"),
    type: "order",
    orderNo: `order-${made}`,
    title: "手工陶杯",
    quantity: 2,
    amountFen: 12_800,
  });

export const likeEvent = (): RecordEvent =>
  RecordEvent.parse({ ...common("小鹿"), type: "like", count: 3 });
