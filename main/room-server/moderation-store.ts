import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { ChatMessage } from "../../preload/contract/chat.ts";
import { RecordEvent, type RecordOf } from "../../preload/contract/gift.ts";
import { EventId, type MessageId, type ViewerId } from "../../preload/contract/ids.ts";
import {
  type ModerationEntry,
  mostRemovedMessages,
  noRules,
  type Restriction,
  RoomRules,
  SentGift,
} from "../../preload/contract/moderation.ts";
import { EpochMs } from "../../preload/contract/time.ts";
import type { LogStore } from "./log-store.ts";

export type RestrictionKind = "timeOut" | "ban";

const EntryRow = z
  .object({
    body: z.string().transform((body) => RecordEvent.parse(JSON.parse(body))),
    undone_by: EventId.nullable(),
  })
  .transform(({ body, undone_by }): ModerationEntry => {
    if (body.type !== "moderation") throw new Error(`${body.eventId} is no moderation`);
    const { eventId, seq, atMs, sender, act, reason } = body;
    return { eventId, seq, atMs, by: sender, act, reason, undoneBy: undone_by };
  });
const RestrictionRow = z.object({ seq: z.int().positive(), until_ms: EpochMs.nullable() });
const SeqRow = z.object({ seq: z.int().positive() });
const BodyRow = z
  .object({ body: z.string() })
  .transform(({ body }) => ChatMessage.parse(JSON.parse(body)));
const MarkedRow = z
  .object({ body: z.string(), deleted_by_seq: z.int().nullable() })
  .transform(({ body, deleted_by_seq }) => ({
    ...ChatMessage.parse(JSON.parse(body)),
    deleted: deleted_by_seq !== null,
  }));
const TimeRow = z.object({ at_ms: EpochMs });
const CountRow = z.object({ count: z.int().nonnegative() });
const SentRow = z
  .object({ body: z.string(), count: z.int(), coins: z.int() })
  .transform(({ body, ...sums }) => SentGift.parse({ ...(JSON.parse(body) as object), ...sums }));
const GiftsRow = z.object({ count: z.int().nonnegative(), coins: z.int().nonnegative() });

/** A setting with the act that made it so; 0 is none. */
const RulesState = z.object({
  rules: RoomRules,
  seq: z.int().nonnegative(),
  /** While the raid shield is up: what comes back with its end. */
  beforeShield: RoomRules.nullable().default(null),
});
const PinnedState = z.object({ message: ChatMessage.nullable(), seq: z.int().nonnegative() });

const entrySql = `
  SELECT record.body, undo.event_id AS undone_by
  FROM moderation JOIN record ON record.seq = moderation.seq
  LEFT JOIN moderation AS undo ON undo.undoes_seq = moderation.seq`;

const entryOf = (row: unknown): ModerationEntry | undefined =>
  row === undefined ? undefined : EntryRow.parse(row);

/** What was done about persons and messages, and what holds now. Writes belong into a transaction of `GroupCommit`. */
export const createModerationStore = (db: DatabaseSync, log: LogStore) => {
  const insertAct = db.prepare(
    "INSERT INTO moderation (seq, event_id, target_id, undoes_seq) VALUES (?, ?, ?, ?)",
  );
  const selectByEvent = db.prepare(`${entrySql} WHERE moderation.event_id = ?`);
  const selectBySeq = db.prepare(`${entrySql} WHERE moderation.seq = ?`);
  const selectBefore = db.prepare(
    `${entrySql} WHERE moderation.seq < ? ORDER BY moderation.seq DESC LIMIT ?`,
  );
  const selectByTarget = db.prepare(
    `${entrySql} WHERE moderation.target_id = ? ORDER BY moderation.seq DESC LIMIT ?`,
  );
  const selectRestriction = db.prepare(
    "SELECT seq, until_ms FROM restriction WHERE viewer_id = ? AND kind = ? AND (until_ms IS NULL OR until_ms > ?)",
  );
  const upsertRestriction = db.prepare(
    `INSERT INTO restriction (viewer_id, kind, seq, until_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (viewer_id, kind) DO UPDATE SET seq = excluded.seq, until_ms = excluded.until_ms`,
  );
  const deleteRestriction = db.prepare("DELETE FROM restriction WHERE viewer_id = ? AND kind = ?");
  const insertAddress = db.prepare(
    "INSERT INTO banned_address (address_key, seq, until_ms) VALUES (?, ?, ?)",
  );
  const selectAddress = db.prepare(
    "SELECT seq FROM banned_address WHERE address_key = ? AND until_ms > ? LIMIT 1",
  );
  const deleteAddresses = db.prepare("DELETE FROM banned_address WHERE seq = ?");
  const deleteOldAddresses = db.prepare("DELETE FROM banned_address WHERE until_ms <= ?");
  const insertWarning = db.prepare("INSERT INTO pending_warning (seq, viewer_id) VALUES (?, ?)");
  const selectWarning = db.prepare(
    "SELECT seq FROM pending_warning WHERE viewer_id = ? ORDER BY seq LIMIT 1",
  );
  const deleteWarning = db.prepare(
    "DELETE FROM pending_warning WHERE seq = ? AND viewer_id = ? RETURNING seq",
  );
  const selectMessage = db.prepare(
    "SELECT body FROM chat WHERE message_id = ? AND deleted_by_seq IS NULL",
  );
  const selectOwnMessages = db.prepare(
    "SELECT body FROM chat WHERE viewer_id = ? AND deleted_by_seq IS NULL ORDER BY chat_seq DESC LIMIT ?",
  );
  const markDeleted = db.prepare("UPDATE chat SET deleted_by_seq = ? WHERE message_id = ?");
  const selectDeleted = db.prepare(
    "SELECT body FROM chat WHERE deleted_by_seq = ? ORDER BY chat_seq",
  );
  const unmarkDeleted = db.prepare(
    "UPDATE chat SET deleted_by_seq = NULL WHERE deleted_by_seq = ?",
  );
  const selectLastChat = db.prepare(
    "SELECT at_ms FROM chat WHERE viewer_id = ? ORDER BY chat_seq DESC LIMIT 1",
  );
  const countMessages = db.prepare("SELECT count(*) AS count FROM chat WHERE viewer_id = ?");
  const selectMarked = db.prepare(
    "SELECT body, deleted_by_seq FROM chat WHERE viewer_id = ? ORDER BY chat_seq DESC LIMIT ?",
  );
  const sumGifts = db.prepare(
    `SELECT coalesce(sum(json_extract(body, '$.count')), 0) AS count,
            coalesce(sum(json_extract(body, '$.totalCoins')), 0) AS coins
     FROM record WHERE viewer_id = ? AND type = 'gift' AND NOT json_extract(body, '$.test')`,
  );
  // With `max` the other columns are those of its row.
  const selectSent = db.prepare(
    `SELECT max(seq) AS newest, body, sum(json_extract(body, '$.count')) AS count,
            sum(json_extract(body, '$.totalCoins')) AS coins
     FROM record WHERE viewer_id = ? AND type = 'gift' AND NOT json_extract(body, '$.test')
     GROUP BY json_extract(body, '$.comboId') ORDER BY newest DESC LIMIT ?`,
  );

  const bySeq = (seq: number): ModerationEntry => EntryRow.parse(selectBySeq.get(seq));

  /** Parsed once; a failed group of writes may have left them untrue. */
  const stateOf = <T>(name: string, schema: z.ZodType<T>, initial: T) => {
    let known: T | undefined;
    return {
      get: (): T => {
        if (known === undefined) {
          const stored = log.readState(name);
          known = stored === undefined ? initial : schema.parse(JSON.parse(stored));
        }
        return known;
      },
      set: (value: T): void => {
        known = value;
        log.writeState(name, JSON.stringify(value));
      },
      forget: (): void => {
        known = undefined;
      },
    };
  };
  const rules = stateOf("rules", RulesState, {
    rules: noRules,
    seq: 0,
    beforeShield: null,
  });
  const pinned = stateOf("pinned", PinnedState, { message: null, seq: 0 });

  return {
    rules,
    pinned,
    /** After a group of writes that failed. */
    forget(): void {
      rules.forget();
      pinned.forget();
    },

    addAct(
      event: Pick<RecordOf<"moderation">, "seq" | "eventId">,
      targetId: ViewerId | undefined,
      undoesSeq: number | undefined,
    ): void {
      insertAct.run(event.seq, event.eventId, targetId ?? null, undoesSeq ?? null);
    },
    find: (eventId: EventId): ModerationEntry | undefined => entryOf(selectByEvent.get(eventId)),
    /** Newest first. */
    entriesBefore: (beforeSeq: number, limit: number): ModerationEntry[] =>
      selectBefore.all(beforeSeq, limit).map((row) => EntryRow.parse(row)),
    /** Newest first. */
    entriesOn: (viewerId: ViewerId, limit: number): ModerationEntry[] =>
      selectByTarget.all(viewerId, limit).map((row) => EntryRow.parse(row)),

    /** What holds at `nowMs`. */
    restriction(
      viewerId: ViewerId,
      kind: RestrictionKind,
      nowMs: number,
    ): (Restriction & { readonly seq: number }) | undefined {
      const row = selectRestriction.get(viewerId, kind, nowMs);
      if (!row) return undefined;
      const { seq, until_ms: untilMs } = RestrictionRow.parse(row);
      const { eventId, atMs, by, reason } = bySeq(seq);
      return { seq, eventId, atMs, by, reason, untilMs };
    },
    isRestricted: (viewerId: ViewerId, kind: RestrictionKind, nowMs: number): boolean =>
      selectRestriction.get(viewerId, kind, nowMs) !== undefined,
    restrict(viewerId: ViewerId, kind: RestrictionKind, seq: number, untilMs: number | null): void {
      upsertRestriction.run(viewerId, kind, seq, untilMs);
    },
    lift(viewerId: ViewerId, kind: RestrictionKind): void {
      deleteRestriction.run(viewerId, kind);
    },

    banAddresses(addressKeys: Iterable<string>, seq: number, untilMs: number): void {
      for (const key of addressKeys) insertAddress.run(key, seq, untilMs);
    },
    isAddressBanned: (addressKey: string, nowMs: number): boolean =>
      selectAddress.get(addressKey, nowMs) !== undefined,
    unbanAddresses(seq: number): void {
      deleteAddresses.run(seq);
    },
    forgetAddressesBefore(nowMs: number): void {
      deleteOldAddresses.run(nowMs);
    },

    addWarning(viewerId: ViewerId, seq: number): void {
      insertWarning.run(seq, viewerId);
    },
    /** The oldest that has not been answered. */
    pendingWarning(viewerId: ViewerId): ModerationEntry | undefined {
      const row = selectWarning.get(viewerId);
      return row && bySeq(SeqRow.parse(row).seq);
    },
    /** False where there is none of this person. */
    closeWarning: (viewerId: ViewerId, seq: number): boolean =>
      deleteWarning.get(seq, viewerId) !== undefined,

    /** Undefined where it is gone. */
    message(messageId: MessageId): ChatMessage | undefined {
      const row = selectMessage.get(messageId);
      return row && BodyRow.parse(row);
    },
    /** The newest that are still there, as many as one act may take back. */
    removableMessages: (viewerId: ViewerId): MessageId[] =>
      selectOwnMessages
        .all(viewerId, mostRemovedMessages)
        .map((row) => BodyRow.parse(row).messageId),
    deleteMessages(messageIds: readonly MessageId[], seq: number): void {
      for (const messageId of messageIds) markDeleted.run(seq, messageId);
    },
    /** What that act took back is there again; in the chat's order. */
    restoreMessages(seq: number): ChatMessage[] {
      const messages = selectDeleted.all(seq).map((row) => BodyRow.parse(row));
      unmarkDeleted.run(seq);
      return messages;
    },
    messagesDeletedBy: (seq: number): ChatMessage[] =>
      selectDeleted.all(seq).map((row) => BodyRow.parse(row)),

    lastChatAtMs(viewerId: ViewerId): number | undefined {
      const row = selectLastChat.get(viewerId);
      return row && TimeRow.parse(row).at_ms;
    },
    messageCount: (viewerId: ViewerId): number => CountRow.parse(countMessages.get(viewerId)).count,
    /** Newest first, also those that are gone. */
    messagesOf: (viewerId: ViewerId, limit: number) =>
      selectMarked.all(viewerId, limit).map((row) => MarkedRow.parse(row)),
    giftsOf: (viewerId: ViewerId) => GiftsRow.parse(sumGifts.get(viewerId)),
    /** What was sent, the latest first; what came at a stretch is one. */
    sentBy: (viewerId: ViewerId, limit: number) =>
      selectSent.all(viewerId, limit).map((row) => SentRow.parse(row)),
  };
};
export type ModerationStore = ReturnType<typeof createModerationStore>;
