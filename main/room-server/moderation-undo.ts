import type { ChatMessage, Person } from "../../preload/contract/chat.ts";
import type { ModerationEntry } from "../../preload/contract/moderation.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { can, canUndo } from "../../preload/contract/rights.ts";
import { decideWords } from "./blocked-words.ts";
import { tellFlagged } from "./flagged-messages.ts";
import type { Handlers } from "./handlers.ts";
import { tellPinned, tellRestored } from "./message-powers.ts";
import { moderate } from "./moderate.ts";
import { changeRole, dismissModerator, tellAppointed } from "./moderators.ts";
import type { Room } from "./room.ts";
import { applyRules, tellRules } from "./room-rules.ts";
import { tellStanding } from "./standing.ts";

/** How one act is taken back. */
interface Reversal {
  readonly target: Person | null;
  readonly restored?: ChatMessage[];
  readonly apply: (seq: number) => void;
  readonly committed?: () => void;
  readonly tell: () => void;
}

const refused = fail("moderation.not_undoable");

const reverse = (room: Room, by: Person, entry: ModerationEntry): Result<Reversal> => {
  const { moderation, identities } = room;
  const { act, seq } = entry;
  switch (act.kind) {
    case "deleteMessage": {
      const restored = moderation.messagesDeletedBy(seq);
      if (!restored.length) return refused;
      return succeed({
        target: act.message.sender,
        restored,
        apply: () => void moderation.restoreMessages(seq),
        tell: () => tellRestored(room, restored),
      });
    }
    case "timeOut":
    case "ban": {
      const { target } = act;
      const { viewerId } = target;
      // A time-out that has run out is still undone for the messages that it took back.
      if (moderation.restriction(viewerId, act.kind, 0)?.seq !== seq) return refused;
      const restored = moderation.messagesDeletedBy(seq);
      return succeed({
        target,
        restored,
        apply: () => {
          moderation.lift(viewerId, act.kind);
          moderation.unbanAddresses(seq);
          moderation.restoreMessages(seq);
        },
        tell: () => {
          tellRestored(room, restored);
          tellStanding(room, viewerId);
        },
      });
    }
    case "warn":
      return succeed({
        target: act.target,
        apply: () => void moderation.closeWarning(act.target.viewerId, seq),
        tell: () => tellStanding(room, act.target.viewerId),
      });
    case "addNote":
      return succeed({ target: act.target, apply: () => undefined, tell: () => undefined });
    case "setRules":
      if (moderation.rules.get().seq !== seq) return refused;
      return succeed({
        target: null,
        apply: (undoSeq) => applyRules(room, act.before, undoSeq),
        tell: () => tellRules(room),
      });
    case "pinMessage": {
      if (moderation.pinned.get().seq !== seq) return refused;
      const before = act.before && moderation.message(act.before.messageId);
      return succeed({
        target: null,
        apply: (undoSeq) => moderation.pinned.set({ message: before ?? null, seq: undoSeq }),
        tell: () => tellPinned(room),
      });
    }
    case "flagMessage": {
      const { messageId } = act.message;
      if (room.flagged.seqOf(messageId) !== seq) return refused;
      return succeed({
        target: act.message.sender,
        apply: () => room.flagged.remove(messageId),
        tell: () => tellFlagged(room),
      });
    }
    case "unflagMessage": {
      const { messageId } = act.message;
      if (room.flagged.seqOf(messageId) !== undefined || !moderation.message(messageId))
        return refused;
      if (room.flagged.isFull()) return fail("moderation.flagged_full");
      return succeed({
        target: act.message.sender,
        apply: (undoSeq) => room.flagged.add(messageId, undoSeq),
        tell: () => tellFlagged(room),
      });
    }
    case "changeBlockedWords": {
      const change = decideWords(
        room,
        act.removed,
        act.added.map(({ word }) => word),
      );
      if (!change.ok) return refused;
      const { apply, committed } = change.value;
      return succeed({ target: null, apply, committed, tell: () => undefined });
    }
    case "appointModerator":
    case "removeModerator": {
      const { viewerId } = act.target;
      const [is, becomes] =
        act.kind === "appointModerator"
          ? (["moderator", "viewer"] as const)
          : (["viewer", "moderator"] as const);
      const target = identities.find(viewerId)?.person;
      if (!can(by.role, "moderator.appoint") || target?.role !== is) return refused;
      return succeed({
        target,
        apply: () => identities.setRole(viewerId, becomes),
        committed: () => changeRole(room, viewerId, becomes),
        tell: () =>
          becomes === "moderator"
            ? tellAppointed(room, viewerId)
            : dismissModerator(room, viewerId),
      });
    }
    case "inviteModerator":
    case "revokeInvitation":
    case "redeemInvitation":
    case "liftTimeOut":
    case "unban":
    case "announce":
    case "importBlockedWords":
    case "clearBlockedWords":
    case "allowMessage":
    case "denyMessage":
    case "undo":
      return refused;
    default:
      return act satisfies never;
  }
};

export const undoHandlers = {
  undoModeration: {
    action: "moderation.undo",
    handle: (room, connection, data) =>
      moderate(room, connection, "undoModeration", data, ({ by }) => {
        const entry = room.moderation.find(data.eventId);
        if (!entry) return fail("moderation.entry_unknown");
        if (entry.undoneBy !== null) return fail("moderation.already_so");
        if (!canUndo(by.role, entry.by.role)) return fail("moderation.not_on_this_person");
        const reversal = reverse(room, by, entry);
        if (!reversal.ok) return reversal;
        const { target, restored = [], apply, committed, tell } = reversal.value;
        return succeed({
          act: {
            kind: "undo" as const,
            undoneEventId: entry.eventId,
            undoneKind: entry.act.kind,
            target,
            restoredMessages: restored,
          },
          ...(target && { targetId: target.viewerId }),
          undoesSeq: entry.seq,
          apply,
          ...(committed && { committed }),
          tell,
        });
      }),
  },
} satisfies Handlers<"undoModeration">;
