import type { Person } from "../../preload/contract/chat.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { can } from "../../preload/contract/rights.ts";
import type { Room } from "./room.ts";
import { slowModeWaitMs } from "./standing.ts";

const minuteMs = 60_000;

/** Whether this person may say this now. Runs inside the transaction that would write the message. */
export const mayChat = (room: Room, sender: Person, text: string, atMs: number): Result<object> => {
  const { moderation, identities, blockedWords } = room;
  const { viewerId, role } = sender;
  if (moderation.isRestricted(viewerId, "ban", atMs)) return fail("room.banned");
  if (moderation.isRestricted(viewerId, "timeOut", atMs)) return fail("chat.timed_out");
  if (can(role, "chat.sendUnbound")) return succeed({});
  const { muteAll, followersOnlyMinutes } = moderation.rules.get().rules;
  if (muteAll) return fail("chat.muted");
  if (followersOnlyMinutes !== null) {
    const identity = identities.find(viewerId);
    const sinceMs = identity?.followedAtMs ?? Number.NEGATIVE_INFINITY;
    if (!identity?.following || sinceMs > atMs - followersOnlyMinutes * minuteMs)
      return fail("chat.followers_only");
  }
  if (blockedWords.isIn(text)) return fail("chat.word_blocked");
  return slowModeWaitMs(room, sender, atMs) > 0 ? fail("chat.slow_mode") : succeed({});
};
