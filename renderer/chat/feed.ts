import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatMessage, Person } from "../../preload/contract/chat.ts";
import type { GiftTier, RecordEvent, RecordOf } from "../../preload/contract/gift.ts";
import type { LedgerTotals } from "../../preload/contract/ledger.ts";
import { deletedMessageIds } from "../../preload/contract/moderation.ts";

/** Lines beyond this push out the oldest. */
export const feedCapacity = 2_000;

interface Line {
  /** The same thing has the same key, however often it comes. */
  readonly key: string;
  readonly atMs: number;
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

export type FeedLine =
  | (Line & { readonly type: "chat"; readonly message: ChatMessage })
  | GiftLine
  | (Line & {
      readonly type: "event";
      readonly event: Exclude<RecordEvent, { type: "gift" | "moderation" }>;
    })
  /** Lines that this window was too slow for; records among them are in the totals. */
  | (Line & { readonly type: "omitted"; readonly of: "chat" | "records"; readonly count: number });

export interface FeedState {
  readonly lines: readonly FeedLine[];
  /** How many lines ever came; rises with each new line, not with a growing combo. */
  readonly arrived: number;
  readonly totals: LedgerTotals | null;
  /** How many gifts came since the window was loaded. */
  readonly gifts: number;
}

export interface Feed {
  readonly state: StoreApi<FeedState>;
  addRecords(events: readonly RecordEvent[], omitted: number, totals: LedgerTotals): void;
  addMessages(messages: readonly ChatMessage[], omitted: number): void;
  /** Begins anew with what there was in a room before; null totals where the room keeps none. */
  load(
    events: readonly RecordEvent[],
    messages: readonly ChatMessage[],
    totals: LedgerTotals | null,
  ): void;
  close(): void;
}

const lineOfMessage = (message: ChatMessage): FeedLine => ({
  type: "chat",
  key: `chat:${message.messageId}`,
  atMs: message.atMs,
  message,
});

type ShownEvent = Exclude<RecordEvent, { type: "moderation" }>;

/** `before` is the combo's line so far. The line can be made again from any event of the combo, in any order. */
const lineOfRecord = (event: ShownEvent, before: FeedLine | undefined): FeedLine => {
  if (event.type !== "gift")
    return { type: "event", key: `event:${event.eventId}`, atMs: event.atMs, event };
  const latest = before?.type === "gift" && before.count > event.comboCount ? before.latest : event;
  const count = latest.comboCount;
  return {
    type: "gift",
    key: `combo:${event.comboId}`,
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

const keyOfRecord = (event: ShownEvent): string =>
  event.type === "gift" ? `combo:${event.comboId}` : `event:${event.eventId}`;

/**
 * One list of chat, gifts, follows and the rest. `schedule` runs a function once, soon (a frame of the window);
 * listeners hear of everything since the last frame at once.
 */
export const createFeed = (
  schedule: (run: () => void) => () => void,
  nowMs: () => number,
): Feed => {
  const state = createStore<FeedState>(() => ({ lines: [], arrived: 0, totals: null, gifts: 0 }));
  const lines = new Map<string, FeedLine>();
  let arrived = 0;
  let gifts = 0;
  let totals: LedgerTotals | null = null;
  let cancel: (() => void) | undefined;

  const notify = () => {
    cancel ??= schedule(() => {
      cancel = undefined;
      state.setState({ lines: [...lines.values()], arrived, totals, gifts }, true);
    });
  };
  const put = (line: FeedLine) => {
    if (!lines.has(line.key)) arrived += 1;
    lines.set(line.key, line);
    if (lines.size <= feedCapacity) return;
    for (const oldest of lines.keys()) {
      lines.delete(oldest);
      break;
    }
  };
  const putRecord = (event: RecordEvent) => {
    if (event.type !== "moderation") {
      put(lineOfRecord(event, lines.get(keyOfRecord(event))));
      return;
    }
    for (const messageId of deletedMessageIds(event)) lines.delete(`chat:${messageId}`);
  };
  const putOmitted = (of: "chat" | "records", count: number) => {
    if (count > 0) put({ type: "omitted", key: `omitted:${arrived}`, atMs: nowMs(), of, count });
  };

  return {
    state,
    addRecords(events, omitted, newTotals) {
      putOmitted("records", omitted);
      for (const event of events) putRecord(event);
      gifts += events.filter((event) => event.type === "gift").length;
      totals = newTotals;
      notify();
    },
    addMessages(messages, omitted) {
      putOmitted("chat", omitted);
      for (const message of messages) put(lineOfMessage(message));
      notify();
    },
    load(events, messages, newTotals) {
      lines.clear();
      const all = [
        ...events.map((event) => ({ atMs: event.atMs, add: () => putRecord(event) })),
        ...messages.map((message) => ({
          atMs: message.atMs,
          add: () => put(lineOfMessage(message)),
        })),
      ];
      for (const { add } of all.toSorted((a, b) => a.atMs - b.atMs)) add();
      totals = newTotals;
      notify();
    },
    close() {
      cancel?.();
      cancel = undefined;
    },
  };
};
