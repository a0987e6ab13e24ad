import { EpochMs } from "../../preload/contract/time.ts";

/** Time as an argument: the tests bring their own. */
export interface Clock {
  now(): EpochMs;
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => EpochMs.parse(Date.now()),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
