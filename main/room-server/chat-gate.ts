import type { Person } from "../../preload/contract/chat.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { can } from "../../preload/contract/rights.ts";
import type { Room } from "./room.ts";
import { slowModeWaitMs } from "./standing.ts";

const minuteMs = 60_000;

/** Whether this person may speak now. Runs inside the transaction that would write the message. */
export const mayChat = (room: Room, sender: Person, atMs: number): Result<object> => {
  const { moderation, identities } = room;
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
  return slowModeWaitMs(room, sender, atMs) > 0 ? fail("chat.slow_mode") : succeed({});
};

/** What becomes of the words of somebody who may speak. */
export type Judgement =
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "held"; readonly words: readonly string[] };

export const judgeText = (
  room: Room,
  sender: Person,
  text: string,
  atMs: number,
): Result<Judgement> => {
  if (can(sender.role, "chat.sendUnbound")) return succeed({ kind: "said", text });
  const { severity, words, text: starred } = room.blockedWords.live.judge(text);
  if (severity === "block") return fail("chat.word_blocked");
  const { holdNewcomersMinutes } = room.moderation.rules.get().rules;
  const isNew =
    holdNewcomersMinutes !== null &&
    (room.identities.find(sender.viewerId)?.firstSeenMs ?? atMs) >
      atMs - holdNewcomersMinutes * minuteMs;
  if (severity === "hold" || isNew)
    return succeed({ kind: "held", words: severity === "hold" ? words : [] });
  return succeed({ kind: "said", text: starred });
};
