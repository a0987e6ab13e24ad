import { isDeepStrictEqual } from "node:util";
import {
  type ModerationMethod,
  type RoomRules,
  shieldRules,
} from "../../preload/contract/moderation.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { RequestId } from "../../preload/contract/ids.ts";
import type { Connection } from "./connection.ts";
import type { Handlers } from "./handlers.ts";
import { moderate } from "./moderate.ts";
import type { Room } from "./room.ts";
import { tellWaiting } from "./standing.ts";

export const tellRules = (room: Room): void => {
  room.audience.notifyAll(
    "rulesChanged",
    { rules: room.moderation.rules.get().rules },
    ({ scope }) => scope === "full",
  );
  tellWaiting(room);
};

/** Writes the rules that the act `seq` makes, and with the raid shield's beginning those that will come back. */
export const applyRules = ({ moderation }: Room, after: RoomRules, seq: number): void => {
  const { rules: before, beforeShield } = moderation.rules.get();
  const kept = before.shield ? beforeShield : before;
  moderation.rules.set({ rules: after, seq, beforeShield: after.shield ? kept : null });
};

const setRules = (
  room: Room,
  connection: Connection,
  method: ModerationMethod,
  data: { readonly requestId: RequestId; readonly reason: string },
  change: (before: RoomRules) => RoomRules,
) =>
  moderate(room, connection, method, data, () => {
    const before = room.moderation.rules.get().rules;
    const after = change(before);
    if (isDeepStrictEqual(before, after)) return fail("moderation.already_so");
    return succeed({
      act: { kind: "setRules" as const, before, after },
      apply: (seq: number) => applyRules(room, after, seq),
      tell: () => tellRules(room),
    });
  });

export const ruleHandlers = {
  muteAll: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "muteAll", data, (rules) => ({ ...rules, muteAll: data.on })),
  },
  setSlowMode: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "setSlowMode", data, (rules) => ({
        ...rules,
        slowModeSeconds: data.seconds,
      })),
  },
  setFollowersOnly: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "setFollowersOnly", data, (rules) => ({
        ...rules,
        followersOnlyMinutes: data.minutes,
      })),
  },
  setHoldNewcomers: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "setHoldNewcomers", data, (rules) => ({
        ...rules,
        holdNewcomersMinutes: data.minutes,
      })),
  },
  setShield: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "setShield", data, (rules) => {
        if (data.on === rules.shield) return rules;
        if (data.on) return shieldRules(rules);
        return room.moderation.rules.get().beforeShield ?? { ...rules, shield: false };
      }),
  },
} satisfies Handlers<
  "muteAll" | "setSlowMode" | "setFollowersOnly" | "setHoldNewcomers" | "setShield"
>;
