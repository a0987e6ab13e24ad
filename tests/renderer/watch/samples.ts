import { ChatMessage } from "../../../preload/contract/chat.ts";
import { RecordEvent, type RecordOf } from "../../../preload/contract/gift.ts";
import { RoomInfo } from "../../../preload/contract/room-protocol.ts";

const sender = { viewerId: "v1", nickname: "小鹿", role: "viewer" };

export const chatMessage = (chatSeq: number, atMs = chatSeq): ChatMessage =>
  ChatMessage.parse({
    messageId: `m${chatSeq}`,
    roomId: "main",
    chatSeq,
    atMs,
    sender,
    text: `text ${chatSeq}`,
  });

const isGift = (event: RecordEvent): event is RecordOf<"gift"> => event.type === "gift";

export const giftEvent = (seq: number, comboId: string, comboCount: number): RecordOf<"gift"> => {
  const event = RecordEvent.parse({
    eventId: `e${seq}`,
    roomId: "main",
    seq,
    atMs: seq,
    sender,
    test: false,
    type: "gift",
    giftId: "rose",
    giftName: { "zh-CN": "玫瑰", en: "Rose" },
    tier: "small",
    count: 1,
    unitCoins: 5,
    totalCoins: 5,
    comboId,
    comboCount,
    final: false,
  });
  if (!isGift(event)) throw new Error("not a gift");
  return event;
};

export const followEvent = (seq: number): RecordEvent =>
  RecordEvent.parse({
    eventId: `e${seq}`,
    roomId: "main",
    seq,
    atMs: seq,
    sender,
    test: false,
    type: "follow",
  });

export const roomInfo = (programme: RoomInfo["programme"] = "idle"): RoomInfo =>
  RoomInfo.parse({
    roomId: "main",
    kind: "rehearsal",
    self: { viewerId: "v1", nickname: "小鹿", role: "viewer" },
    following: false,
    programme,
    viewers: 3,
    latestSeq: 0,
    latestChatSeq: 0,
    viewerUrl: "http://127.0.0.1:4443/",
    rehearsalAudience: false,
  });
