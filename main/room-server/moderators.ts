import type { ViewerId } from "../../preload/contract/ids.ts";
import type { Moderator } from "../../preload/contract/moderation.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { Role } from "../../preload/contract/rights.ts";
import { roomCloseCodes } from "../../preload/contract/room-protocol.ts";
import type { Handlers } from "./handlers.ts";
import { findTarget, moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

/** Who governs the room, the anchor first. */
export const moderatorsOf = ({ identities, audience }: Room): Moderator[] =>
  identities.governing().map((person) => ({
    person,
    online: [...(audience.find(person.viewerId)?.connections ?? [])].some(
      ({ scope }) => scope === "full",
    ),
  }));

/** The committed role, for those of the person's connections that stay. */
export const changeRole = ({ audience }: Room, viewerId: ViewerId, role: Role): void => {
  const session = audience.find(viewerId);
  if (session) session.person = { ...session.person, role };
};

/** Tells a new moderator and all who govern. */
export const tellAppointed = (room: Room, viewerId: ViewerId): void => {
  for (const connection of room.audience.find(viewerId)?.connections ?? [])
    if (connection.scope === "full") connection.notify("roleChanged", { role: "moderator" });
  room.tellModerators();
};

/** Ends what a former moderator has open; who comes back comes with the role that the room has now. */
export const dismissModerator = (room: Room, viewerId: ViewerId): void => {
  for (const connection of room.audience.find(viewerId)?.connections ?? [])
    connection.close(roomCloseCodes.roleChanged);
  room.tellModerators();
};

export const moderatorHandlers = {
  getModerators: {
    action: "moderation.read",
    handle: (room) => succeed({ moderators: moderatorsOf(room) }),
  },

  appointModerator: {
    action: "moderator.appoint",
    handle: (room, connection, data) =>
      moderate(room, connection, "appointModerator", data, ({ by, atMs }) => {
        const { viewerId } = data;
        const target = findTarget(room, by, "moderator.appoint", viewerId);
        if (!target.ok) return target;
        if (room.moderation.isRestricted(viewerId, "ban", atMs)) return fail("room.banned");
        if (target.value.role === "moderator") return fail("moderation.already_so");
        return succeed({
          act: { kind: "appointModerator" as const, target: target.value },
          targetId: viewerId,
          apply: () => room.identities.setRole(viewerId, "moderator"),
          committed: () => changeRole(room, viewerId, "moderator"),
          tell: () => tellAppointed(room, viewerId),
        });
      }),
  },

  removeModerator: {
    action: "moderator.appoint",
    handle: (room, connection, data) =>
      moderate(room, connection, "removeModerator", data, ({ by }) => {
        const { viewerId } = data;
        const target = findTarget(room, by, "moderator.appoint", viewerId);
        if (!target.ok) return target;
        if (target.value.role !== "moderator") return fail("moderation.already_so");
        return succeed({
          act: { kind: "removeModerator" as const, target: target.value },
          targetId: viewerId,
          apply: () => room.identities.setRole(viewerId, "viewer"),
          committed: () => changeRole(room, viewerId, "viewer"),
          tell: () => dismissModerator(room, viewerId),
        });
      }),
  },
} satisfies Handlers<"getModerators" | "appointModerator" | "removeModerator">;
