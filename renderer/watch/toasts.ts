import type { RecordEvent, RecordOf } from "../../preload/contract/gift.ts";

/** Gifts shown over the picture at a time, and for how long after the combo's last gift. */
export const toastLimit = 3;
export const toastMs = 4_500;

export interface GiftToast {
  readonly event: RecordOf<"gift">;
  /** By this page's clock. */
  readonly untilMs: number;
}

export const expireToasts = (toasts: readonly GiftToast[], nowMs: number): readonly GiftToast[] =>
  toasts.some((toast) => toast.untilMs <= nowMs)
    ? toasts.filter((toast) => toast.untilMs > nowMs)
    : toasts;

/** A combo keeps its place and is counted up; beyond the limit the one that ends soonest makes room. */
export const showToasts = (
  toasts: readonly GiftToast[],
  events: readonly RecordEvent[],
  nowMs: number,
): readonly GiftToast[] => {
  let shown = expireToasts(toasts, nowMs);
  for (const event of events) {
    if (event.type !== "gift" || event.count === 0) continue;
    const toast = { event, untilMs: nowMs + toastMs };
    const place = shown.findIndex((other) => other.event.comboId === event.comboId);
    if (place >= 0) {
      const known = shown[place];
      if (known !== undefined && known.event.comboCount < event.comboCount)
        shown = shown.map((other, index) => (index === place ? toast : other));
      continue;
    }
    if (shown.length >= toastLimit) {
      const soonestMs = Math.min(...shown.map((other) => other.untilMs));
      const out = shown.findIndex((other) => other.untilMs === soonestMs);
      shown = shown.filter((_, index) => index !== out);
    }
    shown = [...shown, toast];
  }
  return shown;
};
