/** Pixels of one axis of a plane that are covered alike: from `start` on `length` of them, each by `coverage` (0 to 1). */
export interface Run {
  readonly start: number;
  readonly length: number;
  readonly coverage: number;
}

/** Edges nearer to a pixel's than this count as on it. */
const grid = 256;

/** The pixels that lie between two edges, in whole and in part, inside 0 to `size`: one to three runs, or none. */
export const runsBetween = (from: number, to: number, size: number): readonly Run[] => {
  const start = Math.max(0, Math.round(from * grid) / grid);
  const end = Math.min(size, Math.round(to * grid) / grid);
  if (end <= start) return [];
  const first = Math.floor(start);
  const last = Math.ceil(end);
  if (last - first === 1) return [{ start: first, length: 1, coverage: end - start }];
  const wholeStart = Math.ceil(start);
  const wholeEnd = Math.floor(end);
  return [
    { start: first, length: 1, coverage: wholeStart - start },
    { start: wholeStart, length: wholeEnd - wholeStart, coverage: 1 },
    { start: wholeEnd, length: 1, coverage: end - wholeEnd },
  ].filter(({ length, coverage }) => length > 0 && coverage > 0);
};

/** How the pixels of one axis of a plane are read: pixel `i` at `origin + i * step`, held inside `min` to `max`. */
export interface Sampling {
  /** In source pixels, 0 being the middle of the first. */
  readonly origin: number;
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

/**
 * The sampling that brings `fromStart` to `fromStart + fromLength` of a source of `sourceSize` pixels
 * between the edges `start` and `start + length`; all in pixels of the plane.
 */
export const samplingOf = (
  from: { readonly start: number; readonly length: number },
  to: { readonly start: number; readonly length: number },
  sourceSize: number,
): Sampling => {
  const step = from.length / to.length;
  const last = sourceSize - 1;
  const min = Math.min(last, Math.max(0, Math.floor(from.start + 1 / grid)));
  return {
    origin: from.start + (0.5 - to.start) * step - 0.5,
    step,
    min,
    max: Math.max(min, Math.min(last, Math.ceil(from.start + from.length - 1 / grid) - 1)),
  };
};

/** How often a source is halved before it is sampled, so that no pixel of it is left out: until a step is below two. */
export const halvingsFor = (step: number): number => Math.max(0, Math.floor(Math.log2(step)));
