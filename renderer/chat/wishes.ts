import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { ViewerId } from "../../preload/contract/ids.ts";
import { type RoomRules, shieldRules } from "../../preload/contract/moderation.ts";
import type { FeedRows } from "./feed.ts";

/**
 * What the reader has asked of the room and the room has not answered yet. The window shows it as done; where the room
 * refuses, it never was.
 */
export type Wish =
  | { readonly kind: "rules"; readonly change: Partial<RoomRules> }
  | { readonly kind: "pinned"; readonly message: ChatMessage | null }
  | { readonly kind: "bond"; readonly viewerId: ViewerId; readonly bond: Bond | null };

/** What keeps a person from speaking. */
export type Bond = "timedOut" | "banned";

/** Of several the latest holds. */
export const rulesWith = (rules: RoomRules, wishes: readonly Wish[]): RoomRules => {
  let wished = rules;
  for (const wish of wishes) {
    if (wish.kind !== "rules") continue;
    const next = { ...wished, ...wish.change };
    wished = next.shield && !wished.shield ? shieldRules(wished) : next;
  }
  return wished;
};

export const pinnedWith = (
  pinned: ChatMessage | null,
  wishes: readonly Wish[],
): ChatMessage | null => {
  const wish = wishes.findLast(({ kind }) => kind === "pinned");
  return wish?.kind === "pinned" ? wish.message : pinned;
};

/** Acts that far back are looked for. */
const looked = 5_000;

/** As the window has heard of it, at `nowMs`; null also where it was not open then. */
const toldBond = (rows: FeedRows, viewerId: ViewerId, nowMs: number): Bond | null => {
  const least = Math.max(rows.first, rows.end - looked);
  for (let row = rows.end - 1; row >= least; row -= 1) {
    const line = rows.at(row);
    if (line?.type !== "event" || line.event.type !== "moderation") continue;
    const { act } = line.event;
    if (!("target" in act) || act.target?.viewerId !== viewerId) continue;
    if (act.kind === "ban") return "banned";
    if (act.kind === "timeOut" && act.untilMs > nowMs) return "timedOut";
    const isLifted = act.kind === "undo" && ["ban", "timeOut"].includes(act.undoneKind);
    if (isLifted || ["timeOut", "liftTimeOut", "unban"].includes(act.kind)) return null;
  }
  return null;
};

export const bondWith = (
  rows: FeedRows,
  viewerId: ViewerId,
  nowMs: number,
  wishes: readonly Wish[],
): Bond | null => {
  const wish = wishes.findLast((each) => each.kind === "bond" && each.viewerId === viewerId);
  return wish?.kind === "bond" ? wish.bond : toldBond(rows, viewerId, nowMs);
};
