import { type AlertLine, linePlaceholders } from "../../preload/contract/alert-template.ts";
import type { Locale } from "../../preload/contract/settings.ts";
import type { Alert } from "./alert.ts";

const yuanOf = (fen: number): string => (fen / 100).toFixed(2);

const usual = {
  "zh-CN": {
    sent: (gift: string) => `送出 ${gift}`,
    tipped: (fen: number) => `打赏 ¥${yuanOf(fen)}`,
    saying: (words: string, message: string) => `${words}：${message}`,
    guarded: (months: number) => `开通守护 ${months} 个月`,
    ordered: (title: string, quantity: number) => `下单 ${title} ×${quantity}`,
    followed: "关注了主播",
    folded: (count: number) => `还有 ${count.toLocaleString("zh-CN")} 份心意`,
  },
  en: {
    sent: (gift: string) => `sent ${gift}`,
    tipped: (fen: number) => `tipped ¥${yuanOf(fen)}`,
    saying: (words: string, message: string) => `${words}: ${message}`,
    guarded: (months: number) => `is a guard for ${months} mo.`,
    ordered: (title: string, quantity: number) => `ordered ${title} ×${quantity}`,
    followed: "is now following",
    folded: (count: number) => `and ${count.toLocaleString("en")} more`,
  },
} as const satisfies Record<Locale, unknown>;

/** In yuan or coins; empty where nothing was given. */
const amountOf = (alert: Alert): string => {
  switch (alert.kind) {
    case "gift":
      return String(alert.comboCount * alert.unitCoins);
    case "tip":
      return `¥${yuanOf(alert.amountFen)}`;
    case "guard":
      return String(alert.totalCoins);
    case "order":
    case "follow":
      return "";
    default:
      return alert satisfies never;
  }
};

const countOf = (alert: Alert): string => {
  switch (alert.kind) {
    case "gift":
      return String(alert.comboCount);
    case "order":
      return String(alert.quantity);
    case "tip":
      return `¥${yuanOf(alert.amountFen)}`;
    case "guard":
    case "follow":
      return "";
    default:
      return alert satisfies never;
  }
};

type Placeholder = (typeof linePlaceholders)[number];
const placeholder = new RegExp(`\\{(${linePlaceholders.join("|")})\\}`, "g");

/** A text with what its placeholders stand for; words in braces that stand for nothing are left as they are. */
export const fillText = (
  text: string,
  values: Readonly<Partial<Record<Placeholder, string>>>,
): string => text.replaceAll(placeholder, (whole, name: Placeholder) => values[name] ?? whole);

const valuesOf = (alert: Alert, locale: Locale) => ({
  sender: alert.sender,
  gift: alert.kind === "gift" ? alert.giftName[locale] : alert.kind === "order" ? alert.title : "",
  count: countOf(alert),
  amount: amountOf(alert),
  message: alert.kind === "tip" ? alert.message : "",
});

const usualWordsOf = (alert: Alert, locale: Locale): string => {
  const say = usual[locale];
  switch (alert.kind) {
    case "gift":
      return say.sent(alert.giftName[locale]);
    case "tip":
      return say.tipped(alert.amountFen);
    case "guard":
      return say.guarded(alert.months);
    case "order":
      return say.ordered(alert.title, alert.quantity);
    case "follow":
      return say.followed;
    default:
      return alert satisfies never;
  }
};

/** What is said of an event: by a rule, else by the template, else as usual. */
export const wordsOf = (alert: Alert, locale: Locale): string => {
  const own = alert.text || alert.template.words[alert.kind];
  return own ? fillText(own, valuesOf(alert, locale)) : usualWordsOf(alert, locale);
};

/** The lines of a card with their texts, without those that say nothing. A message is said somewhere in any case. */
export const linesOf = (
  alert: Alert,
  lines: readonly AlertLine[],
  locale: Locale,
): readonly AlertLine[] => {
  const values = valuesOf(alert, locale);
  const said = wordsOf(alert, locale);
  const template = alert.text || alert.template.words[alert.kind];
  const isTold = [template, ...lines.map(({ text }) => text)].some((text) =>
    text.includes("{message}"),
  );
  const words = values.message && !isTold ? usual[locale].saying(said, values.message) : said;
  return lines.flatMap((line) => {
    const text = fillText(line.text, { ...values, words }).trim();
    return text ? [{ ...line, text }] : [];
  });
};

export const foldedLine = (folded: number, locale: Locale): string => usual[locale].folded(folded);
