import type { Rate } from "./limits.ts";

/** `take` is true while the rate is kept. A clock that steps back only delays the refill. */
export const createTokenBucket = ({ perSecond, burst }: Rate) => {
  let tokens = burst;
  let lastMs: number | undefined;
  const refill = (nowMs: number): void => {
    if (lastMs !== undefined && nowMs > lastMs)
      tokens = Math.min(burst, tokens + ((nowMs - lastMs) / 1_000) * perSecond);
    lastMs = nowMs;
  };
  return {
    take(nowMs: number): boolean {
      refill(nowMs);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    isFull(nowMs: number): boolean {
      refill(nowMs);
      return tokens >= burst;
    },
  };
};
export type TokenBucket = ReturnType<typeof createTokenBucket>;
