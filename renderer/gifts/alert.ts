import type {
  AlertCard,
  AlertTemplate,
  AlertTier,
  AlertTone,
} from "../../preload/contract/alert-template.ts";
import type { GiftTier, RecordEvent } from "../../preload/contract/gift.ts";
import type { AlertRule } from "../../preload/contract/settings.ts";
import { cleanMessage } from "./clean-message.ts";

/** Banners stack; what is in the spotlight is alone there. */
export type Lane = "banner" | "spotlight";

interface Common {
  /** Unique among what waits, and among what is shown. */
  readonly id: string;
  readonly sender: string;
  readonly tier: AlertTier;
  readonly arrivedAtMs: number;
  /** How many came to the queue before it. */
  readonly order: number;
  readonly template: AlertTemplate;
  /** Shown again because the anchor wants it: goes before all others. */
  readonly replayed: boolean;
  /** Of the rule that fits: whose animation and sound it has; null are its own. */
  readonly show: AlertRule["show"];
  readonly silent: boolean;
  readonly scene: AlertRule["scene"];
  /** In place of the usual words; empty are the usual ones. */
  readonly text: string;
}

/** A gift combo of one sender, or one of the other events that are thanked. */
export type Alert = Common &
  (
    | {
        readonly kind: "gift";
        readonly giftId: string;
        readonly giftName: { readonly "zh-CN": string; readonly en: string };
        readonly comboCount: number;
        /** What the events that were taken in since it was last shown add up to. */
        readonly addedCount: number;
        readonly unitCoins: number;
      }
    | {
        readonly kind: "tip";
        readonly amountFen: number;
        /** Cleaned; may be empty. */
        readonly message: string;
      }
    | {
        readonly kind: "guard";
        readonly level: number;
        readonly months: number;
        readonly totalCoins: number;
      }
    | { readonly kind: "order"; readonly title: string; readonly quantity: number }
    | { readonly kind: "follow" }
  );

export const laneOf = ({ tier }: Alert): Lane => (tier === "grand" ? "spotlight" : "banner");
export const cardOf = (alert: Alert): AlertCard => alert.template[laneOf(alert)];
export const toneOf = ({ template, tier }: Alert): AlertTone => template.tones[tier];

/** What tips and coins are compared by: ten coins for a yuan, as Douyin's and Bilibili's are. */
export const fenPerCoin = 10;

/** In fen. An order buys goods and a follow costs nothing: neither comes before a gift. */
export const valueOf = (alert: Alert): number => {
  switch (alert.kind) {
    case "gift":
      return alert.comboCount * alert.unitCoins * fenPerCoin;
    case "tip":
      return alert.amountFen;
    case "guard":
      return alert.totalCoins * fenPerCoin;
    case "order":
    case "follow":
      return 0;
    default:
      return alert satisfies never;
  }
};

/** How many gifts or other events are not seen where the alert is not shown. */
export const foldSizeOf = (alert: Alert): number =>
  alert.kind === "gift" ? alert.addedCount : alert.replayed ? 0 : 1;

/** The least amounts of the tiers of tips, in fen. */
const tipTiers: readonly { readonly fromFen: number; readonly tier: GiftTier }[] = [
  { fromFen: 10_000, tier: "grand" },
  { fromFen: 3_000, tier: "large" },
  { fromFen: 500, tier: "medium" },
];

/** Undefined where there is nobody to thank, or nothing was added: a platform's closing event of a combo. */
export const alertOf = (
  event: RecordEvent,
  nowMs: number,
  template: AlertTemplate,
): Alert | undefined => {
  const common = {
    id: event.eventId,
    sender: event.sender.nickname,
    arrivedAtMs: nowMs,
    order: 0,
    template,
    replayed: false,
    show: null,
    silent: false,
    scene: null,
    text: "",
  } as const;
  switch (event.type) {
    case "gift":
      return event.count === 0
        ? undefined
        : {
            ...common,
            kind: "gift",
            id: event.comboId,
            tier: event.tier,
            giftId: event.giftId,
            giftName: event.giftName,
            comboCount: event.comboCount,
            addedCount: event.count,
            unitCoins: event.unitCoins,
          };
    case "tip": {
      const tier = tipTiers.find(({ fromFen }) => event.amountFen >= fromFen)?.tier ?? "small";
      return {
        ...common,
        kind: "tip",
        tier,
        amountFen: event.amountFen,
        message: cleanMessage(event.message),
      };
    }
    case "guard": {
      const { level, months, totalCoins } = event;
      return {
        ...common,
        kind: "guard",
        tier: level < 3 ? "grand" : "large",
        level,
        months,
        totalCoins,
      };
    }
    case "order":
      return {
        ...common,
        kind: "order",
        tier: "small",
        title: event.title,
        quantity: event.quantity,
      };
    case "follow":
      return { ...common, kind: "follow", tier: "follow" };
    case "join":
    case "share":
    case "like":
    case "moderation":
      return undefined;
    default:
      return event satisfies never;
  }
};
