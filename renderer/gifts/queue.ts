import type { AlertTemplates } from "../../preload/contract/alert-template.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { AlertRule } from "../../preload/contract/settings.ts";
import { type Alert, cardOf, foldSizeOf, type Lane, laneOf, toneOf, valueOf } from "./alert.ts";
import { alertByRules } from "./alert-rules.ts";
import { milestoneBetween } from "./combo-milestones.ts";
import { usualTemplates } from "./templates/built-in-templates.ts";

export interface ActiveAlert {
  readonly alert: Alert;
  /** Its place in its lane, from 0; kept as long as it is shown. */
  readonly slot: number;
  readonly startedAtMs: number;
  /** When the combo's count grew last; the start where it has not. */
  readonly grewAtMs: number;
  /** What the combo came to when it last grew, where that is to be celebrated. */
  readonly milestone: number | null;
  /** Gone from the picture by then; moves while the combo grows and while many wait. */
  readonly endsAtMs: number;
}

export interface AlertQueue {
  readonly active: readonly ActiveAlert[];
  /** In the order in which they would be shown if none got too old; at most `maxWaiting` of each lane. */
  readonly waiting: readonly Alert[];
  /** So many gifts and others were not shown one by one since the queue was last empty. */
  readonly folded: number;
  readonly foldedAtMs: number;
  /** Since when nothing begins but what the anchor replays; null where alerts are not paused. */
  readonly pausedAtMs: number | null;
  /** How many have come to wait. */
  readonly arrived: number;
  /** How many were begun in each lane. */
  readonly begun: Readonly<Record<Lane, number>>;
  /** What was begun last, for `replayLast`. */
  readonly last: Alert | null;
}

/** What the anchor wants of the alerts. */
export type AlertControl =
  | { readonly action: "pause" | "resume" }
  /** Ends what is shown. */
  | { readonly action: "skip" }
  /** What waits is not shown one by one, but counted as folded. */
  | { readonly action: "clear" }
  | { readonly action: "replayLast" }
  | { readonly action: "replay"; readonly event: RecordEvent };

export const emptyQueue: AlertQueue = {
  active: [],
  waiting: [],
  folded: 0,
  foldedAtMs: 0,
  pausedAtMs: null,
  arrived: 0,
  begun: { banner: 0, spotlight: 0 },
  last: null,
};

export const lanes = ["banner", "spotlight"] as const satisfies readonly Lane[];
export const slotsOf: Readonly<Record<Lane, number>> = { banner: 3, spotlight: 1 };
/** More than this do not wait for a lane: the least valuable, and of those the newest, is folded. */
export const maxWaiting = 50;
/** Of each tier so many of the oldest are not folded for dearer ones: a small gift has its turn in any storm. */
export const keptOldest = 4;
/** Who has waited for so long, pauses left out, is folded: a bound on how late thanks may come. */
export const maxWaitMs: Readonly<Record<Lane, number>> = { banner: 60_000, spotlight: 180_000 };
/** Each so-manieth turn of a lane is the oldest's, whatever it is worth. */
export const turnOfOldest = 3;
/** While so many wait in a lane, each is shown for its least time. */
const hurryFrom: Readonly<Record<Lane, number>> = { banner: 8, spotlight: 3 };
/** A combo that keeps growing stays for so long at most; what comes then waits for its next turn. */
export const maxShownMs = 15_000;
/** Nothing stays longer, whatever a template and an animation ask for. */
export const longestShownMs = 24_000;
/** A grown count can be read for at least so long. */
const afterGrowthMs = 1_800;
/** How many were folded is told for at least so long. */
const foldedShownMs = 4_000;
/** More replays than this do not wait. */
const maxReplays = 10;

export const exitMsOf = (alert: Alert): number => cardOf(alert).exit.durationMs;
/** Nothing but the anchor ends an alert sooner. */
export const leastShownMs = (alert: Alert): number => toneOf(alert).shownMs / 2;

/** Replays first, then the most valuable, then the oldest. */
const inOrder = (a: Alert, b: Alert): number =>
  Number(b.replayed) - Number(a.replayed) || valueOf(b) - valueOf(a) || a.order - b.order;

/** As the newer one wants to be shown: a combo may have come to what a rule asks for. */
const grow = (known: Alert, newer: Alert): Alert =>
  known.kind === "gift" && newer.kind === "gift"
    ? {
        ...known,
        template: newer.template,
        tier: newer.tier,
        show: newer.show,
        silent: newer.silent,
        scene: newer.scene,
        text: newer.text,
        comboCount: Math.max(known.comboCount, newer.comboCount),
        addedCount: known.addedCount + newer.addedCount,
      }
    : known;

/** Gone from the picture soon: nothing new begins with it. */
export const isLeaving = ({ alert, endsAtMs }: ActiveAlert, nowMs: number): boolean =>
  nowMs >= endsAtMs - exitMsOf(alert);

const fold = (queue: AlertQueue, alerts: readonly Alert[], nowMs: number): AlertQueue => {
  const size = alerts.reduce((sum, alert) => sum + foldSizeOf(alert), 0);
  return size > 0 ? { ...queue, folded: queue.folded + size, foldedAtMs: nowMs } : queue;
};

/** Folds one of a lane in which one too many waits. */
const foldRest = (queue: AlertQueue, lane: Lane, nowMs: number): AlertQueue => {
  const rivals = queue.waiting.filter((alert) => laneOf(alert) === lane);
  if (rivals.length <= maxWaiting) return queue;
  const isKept = ({ tier, order }: Alert): boolean =>
    rivals.filter((other) => other.tier === tier && other.order < order).length < keptOldest;
  const least = rivals.findLast((alert) => !isKept(alert));
  if (!least) return queue;
  const waiting = queue.waiting.filter((alert) => alert !== least);
  return fold({ ...queue, waiting }, [least], nowMs);
};

const enqueueOne = (queue: AlertQueue, alert: Alert, nowMs: number): AlertQueue => {
  const shown = queue.active.find((active) => active.alert.id === alert.id);
  const exitMs = shown ? exitMsOf(shown.alert) : 0;
  const readableMs = nowMs + afterGrowthMs + exitMs;
  if (
    shown &&
    !isLeaving(shown, nowMs) &&
    readableMs <= shown.startedAtMs + maxShownMs &&
    shown.alert.kind === "gift" &&
    alert.kind === "gift"
  ) {
    const grown: ActiveAlert = {
      ...shown,
      // What is shown stays in its place.
      alert: {
        ...grow(shown.alert, alert),
        tier: shown.alert.tier,
        template: shown.alert.template,
      },
      grewAtMs: nowMs,
      milestone: milestoneBetween(shown.alert.comboCount, alert.comboCount),
      endsAtMs: Math.max(shown.endsAtMs, readableMs),
    };
    const active = queue.active.map((other) => (other === shown ? grown : other));
    return { ...queue, active, last: queue.last?.id === alert.id ? grown.alert : queue.last };
  }
  const known = queue.waiting.find(({ id }) => id === alert.id);
  const wanted = known ? grow(known, alert) : { ...alert, order: queue.arrived };
  const waiting = [...queue.waiting.filter((other) => other !== known), wanted].toSorted(inOrder);
  const arrived = queue.arrived + (known ? 0 : 1);
  return foldRest({ ...queue, waiting, arrived }, laneOf(wanted), nowMs);
};

/** Takes in what was committed, oldest first; events that are no alert change nothing. */
export const enqueueEvents = (
  queue: AlertQueue,
  events: readonly RecordEvent[],
  nowMs: number,
  rules: readonly AlertRule[] = [],
  templates: AlertTemplates = usualTemplates,
): AlertQueue => {
  let result = queue;
  for (const event of events) {
    // Waiting begins with the end of a pause, see `resume`.
    const alert = alertByRules(event, rules, queue.pausedAtMs ?? nowMs, templates);
    if (alert) result = enqueueOne(result, alert, nowMs);
  }
  return result;
};

const isHurried = (queue: AlertQueue, lane: Lane): boolean =>
  queue.waiting.filter((alert) => laneOf(alert) === lane).length >= hurryFrom[lane];

/** Whoever has waited too long is folded; not while paused, when nobody could have been shown. */
const foldOld = (queue: AlertQueue, nowMs: number): AlertQueue => {
  if (queue.pausedAtMs !== null) return queue;
  const isOld = (alert: Alert): boolean =>
    !alert.replayed && nowMs - alert.arrivedAtMs >= maxWaitMs[laneOf(alert)];
  const old = queue.waiting.filter(isOld);
  if (!old.length) return queue;
  return fold({ ...queue, waiting: queue.waiting.filter((alert) => !isOld(alert)) }, old, nowMs);
};

/** Ends what is over, and sooner where many wait. */
const endActive = (queue: AlertQueue, nowMs: number): AlertQueue => {
  const hurried = new Set(lanes.filter((lane) => isHurried(queue, lane)));
  let changed = false;
  const active = queue.active.flatMap((each) => {
    if (nowMs >= each.endsAtMs) {
      changed = true;
      return [];
    }
    if (!hurried.has(laneOf(each.alert))) return [each];
    const exitMs = exitMsOf(each.alert);
    const hasGrown = each.grewAtMs > each.startedAtMs;
    const endsAtMs = Math.max(
      each.startedAtMs + leastShownMs(each.alert),
      hasGrown ? each.grewAtMs + afterGrowthMs + exitMs : 0,
      nowMs + exitMs,
    );
    if (endsAtMs >= each.endsAtMs) return [each];
    changed = true;
    return [{ ...each, endsAtMs }];
  });
  return changed ? { ...queue, active } : queue;
};

const nextOf = (queue: AlertQueue, lane: Lane): Alert | undefined => {
  const shown = new Set(queue.active.map(({ alert }) => alert.id));
  const able = queue.waiting.filter(
    (alert) =>
      laneOf(alert) === lane &&
      !shown.has(alert.id) &&
      (alert.replayed || queue.pausedAtMs === null),
  );
  const [first] = able;
  if (!first || first.replayed || queue.begun[lane] % turnOfOldest !== turnOfOldest - 1)
    return first;
  return able.reduce((oldest, other) => (other.order < oldest.order ? other : oldest));
};

const begin = (queue: AlertQueue, lane: Lane, slot: number, nowMs: number): AlertQueue => {
  const alert = nextOf(queue, lane);
  if (!alert) return queue;
  const waiting = queue.waiting.filter((other) => other !== alert);
  const begun = { ...queue.begun, [lane]: queue.begun[lane] + 1 };
  const rest = { ...queue, waiting, begun, last: alert };
  const milestone =
    alert.kind === "gift"
      ? milestoneBetween(alert.comboCount - alert.addedCount, alert.comboCount)
      : null;
  const lengthMs = isHurried(rest, lane) ? leastShownMs(alert) : toneOf(alert).shownMs;
  const active: ActiveAlert = {
    alert,
    slot,
    startedAtMs: nowMs,
    grewAtMs: nowMs,
    milestone,
    endsAtMs: nowMs + lengthMs,
  };
  return { ...rest, active: [...queue.active, active] };
};

/** Ends what is over and starts what is next in each free place. Called for each picture; the same queue where nothing changes. */
export const advanceQueue = (queue: AlertQueue, nowMs: number): AlertQueue => {
  let result = endActive(foldOld(queue, nowMs), nowMs);
  for (const lane of lanes)
    for (let slot = 0; slot < slotsOf[lane]; slot += 1) {
      const taken = result.active.some(
        (active) => active.slot === slot && laneOf(active.alert) === lane,
      );
      if (!taken) result = begin(result, lane, slot, nowMs);
    }
  const isOver =
    result.folded > 0 &&
    // Nobody has seen it in a pause.
    result.pausedAtMs === null &&
    !result.active.length &&
    !result.waiting.length &&
    nowMs >= result.foldedAtMs + foldedShownMs;
  return isOver ? { ...result, folded: 0 } : result;
};

const resume = (queue: AlertQueue, nowMs: number): AlertQueue => {
  const { pausedAtMs } = queue;
  if (pausedAtMs === null) return queue;
  // The time of a pause is no waiting. All move by the same, so that they keep their order.
  const waiting = queue.waiting.map((alert) => ({
    ...alert,
    arrivedAtMs: alert.arrivedAtMs + nowMs - pausedAtMs,
  }));
  return { ...queue, waiting, pausedAtMs: null, foldedAtMs: nowMs };
};

const replay = (queue: AlertQueue, alert: Alert | null | undefined, nowMs: number): AlertQueue => {
  if (!alert) return queue;
  const id = alert.replayed ? alert.id : `replay-${alert.id}`;
  const replays = queue.waiting.filter(({ replayed }) => replayed);
  if (replays.length >= maxReplays || replays.some((other) => other.id === id)) return queue;
  const wanted: Alert = {
    ...alert,
    id,
    replayed: true,
    arrivedAtMs: nowMs,
    ...(alert.kind === "gift" && { addedCount: 0 }),
  };
  return enqueueOne(queue, wanted, nowMs);
};

/**
 * An alert that is shown has something to show until then; while many wait it ends sooner all the same. In the spotlight
 * nothing is left after it, so the alert goes with it.
 */
export const lengthenAlert = (
  queue: AlertQueue,
  { alert, startedAtMs }: ActiveAlert,
  untilMs: number,
): AlertQueue => ({
  ...queue,
  active: queue.active.map((each) => {
    if (each.alert.id !== alert.id || each.startedAtMs !== startedAtMs) return each;
    const leastMs =
      laneOf(each.alert) === "spotlight" && untilMs > each.startedAtMs + leastShownMs(each.alert)
        ? 0
        : each.endsAtMs;
    const latestMs = each.startedAtMs + longestShownMs;
    return { ...each, endsAtMs: Math.min(latestMs, Math.max(leastMs, untilMs)) };
  }),
});

/** What the anchor asks for. */
export const controlQueue = (
  queue: AlertQueue,
  control: AlertControl,
  nowMs: number,
  rules: readonly AlertRule[] = [],
  templates: AlertTemplates = usualTemplates,
): AlertQueue => {
  switch (control.action) {
    case "pause":
      return queue.pausedAtMs === null ? { ...queue, pausedAtMs: nowMs } : queue;
    case "resume":
      return resume(queue, nowMs);
    case "skip":
      return {
        ...queue,
        active: queue.active.map((active) => ({
          ...active,
          endsAtMs: Math.min(active.endsAtMs, nowMs + exitMsOf(active.alert)),
        })),
      };
    case "clear":
      return fold({ ...queue, waiting: [] }, queue.waiting, nowMs);
    case "replayLast":
      return replay(queue, queue.last, nowMs);
    case "replay": {
      const { event } = control;
      const whole = event.type === "gift" ? { ...event, count: event.comboCount } : event;
      return replay(queue, alertByRules(whole, rules, nowMs, templates), nowMs);
    }
    default:
      return control satisfies never;
  }
};
