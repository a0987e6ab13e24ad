import { randomUUID } from "node:crypto";
import type { Person } from "../../preload/contract/chat.ts";
import { EventId, type RequestId, type ViewerId } from "../../preload/contract/ids.ts";
import { Coins } from "../../preload/contract/money.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { can, type Role } from "../../preload/contract/rights.ts";
import { roomRequests } from "../../preload/contract/room-protocol.ts";
import type { Handlers } from "./handlers.ts";
import { moderatorsOf } from "./moderators.ts";
import { answerOnce } from "./once.ts";
import type { Room } from "./room.ts";
import { standingOf } from "./standing.ts";

export const rehearsalCoins = Coins.parse(100_000);
const noCoins = Coins.parse(0);

/** `观众` and four digits; five where four are taken, and so on. */
export const freeNickname = (room: Room, viewerId: ViewerId): string => {
  for (let digits = 4; ; digits += 1)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const number = Math.floor(room.random() * 10 ** digits);
      const nickname = `观众${String(number).padStart(digits, "0")}`;
      if (!room.identities.isNicknameTaken(nickname, viewerId)) return nickname;
    }
};

/**
 * The person behind a verified token; who comes for the first time gets a nickname, a wallet and a `join` event. Later
 * visits are not recorded, since every reconnect would be one.
 */
export const enter = (
  room: Room,
  viewerId: ViewerId,
  wanted: { readonly role: Role; readonly nickname?: string; readonly test?: boolean },
): Promise<Result<Person>> => {
  const known = room.identities.find(viewerId);
  if (known) return Promise.resolve(succeed(known.person));
  return room.commits.submit((writing) => {
    const meanwhile = room.identities.find(viewerId);
    if (meanwhile) return succeed(meanwhile.person);
    const { role, nickname } = wanted;
    const isFree = nickname !== undefined && !room.identities.isNicknameTaken(nickname, viewerId);
    const person: Person = {
      viewerId,
      nickname: isFree ? nickname : freeNickname(room, viewerId),
      role,
    };
    const atMs = room.clock.now();
    const coins = room.kind === "rehearsal" && role !== "anchor" ? rehearsalCoins : noCoins;
    room.identities.add(person, coins, atMs);
    if (role !== "anchor")
      writing.record({
        eventId: EventId.parse(randomUUID()),
        roomId: room.roomId,
        atMs,
        sender: person,
        test: wanted.test ?? false,
        type: "join",
      });
    return succeed(person);
  });
};

/** Records the first time only; following again is answered likewise. */
export const follow = (
  room: Room,
  sender: Person,
  requestId: RequestId,
  test: boolean,
): Promise<Result<{ following: true }>> => {
  const { viewerId } = sender;
  const atMs = room.clock.now();
  const schema = roomRequests.follow.answer;
  return answerOnce(room, { viewerId, requestId, method: "follow", atMs, schema }, (writing) => {
    if (!room.identities.find(viewerId)?.following) {
      room.identities.setFollowing(viewerId, atMs);
      writing.record({
        eventId: EventId.parse(randomUUID()),
        roomId: room.roomId,
        atMs,
        sender,
        test,
        type: "follow",
      });
    }
    return succeed({ following: true });
  });
};

export const identityHandlers = {
  changeDisplayName: {
    action: "nickname.change",
    explain: () => "nickname.invalid",
    handle: async (room, connection, { displayName }) => {
      const { session } = connection;
      const { viewerId } = session.person;
      const result = await room.commits.submit((writing) => {
        if (room.identities.isNicknameTaken(displayName, viewerId)) return fail("nickname.taken");
        // No part of a name can wait or be starred out.
        if (
          !can(session.person.role, "chat.sendUnbound") &&
          room.blockedWords.live.judge(displayName).severity !== undefined
        )
          return fail("nickname.word_blocked");
        room.identities.rename(viewerId, displayName);
        writing.afterCommit(() => {
          session.person = { ...session.person, nickname: displayName };
        });
        return succeed({});
      });
      if (result.ok) room.announceName(session, displayName);
      return result;
    },
  },

  follow: {
    action: "room.follow",
    handle: (room, { session }, { requestId }) => follow(room, session.person, requestId, false),
  },

  createMediaToken: {
    action: "mediaToken.create",
    handle: async (room, { session }) => succeed(await room.tokens.media(session.person.viewerId)),
  },

  getRoomInfo: {
    action: "room.read",
    handle: (room, { session }) =>
      succeed({
        roomId: room.roomId,
        kind: room.kind,
        self: session.person,
        following: room.identities.find(session.person.viewerId)?.following ?? false,
        programme: room.programme.state,
        viewers: room.audience.viewers,
        latestSeq: room.commits.latestSeq,
        latestChatSeq: room.commits.latestChatSeq,
        viewerUrl: room.viewerUrl,
        rehearsalAudience: room.rehearsal?.isOn ?? false,
        fingerprint: room.fingerprint,
        playback: session.person.role === "anchor" ? room.playback.summary() : null,
        rules: room.moderation.rules.get().rules,
        pinned: room.moderation.pinned.get().message,
        moderators: can(session.person.role, "moderation.read") ? moderatorsOf(room) : null,
        held: can(session.person.role, "message.judge") ? room.held.list() : null,
        flagged: can(session.person.role, "message.flag") ? room.flagged.list() : null,
        standing: standingOf(room, session.person),
      }),
  },
} satisfies Handlers<"changeDisplayName" | "follow" | "createMediaToken" | "getRoomInfo">;
