import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { AlertRule } from "../../preload/contract/settings.ts";
import { type Alert, alertOf, fenPerCoin, valueOf } from "./alert.ts";

const fits = ({ match }: AlertRule, event: RecordEvent, alert: Alert): boolean =>
  (match.giftId === null || (event.type === "gift" && event.giftId === match.giftId)) &&
  valueOf(alert) >= match.leastCoins * fenPerCoin &&
  (match.sender === "" ||
    match.sender === event.sender.nickname ||
    match.sender === event.sender.viewerId);

/** The alert of an event as the first rule that fits wants it; undefined where nobody is thanked. */
export const alertByRules = (
  event: RecordEvent,
  rules: readonly AlertRule[],
  nowMs: number,
): Alert | undefined => {
  const alert = alertOf(event, nowMs);
  const rule = alert && rules.find((each) => fits(each, event, alert));
  if (!rule) return alert;
  const { tier, show, silent, scene, text } = rule;
  return { ...alert, tier: tier ?? alert.tier, show, silent, scene, text };
};

/** A rule's words with what they stand for; words in braces that stand for nothing are left as they are. */
export const fillText = (
  text: string,
  values: Readonly<Record<"sender" | "gift" | "count" | "amount" | "message", string>>,
): string =>
  text.replaceAll(
    /\{(sender|gift|count|amount|message)\}/g,
    (_whole, name: keyof typeof values) => values[name],
  );
