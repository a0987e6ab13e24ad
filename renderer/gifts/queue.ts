import type { GiftTier, RecordEvent } from "../../preload/contract/gift.ts";

/** A gift combo of one sender, or a new follower. `id` is unique among what waits. */
export type Alert =
  | {
      readonly kind: "gift";
      readonly id: string;
      readonly sender: string;
      readonly giftId: string;
      readonly giftName: { readonly "zh-CN": string; readonly en: string };
      readonly tier: GiftTier;
      readonly comboCount: number;
      /** What the events that were taken in since add up to. */
      readonly addedCount: number;
      readonly unitCoins: number;
      readonly arrivedAtMs: number;
    }
  | {
      readonly kind: "follow";
      readonly id: string;
      readonly sender: string;
      readonly arrivedAtMs: number;
    };

export interface ActiveAlert {
  readonly alert: Alert;
  readonly startedAtMs: number;
  /** When the combo's count grew last; the start where it has not. */
  readonly grewAtMs: number;
  /** Gone from the picture by then; moves while the combo grows. */
  readonly endsAtMs: number;
}

/** `folded` gifts and follows were not shown one by one since the queue was last empty. */
export interface AlertQueue {
  readonly active: ActiveAlert | null;
  readonly waiting: readonly Alert[];
  readonly folded: number;
}

export const emptyQueue: AlertQueue = { active: null, waiting: [], folded: 0 };

/** More than this do not wait: the least valuable, and of those the newest, is folded into a count. */
export const maxWaiting = 50;
/** While so many wait, each is shown for half its time. */
const hurryFrom = 8;
/** A combo that keeps growing stays for so long at most; what comes then waits for its next turn. */
const maxShownMs = 15_000;
/** A grown count can be read for at least so long. */
const afterGrowthMs = 1_800;
export const exitMs = 320;

const shownMs: Readonly<Record<GiftTier | "follow", number>> = {
  follow: 2_600,
  small: 3_200,
  medium: 4_000,
  large: 5_500,
  grand: 7_500,
};

const valueOf = (alert: Alert): number =>
  alert.kind === "gift" ? alert.comboCount * alert.unitCoins : 0;

/** Most valuable first, then oldest. */
const byValueThenAge = (a: Alert, b: Alert): number =>
  valueOf(b) - valueOf(a) || a.arrivedAtMs - b.arrivedAtMs;

const alertOf = (event: RecordEvent, nowMs: number): Alert | undefined => {
  switch (event.type) {
    case "gift":
      return {
        kind: "gift",
        id: event.comboId,
        sender: event.sender.nickname,
        giftId: event.giftId,
        giftName: event.giftName,
        tier: event.tier,
        comboCount: event.comboCount,
        addedCount: event.count,
        unitCoins: event.unitCoins,
        arrivedAtMs: nowMs,
      };
    case "follow":
      return {
        kind: "follow",
        id: event.eventId,
        sender: event.sender.nickname,
        arrivedAtMs: nowMs,
      };
    case "tip":
    case "join":
    case "guard":
    case "order":
    case "share":
    case "like":
      return undefined;
    default:
      return event satisfies never;
  }
};

const grow = (known: Alert, newer: Alert): Alert =>
  known.kind === "gift" && newer.kind === "gift"
    ? {
        ...known,
        comboCount: Math.max(known.comboCount, newer.comboCount),
        addedCount: known.addedCount + newer.addedCount,
      }
    : known;

const foldSize = (alert: Alert): number => (alert.kind === "gift" ? alert.comboCount : 1);

const enqueueOne = (queue: AlertQueue, alert: Alert, nowMs: number): AlertQueue => {
  const { active } = queue;
  if (
    active?.alert.id === alert.id &&
    nowMs < active.endsAtMs - exitMs &&
    nowMs < active.startedAtMs + maxShownMs
  ) {
    const grown = grow(active.alert, alert);
    if (grown.kind !== "gift" || active.alert.kind !== "gift") return queue;
    if (grown.comboCount === active.alert.comboCount) return queue; // a platform's closing event adds nothing
    const endsAtMs = Math.max(active.endsAtMs, nowMs + afterGrowthMs + exitMs);
    return { ...queue, active: { ...active, alert: grown, grewAtMs: nowMs, endsAtMs } };
  }
  const known = queue.waiting.some(({ id }) => id === alert.id);
  const waiting = known
    ? queue.waiting.map((other) => (other.id === alert.id ? grow(other, alert) : other))
    : [...queue.waiting, alert];
  waiting.sort(byValueThenAge);
  const kept = waiting.slice(0, maxWaiting);
  const folded = waiting.slice(maxWaiting).reduce((sum, other) => sum + foldSize(other), 0);
  return { ...queue, waiting: kept, folded: queue.folded + folded };
};

/** Takes in what was committed, oldest first; events that are no alert change nothing. */
export const enqueueEvents = (
  queue: AlertQueue,
  events: readonly RecordEvent[],
  nowMs: number,
): AlertQueue => {
  let result = queue;
  for (const event of events) {
    const alert = alertOf(event, nowMs);
    if (alert) result = enqueueOne(result, alert, nowMs);
  }
  return result;
};

/** Ends what is over and starts what is next. Called for each picture. */
export const advanceQueue = (queue: AlertQueue, nowMs: number): AlertQueue => {
  if (queue.active && nowMs < queue.active.endsAtMs) return queue;
  const [next, ...waiting] = queue.waiting;
  if (!next) return queue.active || queue.folded ? emptyQueue : queue;
  const fullMs = shownMs[next.kind === "gift" ? next.tier : "follow"];
  const endsAtMs = nowMs + (waiting.length >= hurryFrom ? fullMs / 2 : fullMs);
  return {
    ...queue,
    active: { alert: next, startedAtMs: nowMs, grewAtMs: nowMs, endsAtMs },
    waiting,
  };
};
