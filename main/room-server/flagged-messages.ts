import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { ChatMessage } from "../../preload/contract/chat.ts";
import { RecordEvent } from "../../preload/contract/gift.ts";
import type { MessageId } from "../../preload/contract/ids.ts";
import { type FlaggedMessage, mostFlaggedMessages } from "../../preload/contract/moderation.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import { can, canUndo } from "../../preload/contract/rights.ts";
import type { Handlers } from "./handlers.ts";
import { moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

const FlagRow = z
  .object({ message: z.string(), event: z.string() })
  .transform(({ message, event }): FlaggedMessage => {
    const { atMs, sender } = RecordEvent.parse(JSON.parse(event));
    return { message: ChatMessage.parse(JSON.parse(message)), atMs, by: sender };
  });
const SeqRow = z.object({ seq: z.int().positive() });
const CountRow = z.object({ count: z.int().nonnegative() });

/**
 * Messages that wait for the anchor to read them. One that is taken back waits no more, and again once that is undone.
 * Writes belong into a transaction of `GroupCommit`.
 */
export const createFlaggedMessages = (db: DatabaseSync) => {
  const there =
    "flagged_message JOIN chat USING (message_id) WHERE chat.deleted_by_seq IS NULL" as const;
  const selectAll = db.prepare(
    `SELECT chat.body AS message, record.body AS event
     FROM flagged_message JOIN chat USING (message_id) JOIN record USING (seq)
     WHERE chat.deleted_by_seq IS NULL ORDER BY seq DESC LIMIT ?`,
  );
  const selectOne = db.prepare(
    `SELECT chat.body AS message, record.body AS event
     FROM flagged_message JOIN chat USING (message_id) JOIN record USING (seq)
     WHERE chat.deleted_by_seq IS NULL AND message_id = ?`,
  );
  const count = db.prepare(`SELECT count(*) AS count FROM ${there}`);
  const selectSeq = db.prepare("SELECT seq FROM flagged_message WHERE message_id = ?");
  const upsert = db.prepare(
    `INSERT INTO flagged_message (message_id, seq) VALUES (?, ?)
     ON CONFLICT (message_id) DO UPDATE SET seq = excluded.seq`,
  );
  const remove = db.prepare("DELETE FROM flagged_message WHERE message_id = ?");
  return {
    /** The latest flag first. */
    list: (): FlaggedMessage[] =>
      selectAll.all(mostFlaggedMessages).map((row) => FlagRow.parse(row)),
    find(messageId: MessageId): FlaggedMessage | undefined {
      const row = selectOne.get(messageId);
      return row && FlagRow.parse(row);
    },
    isFull: (): boolean => CountRow.parse(count.get()).count >= mostFlaggedMessages,
    /** Of the act that flagged it, also where the message is gone. */
    seqOf(messageId: MessageId): number | undefined {
      const row = selectSeq.get(messageId);
      return row && SeqRow.parse(row).seq;
    },
    add(messageId: MessageId, seq: number): void {
      upsert.run(messageId, seq);
    },
    remove(messageId: MessageId): void {
      remove.run(messageId);
    },
  };
};
export type FlaggedMessages = ReturnType<typeof createFlaggedMessages>;

/** To those who govern. */
export const tellFlagged = (room: Room): void =>
  room.audience.notifyAll(
    "flaggedChanged",
    { flagged: room.flagged.list() },
    ({ scope, session }) => scope === "full" && can(session.person.role, "message.flag"),
  );

export const flaggedMessageHandlers = {
  flagMessage: {
    action: "message.flag",
    handle: (room, connection, data) =>
      moderate(room, connection, "flagMessage", data, () => {
        const message = room.moderation.message(data.messageId);
        if (!message) return fail("moderation.message_unknown");
        if (room.flagged.find(message.messageId)) return fail("moderation.already_so");
        if (room.flagged.isFull()) return fail("moderation.flagged_full");
        return succeed({
          act: { kind: "flagMessage" as const, message },
          targetId: message.sender.viewerId,
          apply: (seq: number) => room.flagged.add(message.messageId, seq),
          tell: () => tellFlagged(room),
        });
      }),
  },

  unflagMessage: {
    action: "message.flag",
    handle: (room, connection, data) =>
      moderate(room, connection, "unflagMessage", data, ({ by }) => {
        const flag = room.flagged.find(data.messageId);
        if (!flag) return fail("moderation.already_so");
        if (!canUndo(by.role, flag.by.role)) return fail("moderation.not_on_this_person");
        const { message } = flag;
        return succeed({
          act: { kind: "unflagMessage" as const, message },
          targetId: message.sender.viewerId,
          apply: () => room.flagged.remove(message.messageId),
          tell: () => tellFlagged(room),
        });
      }),
  },
} satisfies Handlers<"flagMessage" | "unflagMessage">;
