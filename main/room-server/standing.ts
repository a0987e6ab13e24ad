import type { Person } from "../../preload/contract/chat.ts";
import type { ViewerId } from "../../preload/contract/ids.ts";
import { longestSlowModeSeconds, type Standing } from "../../preload/contract/moderation.ts";
import { succeed, fail } from "../../preload/contract/result.ts";
import { can } from "../../preload/contract/rights.ts";
import type { Handlers } from "./handlers.ts";
import type { Room } from "./room.ts";

/** When this person last spoke, also what is still held; 0 is never. */
const spokeAtMs = ({ moderation, held }: Room, viewerId: ViewerId): number =>
  Math.max(moderation.lastChatAtMs(viewerId) ?? 0, held.lastAtMs(viewerId) ?? 0);

/** Milliseconds until slow mode lets this person speak again; 0 is now. */
export const slowModeWaitMs = (room: Room, person: Person, nowMs: number): number => {
  const { slowModeSeconds } = room.moderation.rules.get().rules;
  if (slowModeSeconds === null || can(person.role, "chat.sendUnbound")) return 0;
  const lastMs = spokeAtMs(room, person.viewerId);
  if (lastMs === 0) return 0;
  // A clock that was set back must not silence anybody for longer than the rule says.
  return Math.min(slowModeSeconds * 1_000, Math.max(0, lastMs + slowModeSeconds * 1_000 - nowMs));
};

/** Null where nothing binds this person. */
export const standingOf = (room: Room, person: Person): Standing | null => {
  const nowMs = room.clock.now();
  const timeOut = room.moderation.restriction(person.viewerId, "timeOut", nowMs);
  const warning = room.moderation.pendingWarning(person.viewerId);
  const waitMs = slowModeWaitMs(room, person, nowMs);
  if (!timeOut && !warning && waitMs === 0) return null;
  return {
    timedOut:
      timeOut && timeOut.untilMs !== null
        ? { leftMs: timeOut.untilMs - nowMs, reason: timeOut.reason }
        : null,
    warning: warning
      ? { eventId: warning.eventId, atMs: warning.atMs, reason: warning.reason }
      : null,
    mayChatInMs: waitMs === 0 ? null : waitMs,
  };
};

const free: Standing = { timedOut: null, warning: null, mayChatInMs: null };

/** Tells a person, on every connection, what binds them now. */
export const tellStanding = (room: Room, viewerId: ViewerId): void => {
  const session = room.audience.find(viewerId);
  if (!session?.connections.size) return;
  const standing = standingOf(room, session.person) ?? free;
  for (const connection of session.connections)
    if (connection.scope === "full") connection.notify("standingChanged", { standing });
};

/** Once slow mode has changed: tells whoever may be waiting for it how long that is now. */
export const tellWaiting = (room: Room): void => {
  const sinceMs = room.clock.now() - longestSlowModeSeconds * 1_000;
  const connected = new Set([...room.audience.connections].map(({ session }) => session));
  for (const { person } of connected)
    if (spokeAtMs(room, person.viewerId) > sinceMs) tellStanding(room, person.viewerId);
};

export const standingHandlers = {
  acknowledgeWarning: {
    action: "warning.acknowledge",
    handle: (room, { session }, { eventId }) => {
      const { viewerId } = session.person;
      return room.commits.submit((writing) => {
        const warning = room.moderation.find(eventId);
        if (!warning || !room.moderation.closeWarning(viewerId, warning.seq))
          return fail("moderation.entry_unknown");
        writing.afterPublish(() => tellStanding(room, viewerId));
        return succeed({});
      });
    },
  },
} satisfies Handlers<"acknowledgeWarning">;
