import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { RequestId, ViewerId } from "../../preload/contract/ids.ts";

/** A record event or chat message as it is stored and sent: serialised once. */
export interface Line {
  readonly seq: number;
  readonly body: string;
}

/** A record event that has just been written. */
export interface RecordLine extends Line {
  /** For those who may `resume` alone. */
  readonly isPrivate: boolean;
}

const LineRow = z.object({ seq: z.int().positive(), body: z.string() });
const LatestRow = z.object({ latest: z.int().nonnegative() });
const RequestRow = z.object({ method: z.string(), answer: z.string() });
const StateRow = z.object({ value: z.string() });

/** The room's log: record, chat, answered requests, state. Writes belong into a transaction of `GroupCommit`. */
export const createLogStore = (db: DatabaseSync) => {
  const latestOf = (sql: string): number => LatestRow.parse(db.prepare(sql).get()).latest;
  const insertRecord = db.prepare(
    "INSERT INTO record (seq, event_id, at_ms, type, viewer_id, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const selectRecords = db.prepare(
    "SELECT seq, body FROM record WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  const insertChat = db.prepare(
    "INSERT INTO chat (chat_seq, message_id, at_ms, viewer_id, body) VALUES (?, ?, ?, ?, ?)",
  );
  const selectChat = db.prepare(
    "SELECT chat_seq AS seq, body FROM chat WHERE deleted_by_seq IS NULL ORDER BY chat_seq DESC LIMIT ?",
  );
  const selectRequest = db.prepare(
    "SELECT method, answer FROM request WHERE viewer_id = ? AND request_id = ?",
  );
  const insertRequest = db.prepare(
    "INSERT INTO request (viewer_id, request_id, method, answer, at_ms) VALUES (?, ?, ?, ?, ?)",
  );
  const deleteRequests = db.prepare("DELETE FROM request WHERE at_ms < ?");
  const selectState = db.prepare("SELECT value FROM room_state WHERE name = ?");
  const upsertState = db.prepare(
    "INSERT INTO room_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  return {
    latestSeq: () => latestOf("SELECT coalesce(max(seq), 0) AS latest FROM record"),
    latestChatSeq: () => latestOf("SELECT coalesce(max(chat_seq), 0) AS latest FROM chat"),

    addRecord(event: RecordEvent): RecordLine {
      const body = JSON.stringify(event);
      insertRecord.run(
        event.seq,
        event.eventId,
        event.atMs,
        event.type,
        event.sender.viewerId,
        body,
      );
      return { seq: event.seq, body, isPrivate: event.type === "moderation" };
    },
    /** Oldest first. */
    recordsAfter: (afterSeq: number, limit: number): Line[] =>
      selectRecords.all(afterSeq, limit).map((row) => LineRow.parse(row)),

    addChat(message: ChatMessage): Line {
      const body = JSON.stringify(message);
      insertChat.run(
        message.chatSeq,
        message.messageId,
        message.atMs,
        message.sender.viewerId,
        body,
      );
      return { seq: message.chatSeq, body };
    },
    /** The newest that have not been taken back, oldest first. */
    recentChat: (limit: number): Line[] =>
      selectChat
        .all(limit)
        .map((row) => LineRow.parse(row))
        .toReversed(),

    /** The JSON of the first answer. */
    findAnswer(viewerId: ViewerId, requestId: RequestId): z.infer<typeof RequestRow> | undefined {
      const row = selectRequest.get(viewerId, requestId);
      return row && RequestRow.parse(row);
    },
    addAnswer(
      viewerId: ViewerId,
      requestId: RequestId,
      method: string,
      answer: unknown,
      atMs: number,
    ): void {
      insertRequest.run(viewerId, requestId, method, JSON.stringify(answer), atMs);
    },
    forgetAnswersBefore(atMs: number): void {
      deleteRequests.run(atMs);
    },

    readState(name: string): string | undefined {
      const row = selectState.get(name);
      return row && StateRow.parse(row).value;
    },
    writeState(name: string, value: string): void {
      upsertState.run(name, value);
    },
  };
};
export type LogStore = ReturnType<typeof createLogStore>;
