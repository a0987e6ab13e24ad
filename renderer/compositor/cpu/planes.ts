import type { Address } from "./kernels.ts";

/**
 * A picture in BT.601 limited range in the kernels' memory, planes one after the other without padding: luma of
 * `width` x `height`, chroma of half of that, rounded up. With alpha the colours are premultiplied with it,
 * and `halfA` is the chroma's.
 */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly y: Address;
  readonly u: Address;
  readonly v: Address;
  readonly alpha: { readonly a: Address; readonly halfA: Address } | null;
  readonly bytes: number;
}

export const halfOf = (side: number): number => (side + 1) >> 1;

/** What planes of this size take. */
export const planesBytes = (width: number, height: number, hasAlpha: boolean): number => {
  const luma = width * height;
  const chroma = halfOf(width) * halfOf(height);
  return luma + 2 * chroma + (hasAlpha ? luma + chroma : 0);
};

/** The layout of planes that begin at `at`: Y, U, V, then A and its half. */
export const planesAt = (at: Address, width: number, height: number, hasAlpha: boolean): Planes => {
  const luma = width * height;
  const chroma = halfOf(width) * halfOf(height);
  const u = at + luma;
  const v = u + chroma;
  const a = v + chroma;
  return {
    width,
    height,
    y: at,
    u,
    v,
    alpha: hasAlpha ? { a, halfA: a + luma } : null,
    bytes: planesBytes(width, height, hasAlpha),
  };
};
