/** Decibels (full scale) that a meter shows; anything lower is its left end. */
const meterFloorDb = -60;

/** Above these the colour changes. */
export const warnDb = -18;
export const hotDb = -6;

/** A peak's mark stays this long, then falls. */
const holdMs = 1_200;
const fallDbPerS = 20;

/** 0 at the floor, 1 at full scale. */
export const meterPosition = (db: number): number =>
  Math.min(1, Math.max(0, (db - meterFloorDb) / -meterFloorDb));

export interface PeakHold {
  readonly db: number;
  readonly atMs: number;
}

/** The mark after `peakDb` was read: the highest peak of the last while, falling after that. */
export const holdPeak = (held: PeakHold, peakDb: number, nowMs: number): PeakHold => {
  const overdueMs = Math.max(0, nowMs - held.atMs - holdMs);
  const fallen = held.db - (overdueMs / 1_000) * fallDbPerS;
  if (peakDb >= fallen) return { db: peakDb, atMs: nowMs };
  return held;
};

/** Where the mark is drawn now. */
export const heldDb = (held: PeakHold, nowMs: number): number =>
  held.db - (Math.max(0, nowMs - held.atMs - holdMs) / 1_000) * fallDbPerS;
