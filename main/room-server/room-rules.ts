import { isDeepStrictEqual } from "node:util";
import type { ModerationMethod, RoomRules } from "../../preload/contract/moderation.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { RequestId } from "../../preload/contract/ids.ts";
import type { Connection } from "./connection.ts";
import type { Handlers } from "./handlers.ts";
import { moderate } from "./moderate.ts";
import type { Room } from "./room.ts";

export const tellRules = (room: Room): void =>
  room.audience.notifyAll(
    "rulesChanged",
    { rules: room.moderation.rules.get().rules },
    ({ scope }) => scope === "full",
  );

const setRules = (
  room: Room,
  connection: Connection,
  method: ModerationMethod,
  data: { readonly requestId: RequestId; readonly reason: string },
  change: Partial<RoomRules>,
) =>
  moderate(room, connection, method, data, () => {
    const { rules } = room.moderation;
    const before = rules.get().rules;
    const after = { ...before, ...change };
    if (isDeepStrictEqual(before, after)) return fail("moderation.already_so");
    return succeed({
      act: { kind: "setRules" as const, before, after },
      apply: (seq: number) => rules.set({ rules: after, seq }),
      tell: () => tellRules(room),
    });
  });

export const ruleHandlers = {
  muteAll: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "muteAll", data, { muteAll: data.on }),
  },
  setSlowMode: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "setSlowMode", data, { slowModeSeconds: data.seconds }),
  },
  setFollowersOnly: {
    action: "rules.set",
    handle: (room, connection, data) =>
      setRules(room, connection, "setFollowersOnly", data, { followersOnlyMinutes: data.minutes }),
  },
} satisfies Handlers<"muteAll" | "setSlowMode" | "setFollowersOnly">;
