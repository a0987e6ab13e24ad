import { setTimeout as sleep } from "node:timers/promises";

export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * How long to wait before try `attempt` (0 is the first repeat): anything up to a limit that doubles. The whole range
 * is used, so that many clients of one room do not come back at once ("full jitter",
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). `random` gives 0 to 1.
 */
export const backOffMs = (backOff: BackOff, attempt: number, random: () => number): number =>
  random() * Math.min(backOff.longestMs, backOff.firstMs * 2 ** Math.min(attempt, 30));

/** False where the signal ended the wait. */
export const waitMs = async (delayMs: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await sleep(delayMs, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
};
