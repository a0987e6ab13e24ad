/**
 * How long to wait before try number `attempt` (1, 2, …): full jitter, evenly in [0, min(cap, base x 2^(attempt-1))).
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog.
 * `random` is in [0, 1).
 */
export const backoffMs = (attempt: number, random: number): number => {
  const baseMs = 500;
  const capMs = 15_000;
  return Math.floor(random * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 16)));
};
