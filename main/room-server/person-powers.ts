import { EpochMs } from "../../preload/contract/time.ts";
import type { ViewerId } from "../../preload/contract/ids.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import { roomCloseCodes } from "../../preload/contract/room-protocol.ts";
import { canUndo } from "../../preload/contract/rights.ts";
import type { Handlers } from "./handlers.ts";
import { limits } from "./limits.ts";
import { removeMessages } from "./message-powers.ts";
import { findTarget, moderate } from "./moderate.ts";
import { changeRole } from "./moderators.ts";
import type { Room } from "./room.ts";
import { tellStanding } from "./standing.ts";

/** Says it to a banned person and ends all their connections. */
const expel = (room: Room, viewerId: ViewerId, reason: string): void => {
  for (const connection of room.audience.find(viewerId)?.connections ?? []) {
    connection.notify("banned", { reason });
    connection.close(roomCloseCodes.banned);
  }
};

export const personPowerHandlers = {
  timeOut: {
    action: "person.timeOut",
    handle: (room, connection, data) =>
      moderate(room, connection, "timeOut", data, ({ by, atMs }) => {
        const { viewerId, seconds } = data;
        const target = findTarget(room, by, "person.timeOut", viewerId);
        if (!target.ok) return target;
        const held = room.moderation.restriction(viewerId, "timeOut", atMs);
        if (held && !canUndo(by.role, held.by.role)) return fail("moderation.not_on_this_person");
        const untilMs = EpochMs.parse(atMs + seconds * 1_000);
        const removedMessageIds = data.removeMessages
          ? room.moderation.removableMessages(viewerId)
          : [];
        let tellRemoved: (() => void) | undefined;
        return succeed({
          act: {
            kind: "timeOut" as const,
            target: target.value,
            seconds,
            untilMs,
            removedMessageIds,
          },
          targetId: viewerId,
          apply: (seq: number) => {
            room.moderation.restrict(viewerId, "timeOut", seq, untilMs);
            tellRemoved = removeMessages(room, removedMessageIds, seq);
          },
          tell: () => {
            tellRemoved?.();
            tellStanding(room, viewerId);
          },
        });
      }),
  },

  liftTimeOut: {
    action: "person.timeOut",
    handle: (room, connection, data) =>
      moderate(room, connection, "liftTimeOut", data, ({ by, atMs }) => {
        const { viewerId } = data;
        const target = findTarget(room, by, "person.timeOut", viewerId);
        if (!target.ok) return target;
        const held = room.moderation.restriction(viewerId, "timeOut", atMs);
        if (!held) return fail("moderation.already_so");
        if (!canUndo(by.role, held.by.role)) return fail("moderation.not_on_this_person");
        return succeed({
          act: { kind: "liftTimeOut" as const, target: target.value },
          targetId: viewerId,
          apply: () => room.moderation.lift(viewerId, "timeOut"),
          tell: () => tellStanding(room, viewerId),
        });
      }),
  },

  ban: {
    action: "person.ban",
    handle: (room, connection, data) =>
      moderate(room, connection, "ban", data, ({ by, atMs }) => {
        const { viewerId, reason } = data;
        const target = findTarget(room, by, "person.ban", viewerId);
        if (!target.ok) return target;
        if (room.moderation.isRestricted(viewerId, "ban", atMs))
          return fail("moderation.already_so");
        const removedMessageIds = data.removeMessages
          ? room.moderation.removableMessages(viewerId)
          : [];
        const addressKeys = data.withAddress
          ? (room.audience.find(viewerId)?.addressKeys ?? new Set<string>())
          : new Set<string>();
        const addressesUntilMs = addressKeys.size
          ? EpochMs.parse(atMs + limits.addressBanMs)
          : null;
        const governed = target.value.role === "moderator";
        let tellRemoved: (() => void) | undefined;
        return succeed({
          act: {
            kind: "ban" as const,
            target: target.value,
            addressesUntilMs,
            removedMessageIds,
          },
          targetId: viewerId,
          apply: (seq: number) => {
            room.moderation.restrict(viewerId, "ban", seq, null);
            if (addressesUntilMs !== null)
              room.moderation.banAddresses(addressKeys, seq, addressesUntilMs);
            if (governed) room.identities.setRole(viewerId, "viewer");
            tellRemoved = removeMessages(room, removedMessageIds, seq);
          },
          ...(governed && { committed: () => changeRole(room, viewerId, "viewer") }),
          tell: () => {
            expel(room, viewerId, reason);
            tellRemoved?.();
            if (governed) room.tellModerators();
          },
        });
      }),
  },

  unban: {
    action: "person.ban",
    handle: (room, connection, data) =>
      moderate(room, connection, "unban", data, ({ by, atMs }) => {
        const { viewerId } = data;
        const target = findTarget(room, by, "person.ban", viewerId);
        if (!target.ok) return target;
        const held = room.moderation.restriction(viewerId, "ban", atMs);
        if (!held) return fail("moderation.already_so");
        if (!canUndo(by.role, held.by.role)) return fail("moderation.not_on_this_person");
        return succeed({
          act: { kind: "unban" as const, target: target.value },
          targetId: viewerId,
          apply: () => {
            room.moderation.lift(viewerId, "ban");
            room.moderation.unbanAddresses(held.seq);
          },
        });
      }),
  },

  warn: {
    action: "person.warn",
    handle: (room, connection, data) =>
      moderate(room, connection, "warn", data, ({ by }) => {
        const { viewerId } = data;
        const target = findTarget(room, by, "person.warn", viewerId);
        if (!target.ok) return target;
        return succeed({
          act: { kind: "warn" as const, target: target.value },
          targetId: viewerId,
          apply: (seq: number) => room.moderation.addWarning(viewerId, seq),
          tell: () => tellStanding(room, viewerId),
        });
      }),
  },

  addNote: {
    action: "person.note",
    handle: (room, connection, data) =>
      moderate(room, connection, "addNote", data, ({ by }) => {
        const target = findTarget(room, by, "person.note", data.viewerId);
        if (!target.ok) return target;
        return succeed({
          act: { kind: "addNote" as const, target: target.value, note: data.note },
          targetId: data.viewerId,
        });
      }),
  },
} satisfies Handlers<"timeOut" | "liftTimeOut" | "ban" | "unban" | "warn" | "addNote">;
