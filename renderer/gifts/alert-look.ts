import type { Locale } from "../../preload/contract/settings.ts";
import type { Alert, AlertTier } from "./alert.ts";
import { fillText } from "./alert-rules.ts";

/** Lengths in units: 720 units are the height of the picture, or its width where it is upright. */
export interface AlertLook {
  readonly cardHeight: number;
  readonly maxCardWidth: number;
  readonly giftSize: number;
  readonly nameSize: number;
  readonly lineSize: number;
  readonly countSize: number;
  /** Warm accent, and its brighter end, as `#rrggbb`. */
  readonly accent: string;
  readonly bright: string;
  /** Left and right end of the card, translucent. */
  readonly cardFrom: string;
  readonly cardTo: string;
  readonly sparks: number;
}

const looks: Readonly<Record<AlertTier, AlertLook>> = {
  follow: {
    cardHeight: 56,
    maxCardWidth: 460,
    giftSize: 40,
    nameSize: 23,
    lineSize: 21,
    countSize: 0,
    accent: "#ff9f8a",
    bright: "#ffd6cb",
    cardFrom: "rgba(24, 18, 28, 0.82)",
    cardTo: "rgba(24, 18, 28, 0.58)",
    sparks: 0,
  },
  small: {
    cardHeight: 84,
    maxCardWidth: 520,
    giftSize: 88,
    nameSize: 27,
    lineSize: 22,
    countSize: 52,
    accent: "#ffb057",
    bright: "#ffe3b0",
    cardFrom: "rgba(26, 18, 20, 0.86)",
    cardTo: "rgba(38, 24, 20, 0.62)",
    sparks: 0,
  },
  medium: {
    cardHeight: 100,
    maxCardWidth: 580,
    giftSize: 116,
    nameSize: 31,
    lineSize: 25,
    countSize: 64,
    accent: "#ff7d5c",
    bright: "#ffcdb8",
    cardFrom: "rgba(34, 14, 22, 0.88)",
    cardTo: "rgba(84, 28, 40, 0.66)",
    sparks: 6,
  },
  large: {
    cardHeight: 124,
    maxCardWidth: 680,
    giftSize: 156,
    nameSize: 36,
    lineSize: 29,
    countSize: 80,
    accent: "#ff5c93",
    bright: "#ffc4dc",
    cardFrom: "rgba(38, 10, 40, 0.9)",
    cardTo: "rgba(122, 26, 84, 0.68)",
    sparks: 14,
  },
  grand: {
    cardHeight: 132,
    maxCardWidth: 760,
    giftSize: 270,
    nameSize: 40,
    lineSize: 32,
    countSize: 92,
    accent: "#ffc93c",
    bright: "#fff0b8",
    cardFrom: "rgba(34, 20, 8, 0.9)",
    cardTo: "rgba(34, 20, 8, 0.9)",
    sparks: 32,
  },
};

export const lookOf = ({ tier }: Alert): AlertLook => looks[tier];

/** Of words that stand over a picture that is filled. */
export const fillingLook: AlertLook = {
  ...looks.grand,
  cardHeight: 88,
  giftSize: 92,
  nameSize: 31,
  lineSize: 25,
  countSize: 60,
  sparks: 0,
};

const yuanOf = (fen: number): string => (fen / 100).toFixed(2);

const words = {
  "zh-CN": {
    sent: (gift: string) => `送出 ${gift}`,
    tipped: (fen: number, message: string) => `打赏 ¥${yuanOf(fen)}${message && `：${message}`}`,
    guarded: (months: number) => `开通守护 ${months} 个月`,
    ordered: (title: string, quantity: number) => `下单 ${title} ×${quantity}`,
    followed: "关注了主播",
    folded: (count: number) => `还有 ${count.toLocaleString("zh-CN")} 份心意`,
  },
  en: {
    sent: (gift: string) => `sent ${gift}`,
    tipped: (fen: number, message: string) => `tipped ¥${yuanOf(fen)}${message && `: ${message}`}`,
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

const namesOf = (alert: Alert, locale: Locale) => ({
  sender: alert.sender,
  gift: alert.kind === "gift" ? alert.giftName[locale] : alert.kind === "order" ? alert.title : "",
  count:
    alert.kind === "gift"
      ? String(alert.comboCount)
      : alert.kind === "order"
        ? String(alert.quantity)
        : alert.kind === "tip"
          ? `¥${yuanOf(alert.amountFen)}`
          : "",
  amount: amountOf(alert),
  message: alert.kind === "tip" ? alert.message : "",
});

/** What stands below or beside the sender's name. */
export const lineOf = (alert: Alert, locale: Locale): string => {
  if (alert.text) return fillText(alert.text, namesOf(alert, locale));
  const say = words[locale];
  switch (alert.kind) {
    case "gift":
      return say.sent(alert.giftName[locale]);
    case "tip":
      return say.tipped(alert.amountFen, alert.message);
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

export const foldedLine = (folded: number, locale: Locale): string => words[locale].folded(folded);
