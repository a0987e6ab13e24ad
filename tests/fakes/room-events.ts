import { RecordEvent, type RecordOf } from "../../preload/contract/gift.ts";

const base = (seq: number, prefix: string) => ({
  eventId: `${prefix}${seq}`,
  roomId: "main",
  seq,
  atMs: 1_700_000_000_000 + seq,
  sender: { viewerId: "viewer-1", nickname: "小明", role: "viewer" },
  test: false,
});

/** Number `seq` of the room "main": `count` roses of 3 coins each. */
export const giftEvent = (
  seq: number,
  options: { readonly count?: number; readonly test?: boolean; readonly prefix?: string } = {},
): RecordOf<"gift"> => {
  const { count = 1, test = false, prefix = "event-" } = options;
  const event = RecordEvent.parse({
    ...base(seq, prefix),
    test,
    type: "gift",
    giftId: "rose",
    giftName: { "zh-CN": "玫瑰", en: "Rose" },
    tier: "small",
    count,
    unitCoins: 3,
    totalCoins: 3 * count,
    comboId: `combo-${seq}`,
    comboCount: Math.max(1, count),
    final: true,
  });
  if (event.type !== "gift") throw new Error("not a gift");
  return event;
};

export const tipEvent = (seq: number, amountFen: number, test = false): RecordEvent =>
  RecordEvent.parse({
    ...base(seq, "event-"),
    test,
    type: "tip",
    amountFen,
    message: "加油",
    orderNo: `order-${seq}`,
  });

export const followEvent = (seq: number, test = false): RecordEvent =>
  RecordEvent.parse({ ...base(seq, "event-"), test, type: "follow" });

/** A moderator takes the message `messageId` back. */
export const deletionEvent = (seq: number, messageId: string): RecordEvent =>
  RecordEvent.parse({
    ...base(seq, "event-"),
    sender: { viewerId: "moderator-1", nickname: "房管", role: "moderator" },
    type: "moderation",
    act: {
      kind: "deleteMessage",
      message: {
        messageId,
        roomId: "main",
        chatSeq: 1,
        atMs: 1_700_000_000_000,
        sender: base(seq, "").sender,
        text: "你好",
      },
    },
    reason: "",
  });
