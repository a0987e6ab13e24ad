import { fail, succeed } from "../../preload/contract/result.ts";
import type { Handlers } from "./handlers.ts";
import type { Room } from "./room.ts";

const cardLines = 50;

const withoutSeq = <T extends { readonly seq: number }>(
  held: T | undefined,
): Omit<T, "seq"> | null => {
  if (!held) return null;
  const { seq: _seq, ...restriction } = held;
  return restriction;
};

export const moderationLogHandlers = {
  getModerationLog: {
    action: "moderation.read",
    handle: (room, _connection, { beforeSeq, limit }) =>
      succeed({
        entries: room.moderation.entriesBefore(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit),
      }),
  },

  getViewerCard: {
    action: "moderation.read",
    handle: (room: Room, _connection, { viewerId }) => {
      const identity = room.identities.find(viewerId);
      if (!identity) return fail("moderation.person_unknown");
      const { moderation, audience } = room;
      const nowMs = room.clock.now();
      const gifts = moderation.giftsOf(viewerId);
      return succeed({
        person: identity.person,
        online: (audience.find(viewerId)?.connections.size ?? 0) > 0,
        firstSeenMs: identity.firstSeenMs,
        following: identity.following,
        followedAtMs: identity.followedAtMs,
        giftCoins: gifts.coins,
        giftCount: gifts.count,
        gifts: moderation.sentBy(viewerId, cardLines),
        messageCount: moderation.messageCount(viewerId),
        messages: moderation.messagesOf(viewerId, cardLines),
        timedOut: withoutSeq(moderation.restriction(viewerId, "timeOut", nowMs)),
        banned: withoutSeq(moderation.restriction(viewerId, "ban", nowMs)),
        entries: moderation.entriesOn(viewerId, cardLines),
      });
    },
  },
} satisfies Handlers<"getModerationLog" | "getViewerCard">;
