import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { RecordEvent } from "../../preload/contract/gift.ts";
import type { ModerationAct, RoomRules } from "../../preload/contract/moderation.ts";

const changed = (before: RoomRules, after: RoomRules): string =>
  (Object.keys(after) as (keyof RoomRules)[])
    .filter((rule) => before[rule] !== after[rule])
    .map((rule) => ` ${rule}=${String(after[rule])}`)
    .join("");

const nameOf = (act: ModerationAct): string => {
  if (act.kind === "setRules") return act.kind + changed(act.before, act.after);
  if (act.kind === "undo") return `${act.kind} ${act.undoneKind}`;
  if (act.kind === "timeOut") return `${act.kind} ${act.seconds} s`;
  return act.kind === "pinMessage" && act.after === null ? "unpinMessage" : act.kind;
};

/** The moderation log of the room on the disk, oldest first: by whom, what, and why. */
export const readActs = (userDataDir: string): (readonly [string, string, string])[] => {
  const db = new DatabaseSync(join(userDataDir, "room", "room.db"), { readOnly: true });
  try {
    return db
      .prepare("SELECT body FROM record WHERE type = 'moderation' ORDER BY seq")
      .all()
      .map(({ body }) => RecordEvent.parse(JSON.parse(String(body))))
      .flatMap((event) =>
        event.type === "moderation"
          ? [[event.sender.role, nameOf(event.act), event.reason] as const]
          : [],
      );
  } finally {
    db.close();
  }
};
