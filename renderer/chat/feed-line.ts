import type { ChatMessage, Person } from "../../preload/contract/chat.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import type { GiftTier, RecordEvent, RecordOf } from "../../preload/contract/gift.ts";

interface Line {
  /** The same thing has the same key, however often it comes. */
  readonly key: string;
  readonly atMs: number;
}

export interface ChatLine extends Line {
  readonly type: "chat";
  readonly message: ChatMessage;
  /** Who has taken it back: viewers see it no more. */
  readonly deletedBy: string | null;
  /** Of the sender, as far as this feed knows; 1 is the highest. */
  readonly guardLevel: number | null;
}

/** One combo of a viewer, as far as it has come. */
export interface GiftLine extends Line {
  readonly type: "gift";
  readonly sender: Person;
  readonly giftId: string;
  readonly giftName: RecordOf<"gift">["giftName"];
  readonly tier: GiftTier;
  readonly count: number;
  readonly coins: number;
  readonly test: boolean;
  /** The event that the combo came to its count with. */
  readonly latest: RecordOf<"gift">;
}

export interface EventLine extends Line {
  readonly type: "event";
  readonly event: Exclude<RecordEvent, { type: "gift" }>;
}

export type FeedLine =
  | ChatLine
  | GiftLine
  | EventLine
  /** Lines that this window was too slow for; records among them are in the totals. */
  | (Line & { readonly type: "omitted"; readonly of: "chat" | "records"; readonly count: number });

export const keyOfMessage = (messageId: MessageId): string => `chat:${messageId}`;

export const lineOfMessage = (message: ChatMessage, guardLevel: number | null): ChatLine => ({
  type: "chat",
  key: keyOfMessage(message.messageId),
  atMs: message.atMs,
  message,
  deletedBy: null,
  guardLevel,
});

export const keyOfRecord = (event: RecordEvent): string =>
  event.type === "gift" ? `combo:${event.comboId}` : `event:${event.eventId}`;

/** `before` is the combo's line so far. The line can be made again from any event of the combo, in any order. */
export const lineOfRecord = (event: RecordEvent, before: FeedLine | undefined): FeedLine => {
  if (event.type !== "gift")
    return { type: "event", key: keyOfRecord(event), atMs: event.atMs, event };
  const latest = before?.type === "gift" && before.count > event.comboCount ? before.latest : event;
  const count = latest.comboCount;
  return {
    type: "gift",
    key: keyOfRecord(event),
    atMs: before?.atMs ?? event.atMs,
    sender: event.sender,
    giftId: event.giftId,
    giftName: event.giftName,
    tier: event.tier,
    count,
    coins: event.unitCoins * count,
    test: event.test,
    latest,
  };
};

/** Whose line it is; undefined of what nobody has sent. */
export const senderOf = (line: FeedLine): Person | undefined => {
  switch (line.type) {
    case "chat":
      return line.message.sender;
    case "gift":
      return line.sender;
    case "event":
      return line.event.sender;
    case "omitted":
      return undefined;
    default:
      return line satisfies never;
  }
};
