import type { AlertTemplates } from "../../preload/contract/alert-template.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { AlertRule } from "../../preload/contract/settings.ts";
import { type Alert, alertOf, fenPerCoin, valueOf } from "./alert.ts";
import { templateOf, usualTemplates } from "./templates/built-in-templates.ts";

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
  templates: AlertTemplates = usualTemplates,
): Alert | undefined => {
  const alert = alertOf(event, nowMs, templateOf(templates, templates.inUse));
  const rule = alert && rules.find((each) => fits(each, event, alert));
  if (!rule) return alert;
  const { tier, show, silent, scene, text } = rule;
  const template = templateOf(templates, rule.template ?? templates.inUse);
  return { ...alert, template, tier: tier ?? alert.tier, show, silent, scene, text };
};
