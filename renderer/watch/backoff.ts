const baseMs = 500;
/** The first tries come soon, since most faults are over within seconds; … */
const soonTries = 8;
const soonCapMs = 1_500;
/** … then a room that stays away is spared. */
const capMs = 15_000;

/**
 * How long to wait before try number `attempt` (1, 2, …): full jitter, evenly in [0, min(cap, base x 2^(attempt-1))).
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog.
 * `random` is in [0, 1).
 */
export const backoffMs = (attempt: number, random: number): number => {
  const grownMs =
    attempt <= soonTries
      ? Math.min(soonCapMs, baseMs * 2 ** (attempt - 1))
      : soonCapMs * 2 ** Math.min(attempt - soonTries, 16);
  return Math.floor(random * Math.min(capMs, grownMs));
};
