import type { AlertCard, AlertTone } from "../../preload/contract/alert-template.ts";
import { type Alert, cardOf, toneOf } from "./alert.ts";

/** The card and tone that an alert is drawn with. */
export interface Dress {
  readonly card: AlertCard;
  readonly tone: AlertTone;
}

/** @param fills its words alone stand above what fills the picture: a banner's card, low, in the spotlight's colours */
export const dressOf = (alert: Alert, fills: boolean): Dress => {
  const tone = toneOf(alert);
  if (!fills) return { card: cardOf(alert), tone };
  const { height, textSize, countSize } = tone;
  return {
    card: { ...alert.template.banner, layout: "beside" },
    tone: {
      ...tone,
      height: height * 0.67,
      giftSize: height * 0.7,
      textSize: textSize * 0.77,
      countSize: countSize * 0.65,
      sparks: 0,
    },
  };
};
