/** Masks that are further apart have nothing to do with each other. */
const longestGapMs = 500;
/** How much of the one before stays where the newer one is most in doubt. */
const most = 0.85;

/**
 * A mask that does not flicker: where the model is in doubt (about 0.5) much of the mask before stays, where it is sure
 * nothing does, so nothing is dragged behind a person who moves. `before` and `next`: shares of a person from 0 to 1.
 */
export const smoothMask = (
  before: Float32Array | null,
  next: Float32Array,
  gapMs: number,
): Float32Array<ArrayBuffer> => {
  const smoothed = new Float32Array(next);
  if (before === null || before.length !== next.length || gapMs > longestGapMs) return smoothed;
  for (let at = 0; at < next.length; at += 1) {
    const now = next[at] ?? 0;
    const doubt = 4 * now * (1 - now);
    smoothed[at] = now + most * doubt * ((before[at] ?? 0) - now);
  }
  return smoothed;
};
