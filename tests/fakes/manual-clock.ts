import type { Clock } from "../../main/room-server/clock.ts";
import { EpochMs } from "../../preload/contract/time.ts";

/** Time that passes only when told to; timers run in their order, each at its own time. */
export const createManualClock = (startMs = 1_700_000_000_000) => {
  let nowMs = startMs;
  const timers = new Map<object, { atMs: number; run: () => void }>();
  const clock: Clock = {
    now: () => EpochMs.parse(nowMs),
    after: (delayMs, run) => {
      const key = {};
      timers.set(key, { atMs: nowMs + delayMs, run });
      return () => timers.delete(key);
    },
  };
  return {
    clock,
    get pending(): number {
      return timers.size;
    },
    /** The machine slept: timers that fell due meanwhile run with the next `pass`. */
    sleep(ms: number): void {
      nowMs += ms;
    },
    /** `afterEach` is awaited after every timer, so that what it began can end. */
    async pass(ms: number, afterEach: () => Promise<unknown> = () => Promise.resolve()) {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].toSorted(([, one], [, other]) => one.atMs - other.atMs);
        if (!next || next[1].atMs > endMs) break;
        timers.delete(next[0]);
        nowMs = Math.max(nowMs, next[1].atMs);
        next[1].run();
        await afterEach();
      }
      nowMs = endMs;
    },
  };
};
