import { longestTimeOutSeconds } from "../../preload/contract/moderation.ts";

export const durationUnits = ["minutes", "hours"] as const;
export type DurationUnit = (typeof durationUnits)[number];

const secondsOf: Readonly<Record<DurationUnit, number>> = { minutes: 60, hours: 3_600 };

/** Of a time-out, in whole units. */
export const longestOf = (unit: DurationUnit): number =>
  Math.floor(longestTimeOutSeconds / secondsOf[unit]);

/** Null where the room takes no such time-out: not a whole number, or out of bounds. */
export const ownSeconds = (amount: number | null, unit: DurationUnit): number | null =>
  amount !== null && Number.isInteger(amount) && amount >= 1 && amount <= longestOf(unit)
    ? amount * secondsOf[unit]
    : null;
