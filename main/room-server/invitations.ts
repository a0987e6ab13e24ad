import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Person } from "../../preload/contract/chat.ts";
import { EventId, InvitationId, type ViewerId } from "../../preload/contract/ids.ts";
import { type Invitation, InvitationCode } from "../../preload/contract/invitation.ts";
import { Coins } from "../../preload/contract/money.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { EpochMs } from "../../preload/contract/time.ts";
import type { Handlers } from "./handlers.ts";
import { freeNickname } from "./identity.ts";
import type { StoredInvitation } from "./invitation-store.ts";
import { limits } from "./limits.ts";
import { moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

const hourMs = 3_600_000;
const noCoins = Coins.parse(0);

/** The secret of an invitation: 256 bits that only the room's key makes. */
const secretOf = (key: Uint8Array, invitationId: InvitationId): string =>
  createHmac("sha256", key).update(`invitation ${invitationId}`).digest("base64url");

export const createInvitationCodes = (key: Uint8Array) => ({
  codeOf: (invitationId: InvitationId): InvitationCode =>
    InvitationCode.parse(`${invitationId}.${secretOf(key, invitationId)}`),
  /** The id that a genuine code names. */
  verify(code: string): InvitationId | undefined {
    const parsed = InvitationCode.safeParse(code);
    if (!parsed.success) return undefined;
    const [name = "", secret = ""] = parsed.data.split(".");
    const id = InvitationId.parse(name);
    const expected = Buffer.from(secretOf(key, id));
    const given = Buffer.from(secret);
    return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined;
  },
});
export type InvitationCodes = ReturnType<typeof createInvitationCodes>;

const stateOf = (stored: StoredInvitation, nowMs: number): Invitation["state"] => {
  if (stored.redeemedAtMs !== null) return "redeemed";
  if (stored.revokedAtMs !== null) return "revoked";
  return stored.expiresAtMs > nowMs ? "open" : "expired";
};

/** The link that carries the code; in its fragment, which no server and no log gets to see. */
const linkOf = (room: Room, invitationId: InvitationId): string => {
  const url = new URL("moderate", room.viewerUrl);
  const parts = new URLSearchParams({ invite: room.invitationCodes.codeOf(invitationId) });
  if (room.fingerprint !== null) parts.set("fp", room.fingerprint);
  url.hash = parts.toString();
  return url.href;
};

/**
 * Lets the bearer of a code in as a moderator. A code is good for one identity: the same one may come by it again, which
 * happens where an answer was lost.
 */
export const redeem = (room: Room, viewerId: ViewerId, code: string): Promise<Result<Person>> => {
  const invitationId = room.invitationCodes.verify(code);
  if (invitationId === undefined) return Promise.resolve(fail("invitation.invalid"));
  return room.commits.submit((writing) => {
    const { invitations, identities } = room;
    const atMs = room.clock.now();
    const stored = invitations.find(invitationId);
    const known = identities.find(viewerId);
    if (stored?.redeemedBy === viewerId && known?.person.role === "moderator")
      return succeed(known.person);
    // A new identity each: what somebody is and has as a viewer stays out of it.
    if (!stored || known || stateOf(stored, atMs) !== "open") return fail("invitation.invalid");
    const person: Person = {
      viewerId,
      nickname: identities.isNicknameTaken(stored.name, viewerId)
        ? freeNickname(room, viewerId)
        : stored.name,
      role: "moderator",
    };
    identities.add(person, noCoins, atMs);
    invitations.redeem(invitationId, viewerId, atMs);
    const eventId = EventId.parse(randomUUID());
    const seq = writing.record({
      eventId,
      roomId: room.roomId,
      atMs,
      sender: person,
      test: false,
      type: "moderation",
      act: { kind: "redeemInvitation", invitationId, name: stored.name },
      reason: "",
    });
    room.moderation.addAct({ seq, eventId }, viewerId, undefined);
    return succeed(person);
  });
};

export const invitationHandlers = {
  createInvitation: {
    action: "moderator.appoint",
    handle: async (room, connection, data) => {
      const done = await moderate(room, connection, "createInvitation", data, ({ atMs }) => {
        if (room.invitations.openCount(atMs) >= limits.openInvitations)
          return fail("request.too_many");
        const { name } = data;
        const invitationId = InvitationId.parse(randomBytes(12).toString("base64url"));
        const expiresAtMs = EpochMs.parse(atMs + data.hours * hourMs);
        return succeed({
          act: { kind: "inviteModerator" as const, invitationId, name, expiresAtMs },
          apply: () => room.invitations.add(invitationId, name, atMs, expiresAtMs),
        });
      });
      if (!done.ok) return done;
      // Of a repeat it is the first one's act that names the invitation.
      const act = room.moderation.find(done.value.eventId)?.act;
      if (act?.kind !== "inviteModerator") return fail("request.invalid");
      const { invitationId, expiresAtMs } = act;
      return succeed({
        ...done.value,
        invitationId,
        link: linkOf(room, invitationId),
        expiresAtMs,
      });
    },
  },

  revokeInvitation: {
    action: "moderator.appoint",
    handle: (room, connection, data) =>
      moderate(room, connection, "revokeInvitation", data, ({ atMs }) => {
        const { invitationId } = data;
        const stored = room.invitations.find(invitationId);
        if (!stored) return fail("invitation.invalid");
        if (stateOf(stored, atMs) !== "open") return fail("moderation.already_so");
        return succeed({
          act: { kind: "revokeInvitation" as const, invitationId, name: stored.name },
          apply: () => room.invitations.revoke(invitationId, atMs),
        });
      }),
  },

  getInvitations: {
    action: "moderator.appoint",
    handle: (room) => {
      const nowMs = room.clock.now();
      return succeed({
        invitations: room.invitations.newest(limits.listedInvitations).map((stored) => {
          const state = stateOf(stored, nowMs);
          const { invitationId, name, createdAtMs, expiresAtMs } = stored;
          return {
            invitationId,
            name,
            createdAtMs,
            expiresAtMs,
            state,
            link: state === "open" ? linkOf(room, invitationId) : null,
          };
        }),
      });
    },
  },
} satisfies Handlers<"createInvitation" | "revokeInvitation" | "getInvitations">;
