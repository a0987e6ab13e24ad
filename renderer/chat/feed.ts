import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { MessageId, ViewerId } from "../../preload/contract/ids.ts";
import type { LedgerTotals } from "../../preload/contract/ledger.ts";
import { deletedMessageIds, type ModerationAct } from "../../preload/contract/moderation.ts";
import {
  type FeedLine,
  keyOfMessage,
  keyOfRecord,
  lineOfMessage,
  lineOfRecord,
} from "./feed-line.ts";

/** Lines beyond this push out the oldest. */
export const feedCapacity = 50_000;
/** So many are kept at most while somebody reads back. */
const heldCapacity = 2 * feedCapacity;

/** Beyond so many guards the first are forgotten: they show it again when they pay again. */
const mostGuards = 10_000;

/** Acts that are no lines of their own: their message shows them, or they are not for everybody's eyes. */
const unsaid: ReadonlySet<ModerationAct["kind"]> = new Set([
  "deleteMessage",
  "announce",
  "addNote",
]);

/** Lines by their row. Rows are numbered as they come, and no number is used again. */
export interface FeedRows {
  /** The oldest there is. */
  readonly first: number;
  /** One more than the newest. */
  readonly end: number;
  at(row: number): FeedLine | undefined;
}

export interface FeedState {
  /** Another one whenever a line has come, gone or changed. */
  readonly version: number;
  readonly totals: LedgerTotals | null;
  /** How many gifts came since the window was loaded. */
  readonly gifts: number;
}

export interface Feed extends FeedRows {
  readonly state: StoreApi<FeedState>;
  addRecords(events: readonly RecordEvent[], omitted: number, totals: LedgerTotals): void;
  addMessages(messages: readonly ChatMessage[], omitted: number): void;
  /** Before the room has said so; null takes it back. */
  markDeleted(messageId: MessageId, by: string | null): void;
  /** Begins anew with what there was in a room before; null totals where the room keeps none. */
  load(
    events: readonly RecordEvent[],
    messages: readonly ChatMessage[],
    totals: LedgerTotals | null,
  ): void;
  /** Until the answer is called, twice as many lines are kept, so that none goes away under a reader. */
  hold(): () => void;
  close(): void;
}

/**
 * One list of chat, gifts, follows and the rest: a ring of the newest. `schedule` runs a function once, soon (a frame
 * of the window); listeners hear of everything since the last frame at once.
 */
export const createFeed = (
  schedule: (run: () => void) => () => void,
  nowMs: () => number,
): Feed => {
  const state = createStore<FeedState>(() => ({ version: 0, totals: null, gifts: 0 }));
  const slots: (FeedLine | undefined)[] = [];
  const guardLevels = new Map<ViewerId, number>();
  const rowOfKey = new Map<string, number>();
  let first = 0;
  let end = 0;
  let holders = 0;
  let gifts = 0;
  let totals: LedgerTotals | null = null;
  let cancel: (() => void) | undefined;

  const notify = () => {
    cancel ??= schedule(() => {
      cancel = undefined;
      state.setState(({ version }) => ({ version: version + 1, totals, gifts }), true);
    });
  };
  const at = (row: number): FeedLine | undefined =>
    row >= first && row < end ? slots[row % heldCapacity] : undefined;
  const dropBefore = (row: number) => {
    for (; first < row; first += 1) {
      const line = at(first);
      if (line) rowOfKey.delete(line.key);
      slots[first % heldCapacity] = undefined;
    }
  };
  const trim = () => dropBefore(end - (holders > 0 ? heldCapacity : feedCapacity));
  /** In the place of the line with that key, or at the end. */
  const put = (line: FeedLine) => {
    const known = rowOfKey.get(line.key);
    if (known !== undefined) {
      slots[known % heldCapacity] = line;
      return;
    }
    // The slot of a full ring is that of the oldest.
    dropBefore(end + 1 - heldCapacity);
    slots[end % heldCapacity] = line;
    rowOfKey.set(line.key, end);
    end += 1;
    trim();
  };
  const lineOf = (key: string): FeedLine | undefined => {
    const row = rowOfKey.get(key);
    return row === undefined ? undefined : at(row);
  };
  const mark = (messageIds: readonly MessageId[], deletedBy: string | null) => {
    for (const messageId of messageIds) {
      const line = lineOf(keyOfMessage(messageId));
      if (line?.type === "chat") put({ ...line, deletedBy });
    }
  };
  const putRecord = (event: RecordEvent) => {
    if (event.type === "moderation") {
      mark(deletedMessageIds(event), event.sender.nickname);
      if (event.act.kind === "undo")
        mark(
          event.act.restoredMessages.map(({ messageId }) => messageId),
          null,
        );
      if (unsaid.has(event.act.kind)) return;
    }
    if (event.type === "guard") {
      guardLevels.delete(event.sender.viewerId);
      guardLevels.set(event.sender.viewerId, event.level);
      const [oldest] = guardLevels.keys();
      if (guardLevels.size > mostGuards && oldest) guardLevels.delete(oldest);
    }
    put(lineOfRecord(event, lineOf(keyOfRecord(event))));
  };
  const putMessage = (message: ChatMessage) => {
    const before = lineOf(keyOfMessage(message.messageId));
    if (!before) put(lineOfMessage(message, guardLevels.get(message.sender.viewerId) ?? null));
  };
  const putOmitted = (of: "chat" | "records", count: number) => {
    if (count > 0) put({ type: "omitted", key: `omitted:${end}`, atMs: nowMs(), of, count });
  };

  return {
    state,
    get first() {
      return first;
    },
    get end() {
      return end;
    },
    at,
    addRecords(events, omitted, newTotals) {
      putOmitted("records", omitted);
      for (const event of events) putRecord(event);
      gifts += events.filter((event) => event.type === "gift" && event.count > 0).length;
      totals = newTotals;
      notify();
    },
    addMessages(messages, omitted) {
      putOmitted("chat", omitted);
      for (const message of messages) putMessage(message);
      notify();
    },
    markDeleted(messageId, by) {
      mark([messageId], by);
      notify();
    },
    load(events, messages, newTotals) {
      dropBefore(end);
      const all = [
        ...events.map((event) => ({ atMs: event.atMs, add: () => putRecord(event) })),
        ...messages.map((message) => ({
          atMs: message.atMs,
          add: () => putMessage(message),
        })),
      ];
      for (const { add } of all.toSorted((a, b) => a.atMs - b.atMs)) add();
      totals = newTotals;
      notify();
    },
    hold() {
      holders += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        holders -= 1;
        trim();
        notify();
      };
    },
    close() {
      cancel?.();
      cancel = undefined;
    },
  };
};
