import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";

/** Lines that the page holds; the oldest go first. */
export const feedLimit = 300;

/** `key` is unique in the feed; of two lines with one key the one of the higher `order` stays. */
interface Line {
  readonly key: string;
  readonly atMs: number;
  readonly order: number;
}
export type FeedLine =
  | (Line & { readonly kind: "chat"; readonly message: ChatMessage })
  /** All gifts of one combo are one line: the newest. */
  | (Line & { readonly kind: "record"; readonly event: RecordEvent })
  | (Line & { readonly kind: "skipped"; readonly count: number });

export const chatKey = (messageId: MessageId): string => `chat-${messageId}`;

export const chatLine = (message: ChatMessage): FeedLine => ({
  kind: "chat",
  key: chatKey(message.messageId),
  atMs: message.atMs,
  order: message.chatSeq,
  message,
});

export const recordLine = (event: RecordEvent): FeedLine => ({
  kind: "record",
  key: event.type === "gift" ? `combo-${event.comboId}` : `event-${event.eventId}`,
  atMs: event.atMs,
  order: event.seq,
  event,
});

/** Messages up to `toSeq` that the room did not send to this connection. */
export const skippedLine = (count: number, toSeq: number, atMs: number): FeedLine => ({
  kind: "skipped",
  key: `skipped-${toSeq}`,
  atMs,
  order: toSeq,
  count,
});

const compareLines = (a: FeedLine, b: FeedLine): number =>
  a.atMs - b.atMs ||
  (a.kind === b.kind ? a.order - b.order : a.kind < b.kind ? -1 : 1) ||
  (a.key < b.key ? -1 : 1);

/** The feed with `lines` in it, oldest first. Lines may come twice and in any order. */
export const mergeFeed = (
  feed: readonly FeedLine[],
  lines: readonly FeedLine[],
): readonly FeedLine[] => {
  if (lines.length === 0) return feed;
  const byKey = new Map<string, FeedLine>();
  for (const line of [...feed, ...lines]) {
    const known = byKey.get(line.key);
    if (known === undefined || line.order > known.order) byKey.set(line.key, line);
  }
  // oxlint-disable-next-line unicorn/no-array-sort -- Safari 15 has no toSorted
  return [...byKey.values()].sort(compareLines).slice(-feedLimit);
};
