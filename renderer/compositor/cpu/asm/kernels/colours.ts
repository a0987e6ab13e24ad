// AssemblyScript (see ../lanes.ts): planes out of other colours and layouts.

import { div255, div255Of } from "../lanes";

/** `count` pairs of bytes into two planes. */
export function splitPairs(first: usize, second: usize, pairs: usize, count: i32): void {
  const even = i16x8.splat(255);
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const p = v128.load(pairs + 2 * i);
    const q = v128.load(pairs + 2 * i + 16);
    v128.store(first + i, i8x16.narrow_i16x8_u(v128.and(p, even), v128.and(q, even)));
    v128.store(second + i, i8x16.narrow_i16x8_u(i16x8.shr_u(p, 8), i16x8.shr_u(q, 8)));
  }
  for (; i < count; i++) {
    store<u8>(first + i, load<u8>(pairs + 2 * i));
    store<u8>(second + i, load<u8>(pairs + 2 * i + 1));
  }
}

/** Looks each chroma up in three tables of 65,536 bytes at `u * 256 + v`: one for each output. */
export function lookUp(
  u: usize, v: usize, count: i32,
  tableU: usize, tableV: usize, tableA: usize,
  outU: usize, outV: usize, outA: usize,
): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>load<u8>(u + i) << 8) | <usize>load<u8>(v + i);
    store<u8>(outU + i, load<u8>(tableU + at));
    store<u8>(outV + i, load<u8>(tableV + at));
    store<u8>(outA + i, load<u8>(tableA + at));
  }
}

/** Of the first and the second four of eight pixels: 32-bit sums of their colours' weights, 65,536ths, as 16-bit lanes. */
// @ts-ignore: decorator
@inline
function weigh(rgP: v128, gbP: v128, rgQ: v128, gbQ: v128, rg: v128, gb: v128, offset: v128): v128 {
  const p = i32x4.add(i32x4.add(i32x4.dot_i16x8_s(rgP, rg), i32x4.dot_i16x8_s(gbP, gb)), offset);
  const q = i32x4.add(i32x4.add(i32x4.dot_i16x8_s(rgQ, rg), i32x4.dot_i16x8_s(gbQ, gb)), offset);
  return i16x8.narrow_i32x4_s(i32x4.shr_s(p, 16), i32x4.shr_s(q, 16));
}

/** Red and green of four pixels as eight 16-bit lanes. */
// @ts-ignore: decorator
@inline
function redGreen(pixels: v128): v128 {
  return i8x16.shuffle(pixels, i8x16.splat(0), 0, 16, 1, 16, 4, 16, 5, 16, 8, 16, 9, 16, 12, 16, 13, 16);
}

// @ts-ignore: decorator
@inline
function greenBlue(pixels: v128): v128 {
  return i8x16.shuffle(pixels, i8x16.splat(0), 1, 16, 2, 16, 5, 16, 6, 16, 9, 16, 10, 16, 13, 16, 14, 16);
}

// @ts-ignore: decorator
@inline
function alphaOf(p: v128, q: v128): v128 {
  return i16x8.extend_low_i8x16_u(i8x16.shuffle(p, q, 3, 7, 11, 15, 19, 23, 27, 31, 3, 3, 3, 3, 3, 3, 3, 3));
}

/** The means of each four, two from either row. */
// @ts-ignore: decorator
@inline
function fourths(one: v128, two: v128): v128 {
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.add(one, two));
  return i32x4.shr_u(i32x4.add(sums, i32x4.splat(2)), 2);
}

/** Up to two by two pixels, of which (x, y) is the first. Answers the least alpha. */
function planesOfFour(
  rgba: usize, width: i32, height: i32, x: i32, y: i32,
  outY: usize, outU: usize, outV: usize, outA: usize, outHalfA: usize,
): i32 {
  let least = 255;
  let sumU = 0;
  let sumV = 0;
  let sumA = 0;
  let pixels = 0;
  for (let dy = y; dy < min(y + 2, height); dy++)
    for (let dx = x; dx < min(x + 2, width); dx++) {
      const at = dy * width + dx;
      const r = <i32>load<u8>(rgba + 4 * at);
      const g = <i32>load<u8>(rgba + 4 * at + 1);
      const b = <i32>load<u8>(rgba + 4 * at + 2);
      const a = <i32>load<u8>(rgba + 4 * at + 3);
      const luma = (16829 * r + 33039 * g + 6416 * b + (16 << 16) + 32768) >> 16;
      store<u8>(outY + at, div255Of(luma * a));
      store<u8>(outA + at, a);
      sumU += div255Of(((-9714 * r - 19070 * g + 28784 * b + (128 << 16) + 32768) >> 16) * a);
      sumV += div255Of(((28784 * r - 24103 * g - 4681 * b + (128 << 16) + 32768) >> 16) * a);
      sumA += a;
      least = min(least, a);
      pixels++;
    }
  const at = (y >> 1) * ((width + 1) >> 1) + (x >> 1);
  store<u8>(outU + at, (sumU + (pixels >> 1)) / pixels);
  store<u8>(outV + at, (sumV + (pixels >> 1)) / pixels);
  store<u8>(outHalfA + at, (sumA + (pixels >> 1)) / pixels);
  return least;
}

// Two 16-bit weights in each 32-bit lane. Green's of luma is too large for one: it is in both pairs.
// @ts-ignore: decorator
@inline
function pair(first: i32, second: i32): v128 {
  return i32x4.splat((first & 0xffff) | (second << 16));
}

/**
 * Straight RGBA to premultiplied BT.601 planes of limited range: luma and alpha of width x height, chroma and
 * its alpha of (width + 1) / 2 x (height + 1) / 2, each the mean of its (up to) four pixels. Returns the least alpha.
 */
export function planesOfRgba(
  rgba: usize, width: i32, height: i32,
  outY: usize, outU: usize, outV: usize, outA: usize, outHalfA: usize,
): i32 {
  const half = (width + 1) >> 1;
  const zero = i8x16.splat(0);
  const yRg = pair(16829, 16520);
  const yGb = pair(16519, 6416);
  const uRg = pair(-9714, -19070);
  const uGb = pair(0, 28784);
  const vRg = pair(28784, -24103);
  const vGb = pair(0, -4681);
  const lumaOffset = i32x4.splat((16 << 16) + 32768);
  const chromaOffset = i32x4.splat((128 << 16) + 32768);
  let lowest = i8x16.splat(-1);
  let least = 255;
  for (let y = 0; y < height; y += 2) {
    let x = 0;
    for (; y + 1 < height && x + 8 <= width; x += 8) {
      const at = y * width + x;
      const cell = (y >> 1) * half + (x >> 1);
      const p0 = v128.load(rgba + 4 * at);
      const q0 = v128.load(rgba + 4 * at, 16);
      const p1 = v128.load(rgba + 4 * (at + width));
      const q1 = v128.load(rgba + 4 * (at + width), 16);
      const a0 = alphaOf(p0, q0);
      const a1 = alphaOf(p1, q1);
      const alphas = i8x16.narrow_i16x8_u(a0, a1);
      lowest = i8x16.min_u(lowest, alphas);
      v128.store64_lane(outA + at, alphas, 0);
      v128.store64_lane(outA + at + width, alphas, 1);
      if (!v128.any_true(alphas)) {
        v128.store64_lane(outY + at, zero, 0);
        v128.store64_lane(outY + at + width, zero, 0);
        v128.store32_lane(outU + cell, zero, 0);
        v128.store32_lane(outV + cell, zero, 0);
        v128.store32_lane(outHalfA + cell, zero, 0);
        continue;
      }
      const rgP0 = redGreen(p0);
      const rgQ0 = redGreen(q0);
      const rgP1 = redGreen(p1);
      const rgQ1 = redGreen(q1);
      const gbP0 = greenBlue(p0);
      const gbQ0 = greenBlue(q0);
      const gbP1 = greenBlue(p1);
      const gbQ1 = greenBlue(q1);
      const lumas = i8x16.narrow_i16x8_u(
        div255(i16x8.mul(weigh(rgP0, gbP0, rgQ0, gbQ0, yRg, yGb, lumaOffset), a0)),
        div255(i16x8.mul(weigh(rgP1, gbP1, rgQ1, gbQ1, yRg, yGb, lumaOffset), a1)),
      );
      v128.store64_lane(outY + at, lumas, 0);
      v128.store64_lane(outY + at + width, lumas, 1);
      const u = fourths(
        div255(i16x8.mul(weigh(rgP0, gbP0, rgQ0, gbQ0, uRg, uGb, chromaOffset), a0)),
        div255(i16x8.mul(weigh(rgP1, gbP1, rgQ1, gbQ1, uRg, uGb, chromaOffset), a1)),
      );
      const v = fourths(
        div255(i16x8.mul(weigh(rgP0, gbP0, rgQ0, gbQ0, vRg, vGb, chromaOffset), a0)),
        div255(i16x8.mul(weigh(rgP1, gbP1, rgQ1, gbQ1, vRg, vGb, chromaOffset), a1)),
      );
      const cells = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(u, v), i16x8.narrow_i32x4_s(fourths(a0, a1), zero));
      v128.store32_lane(outU + cell, cells, 0);
      v128.store32_lane(outV + cell, cells, 1);
      v128.store32_lane(outHalfA + cell, cells, 2);
    }
    for (; x < width; x += 2)
      least = min(least, planesOfFour(rgba, width, height, x, y, outY, outU, outV, outA, outHalfA));
  }
  for (let index = 0; index < 16; index++) {
    least = min(least, <i32>i8x16.extract_lane_u(lowest, 0));
    lowest = i8x16.shuffle(lowest, lowest, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0);
  }
  return least;
}

// @ts-ignore: decorator
@inline
function clamped(x: v128): v128 {
  return i16x8.shr_s(i16x8.add(x, i16x8.splat(32)), 6);
}

/**
 * Planes in place into another matrix or range. Coefficients are in 32,768ths: what of itself (`yy`, `uu`, `vv`) and of the
 * other planes' distance from 128 each takes; `black` is added to luma, in 64ths. Rows of chroma are (width + 1) / 2 long.
 */
export function convert(
  y: usize, u: usize, v: usize, width: i32, height: i32,
  black: i32, yy: i32, yu: i32, yv: i32, uu: i32, uv: i32, vu: i32, vv: i32,
): void {
  const half = (width + 1) >> 1;
  const grey = i16x8.splat(128);
  for (let row = 0; row < height; row += 2) {
    for (let x = 0; x < half; x += 8) {
      const cb = i16x8.shl(i16x8.sub(v128.load_ext<u8>(u + x), grey), 6);
      const cr = i16x8.shl(i16x8.sub(v128.load_ext<u8>(v + x), grey), 6);
      const shift = i16x8.add(
        i16x8.add(i16x8.q15mulr_sat_s(cb, i16x8.splat(<i16>yu)), i16x8.q15mulr_sat_s(cr, i16x8.splat(<i16>yv))),
        i16x8.splat(<i16>black),
      );
      const low = i8x16.shuffle(shift, shift, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
      const high = i8x16.shuffle(shift, shift, 8, 9, 8, 9, 10, 11, 10, 11, 12, 13, 12, 13, 14, 15, 14, 15);
      for (let line = 0; line < min(2, height - row); line++) {
        const at = y + line * width + 2 * x;
        const luma = v128.load(at);
        const bytes = i8x16.narrow_i16x8_u(
          clamped(i16x8.add(i16x8.q15mulr_sat_s(i16x8.shl(i16x8.extend_low_i8x16_u(luma), 6), i16x8.splat(<i16>yy)), low)),
          clamped(i16x8.add(i16x8.q15mulr_sat_s(i16x8.shl(i16x8.extend_high_i8x16_u(luma), 6), i16x8.splat(<i16>yy)), high)),
        );
        storeSomeOf16(at, bytes, width - 2 * x);
      }
      const outU = clamped(i16x8.add(i16x8.q15mulr_sat_s(cb, i16x8.splat(<i16>uu)), i16x8.q15mulr_sat_s(cr, i16x8.splat(<i16>uv))));
      const outV = clamped(i16x8.add(i16x8.q15mulr_sat_s(cb, i16x8.splat(<i16>vu)), i16x8.q15mulr_sat_s(cr, i16x8.splat(<i16>vv))));
      const bytes = i8x16.narrow_i16x8_u(i16x8.add(outU, grey), i16x8.add(outV, grey));
      storeSomeOf16(u + x, bytes, min(8, half - x));
      storeSomeOf16(v + x, i8x16.shuffle(bytes, bytes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7), min(8, half - x));
    }
    y += 2 * width;
    u += half;
    v += half;
  }
}

/** The first `count` of 16 bytes, or all. */
function storeSomeOf16(dst: usize, bytes: v128, count: i32): void {
  if (count >= 16) {
    v128.store(dst, bytes);
    return;
  }
  let rest = i64x2.extract_lane(bytes, 0);
  if (count >= 8) {
    store<i64>(dst, rest);
    dst += 8;
    count -= 8;
    rest = i64x2.extract_lane(bytes, 1);
  }
  for (; count > 0; count--) {
    store<u8>(dst++, <u8>rest);
    rest >>= 8;
  }
}
