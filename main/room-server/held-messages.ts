import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Person } from "../../preload/contract/chat.ts";
import type { MessageId, ViewerId } from "../../preload/contract/ids.ts";
import { HeldMessage, mostHeldMessages } from "../../preload/contract/moderation.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { can } from "../../preload/contract/rights.ts";
import { EpochMs } from "../../preload/contract/time.ts";
import type { Writing } from "./group-commit.ts";
import type { Handlers } from "./handlers.ts";
import { limits } from "./limits.ts";
import { moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

const BodyRow = z
  .object({ body: z.string() })
  .transform(({ body }) => HeldMessage.parse(JSON.parse(body)));
const CountRow = z.object({ count: z.int().nonnegative() });
const TimeRow = z.object({ at_ms: EpochMs });

/** Messages that wait for a moderator. Writes belong into a transaction of `GroupCommit`. */
export const createHeldMessages = (db: DatabaseSync) => {
  const insert = db.prepare(
    "INSERT INTO held_message (message_id, viewer_id, at_ms, body) VALUES (?, ?, ?, ?)",
  );
  const remove = db.prepare("DELETE FROM held_message WHERE message_id = ?");
  const selectOne = db.prepare("SELECT body FROM held_message WHERE message_id = ?");
  const selectAll = db.prepare("SELECT body FROM held_message ORDER BY place LIMIT ?");
  const countAll = db.prepare("SELECT count(*) AS count FROM held_message");
  const countOf = db.prepare("SELECT count(*) AS count FROM held_message WHERE viewer_id = ?");
  const selectLast = db.prepare(
    "SELECT at_ms FROM held_message WHERE viewer_id = ? ORDER BY place DESC LIMIT 1",
  );
  return {
    /** Oldest first. */
    list: (): HeldMessage[] => selectAll.all(mostHeldMessages).map((row) => BodyRow.parse(row)),
    find(messageId: MessageId): HeldMessage | undefined {
      const row = selectOne.get(messageId);
      return row && BodyRow.parse(row);
    },
    count: (): number => CountRow.parse(countAll.get()).count,
    countOf: (viewerId: ViewerId): number => CountRow.parse(countOf.get(viewerId)).count,
    lastAtMs(viewerId: ViewerId): number | undefined {
      const row = selectLast.get(viewerId);
      return row && TimeRow.parse(row).at_ms;
    },
    add(message: HeldMessage): void {
      const { messageId, sender, atMs } = message;
      insert.run(messageId, sender.viewerId, atMs, JSON.stringify(message));
    },
    remove(messageId: MessageId): void {
      remove.run(messageId);
    },
  };
};
export type HeldMessages = ReturnType<typeof createHeldMessages>;

const governs = (scope: string, { role }: Person): boolean =>
  scope === "full" && can(role, "message.judge");

/**
 * Tells those who govern what came and went, gathered: in a raid hundreds come in a second.
 */
export class HeldNotices {
  readonly #room: Pick<Room, "audience" | "clock">;
  #added = new Map<MessageId, HeldMessage>();
  #removed: MessageId[] = [];
  #cancel: (() => void) | undefined;

  constructor(room: Pick<Room, "audience" | "clock">) {
    this.#room = room;
  }

  note(added: readonly HeldMessage[], removed: readonly MessageId[]): void {
    for (const message of added) this.#added.set(message.messageId, message);
    for (const messageId of removed)
      if (!this.#added.delete(messageId)) this.#removed.push(messageId);
    this.#cancel ??= this.#room.clock.after(limits.heldNoticeMs, () => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const data = { added: [...this.#added.values()], removed: this.#removed };
    this.#added = new Map();
    this.#removed = [];
    if (data.added.length || data.removed.length)
      this.#room.audience.notifyAll("heldChanged", data, ({ scope, session }) =>
        governs(scope, session.person),
      );
  }
}

/** Puts a message aside, where there is room for it. Runs inside the transaction that answers its sender. */
export const holdMessage = (room: Room, message: HeldMessage, writing: Writing): Result<object> => {
  const { held, heldNotices } = room;
  if (
    held.count() >= mostHeldMessages ||
    held.countOf(message.sender.viewerId) >= limits.heldOfPerson
  )
    return fail("chat.held_full");
  held.add(message);
  writing.afterPublish(() => heldNotices.note([message], []));
  return succeed({});
};

const decide = (room: Room, messageId: MessageId, allowed: boolean, reason: string) => {
  const message = room.held.find(messageId);
  if (!message) return fail("moderation.message_unknown");
  const { viewerId } = message.sender;
  return succeed({
    message,
    targetId: viewerId,
    tell: () => {
      room.heldNotices.note([], [messageId]);
      const session = room.audience.find(viewerId);
      for (const connection of session?.connections ?? [])
        if (connection.scope === "full")
          connection.notify("heldDecided", { messageId, text: message.text, allowed, reason });
    },
  });
};

export const heldMessageHandlers = {
  getHeldMessages: {
    action: "message.judge",
    handle: (room) => succeed({ messages: room.held.list() }),
  },

  allowMessage: {
    action: "message.judge",
    handle: (room, connection, data) =>
      moderate(room, connection, "allowMessage", data, ({ atMs, writing }) => {
        const decided = decide(room, data.messageId, true, data.reason);
        if (!decided.ok) return decided;
        const { message, targetId, tell } = decided.value;
        const { messageId, sender } = message;
        return succeed({
          act: { kind: "allowMessage" as const, message },
          targetId,
          apply: () => {
            room.held.remove(messageId);
            // Words of the list that are only starred out stay so.
            const { text } = room.blockedWords.live.judge(message.text);
            writing.chat({ messageId, roomId: room.roomId, atMs, sender, text });
          },
          tell,
        });
      }),
  },

  denyMessage: {
    action: "message.judge",
    handle: (room, connection, data) =>
      moderate(room, connection, "denyMessage", data, () => {
        const decided = decide(room, data.messageId, false, data.reason);
        if (!decided.ok) return decided;
        const { message, targetId, tell } = decided.value;
        return succeed({
          act: { kind: "denyMessage" as const, message },
          targetId,
          apply: () => room.held.remove(message.messageId),
          tell,
        });
      }),
  },
} satisfies Handlers<"getHeldMessages" | "allowMessage" | "denyMessage">;
