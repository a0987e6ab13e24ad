// AssemblyScript (not TypeScript): `asc` makes one module of each folder beside this file, with all that its files export.
// Planes are bytes, row by row; a stride is the bytes from one row to the next, and where there is none there is no padding.
// Chroma is of half the size, rounded up. Every plane has 16 bytes behind its end that may be read. What each kernel computes
// is said, and tested against, in tests/renderer/compositor/cpu/plain-kernels.ts and plain-filter-kernels.ts.

/** A 255th, rounded, of numbers up to 65,025. */
// @ts-ignore: decorator
@inline
export function div255(x: v128): v128 {
  const t = i16x8.add(x, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(t, i16x8.shr_u(t, 8)), 8);
}

// @ts-ignore: decorator
@inline
export function div255Of(x: i32): i32 {
  const t = x + 128;
  return (t + (t >> 8)) >> 8;
}

/** The first `count` (up to 8) of the bytes. */
// @ts-ignore: decorator
@inline
export function storeSome(dst: usize, bytes: v128, count: i32): void {
  if (count >= 8) {
    v128.store64_lane(dst, bytes, 0);
    return;
  }
  let rest = i64x2.extract_lane(bytes, 0);
  for (; count > 0; count--) {
    store<u8>(dst++, <u8>rest);
    rest >>= 8;
  }
}
