import { loadavg } from "node:os";
import { quantile } from "../../e2e/stamps.ts";

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

/** `name` is the median; `nameMin` and `nameMax` beside it. */
export const spread = <N extends string>(
  name: N,
  values: readonly number[],
): Record<N | `${N}Min` | `${N}Max`, number> =>
  ({
    [name]: round(quantile(values, 0.5)),
    [`${name}Min`]: round(Math.min(...values)),
    [`${name}Max`]: round(Math.max(...values)),
  }) as Record<N | `${N}Min` | `${N}Max`, number>;

/** A B B A A B …, so that a drift of the machine meets both alike. */
export const inTurns = <T>(turns: number, a: T, b: T): readonly (readonly [T, T])[] =>
  Array.from({ length: turns }, (_, turn) => (turn % 2 === 0 ? [a, b] : [b, a]));

export const loadAverage = () => ({ loadAverage1Min: round(loadavg()[0] ?? 0, 1) });
