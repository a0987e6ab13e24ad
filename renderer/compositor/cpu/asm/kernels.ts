// AssemblyScript (not TypeScript): compiled by `asc`. Planes are bytes, row by row; a stride is the bytes from one row
// to the next. Every plane has 16 bytes behind its end that may be read. What each kernel computes is said, and tested
// against, in tests/renderer/compositor/cpu/plain-kernels.ts.

// @ts-ignore: decorator
@inline
function div255(x: v128): v128 {
  const t = i16x8.add(x, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(t, i16x8.shr_u(t, 8)), 8);
}

// @ts-ignore: decorator
@inline
function div255Of(x: i32): i32 {
  const t = x + 128;
  return (t + (t >> 8)) >> 8;
}

export function fill(dst: usize, stride: i32, width: i32, height: i32, value: i32): void {
  for (let y = 0; y < height; y++) {
    memory.fill(dst, <u8>value, width);
    dst += stride;
  }
}

export function copy(dst: usize, dstStride: i32, src: usize, srcStride: i32, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    memory.copy(dst, src, width);
    dst += dstStride;
    src += srcStride;
  }
}

/** `alpha` of 256 parts of `src` over what is there. */
export function fade(dst: usize, dstStride: i32, src: usize, srcStride: i32, width: i32, height: i32, alpha: i32): void {
  const a = i16x8.splat(<i16>alpha);
  const b = i16x8.splat(<i16>(256 - alpha));
  const half = i16x8.splat(128);
  for (let y = 0; y < height; y++) {
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      const s = v128.load_ext<u8>(src + x);
      const d = v128.load_ext<u8>(dst + x);
      const sum = i16x8.add(i16x8.add(i16x8.mul(s, a), i16x8.mul(d, b)), half);
      const out = i16x8.shr_u(sum, 8);
      v128.store64_lane(dst + x, i8x16.narrow_i16x8_u(out, out), 0);
    }
    for (; x < width; x++)
      store<u8>(dst + x, (<i32>load<u8>(src + x) * alpha + <i32>load<u8>(dst + x) * (256 - alpha) + 128) >> 8);
    dst += dstStride;
    src += srcStride;
  }
}

export function fadeValue(dst: usize, stride: i32, width: i32, height: i32, value: i32, alpha: i32): void {
  const s = i16x8.splat(<i16>(value * alpha + 128));
  const b = i16x8.splat(<i16>(256 - alpha));
  for (let y = 0; y < height; y++) {
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      const d = v128.load_ext<u8>(dst + x);
      const out = i16x8.shr_u(i16x8.add(s, i16x8.mul(d, b)), 8);
      v128.store64_lane(dst + x, i8x16.narrow_i16x8_u(out, out), 0);
    }
    for (; x < width; x++)
      store<u8>(dst + x, (value * alpha + <i32>load<u8>(dst + x) * (256 - alpha) + 128) >> 8);
    dst += stride;
  }
}

// @ts-ignore: decorator
@inline
function over(s: v128, a: v128, d: v128, o: v128, opacity: i32): v128 {
  if (opacity < 256) {
    const half = i16x8.splat(128);
    s = i16x8.shr_u(i16x8.add(i16x8.mul(s, o), half), 8);
    a = i16x8.shr_u(i16x8.add(i16x8.mul(a, o), half), 8);
  }
  return i16x8.add(s, div255(i16x8.mul(d, i16x8.sub(i16x8.splat(255), a))));
}

/** Premultiplied `src` with its `alpha` over what is there; `opacity` of 256 parts of both. */
export function blend(
  dst: usize, dstStride: i32,
  src: usize, srcStride: i32,
  alpha: usize, alphaStride: i32,
  width: i32, height: i32, opacity: i32,
): void {
  const o = i16x8.splat(<i16>opacity);
  for (let y = 0; y < height; y++) {
    let x = 0;
    for (; x + 16 <= width; x += 16) {
      const a = v128.load(alpha + x);
      if (!v128.any_true(a)) continue;
      const s = v128.load(src + x);
      if (opacity == 256 && i8x16.all_true(i8x16.eq(a, i8x16.splat(-1)))) {
        v128.store(dst + x, s);
        continue;
      }
      const d = v128.load(dst + x);
      v128.store(dst + x, i8x16.narrow_i16x8_u(
        over(i16x8.extend_low_i8x16_u(s), i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(d), o, opacity),
        over(i16x8.extend_high_i8x16_u(s), i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(d), o, opacity),
      ));
    }
    for (; x < width; x++) {
      let s = <i32>load<u8>(src + x);
      let a = <i32>load<u8>(alpha + x);
      if (a == 0) continue;
      if (opacity < 256) {
        s = (s * opacity + 128) >> 8;
        a = (a * opacity + 128) >> 8;
      }
      store<u8>(dst + x, min<i32>(255, s + div255Of(<i32>load<u8>(dst + x) * (255 - a))));
    }
    dst += dstStride;
    src += srcStride;
    alpha += alphaStride;
  }
}

// Of one group of eight pixels in the table of `scale`: two places to read 16 bytes from, which of these
// bytes are the left and the right neighbour of each pixel, and the right one's weight of 128.
const baseA: usize = 0;
const baseB: usize = 4;
const leftA: usize = 16;
const leftB: usize = 32;
const rightA: usize = 48;
const rightB: usize = 64;
const weights: usize = 80;
const groupBytes: usize = 96;

function makeTable(table: usize, width: i32, at: i32, step: i32, minAt: i32, maxAt: i32): void {
  for (let x = 0; x < width; x += 8) {
    for (let mask = leftA; mask < weights; mask += 16) v128.store(table + mask, i8x16.splat(-1));
    let base = 0;
    for (let lane = 0; lane < 8; lane++) {
      let place = at >> 16;
      let weight = (at >> 9) & 127;
      if (place < minAt) {
        place = minAt;
        weight = 0;
      } else if (place >= maxAt) {
        place = maxAt;
        weight = 0;
      }
      if ((lane & 3) == 0) {
        base = place;
        store<i32>(table + (lane ? baseB : baseA), base);
      }
      const left = table + (lane & 4 ? leftB : leftA) + (lane << 1);
      store<u8>(left, place - base);
      store<u8>(left + (rightA - leftA), place - base + 1);
      store<i16>(table + weights + (lane << 1), <i16>weight);
      // Lanes behind the last pixel repeat it.
      if (x + lane + 1 < width) at += step;
    }
    table += groupBytes;
  }
}

// @ts-ignore: decorator
@inline
function mix(a: v128, b: v128, wa: v128, wb: v128): v128 {
  return i16x8.shr_u(i16x8.add(i16x8.add(i16x8.mul(a, wa), i16x8.mul(b, wb)), i16x8.splat(64)), 7);
}

/** Two rows into one, `weight` of 128 parts of the second. Writes whole groups of 16. */
function mixRows(dst: usize, a: usize, b: usize, width: i32, weight: i32): void {
  const wa = i16x8.splat(<i16>(128 - weight));
  const wb = i16x8.splat(<i16>weight);
  for (let x = 0; x < width; x += 16) {
    const p = v128.load(a + x);
    const q = v128.load(b + x);
    v128.store(dst + x, i8x16.narrow_i16x8_u(
      mix(i16x8.extend_low_i8x16_u(p), i16x8.extend_low_i8x16_u(q), wa, wb),
      mix(i16x8.extend_high_i8x16_u(p), i16x8.extend_high_i8x16_u(q), wa, wb),
    ));
  }
}

function mixColumns(dst: usize, row: usize, width: i32, table: usize): void {
  const all = i16x8.splat(128);
  for (let x = 0; x < width; x += 8) {
    const a = v128.load(row + load<i32>(table, baseA));
    const b = v128.load(row + load<i32>(table, baseB));
    const left = v128.or(i8x16.swizzle(a, v128.load(table, leftA)), i8x16.swizzle(b, v128.load(table, leftB)));
    const right = v128.or(i8x16.swizzle(a, v128.load(table, rightA)), i8x16.swizzle(b, v128.load(table, rightB)));
    const weight = v128.load(table, weights);
    const out = mix(left, right, i16x8.sub(all, weight), weight);
    const bytes = i8x16.narrow_i16x8_u(out, out);
    if (x + 8 <= width) v128.store64_lane(dst + x, bytes, 0);
    else {
      let rest = i64x2.extract_lane(bytes, 0);
      for (let last = x; last < width; last++) {
        store<u8>(dst + last, <u8>rest);
        rest >>= 8;
      }
    }
    table += groupBytes;
  }
}

/**
 * Bilinear, first down the columns and then along the row. Pixel (i, j) is read at `x + i * stepX`, `y + j * stepY`
 * (in 65,536ths of a source pixel, 0 being the first pixel's middle), held inside `minX` to `maxX` and `minY` to `maxY`.
 * `stepX` is at most 4 pixels. `table` has 96 bytes for each 8 pixels of a row, `row` the source's row + 32 bytes.
 */
export function scale(
  dst: usize, dstStride: i32, width: i32, height: i32,
  src: usize, srcStride: i32,
  x: i32, stepX: i32, y: i32, stepY: i32,
  minX: i32, maxX: i32, minY: i32, maxY: i32,
  table: usize, row: usize,
): void {
  const plain = stepX == 65536 && (x & 0xffff) == 0 && x >> 16 >= minX && (x >> 16) + width - 1 <= maxX;
  const firstX = max(minX, min(maxX, x >> 16));
  const lastX = min(maxX, max(firstX, ((x + (width - 1) * stepX) >> 16) + 1));
  if (!plain) makeTable(table, width, x, stepX, minX, maxX);
  for (let j = 0; j < height; j++) {
    let above = y >> 16;
    let weight = (y >> 9) & 127;
    if (above < minY) {
      above = minY;
      weight = 0;
    } else if (above >= maxY) {
      above = maxY;
      weight = 0;
    }
    let from = src + above * srcStride;
    if (weight != 0) {
      mixRows(row, from + firstX, from + srcStride + firstX, lastX - firstX + 1, weight);
      from = row - firstX;
    }
    if (plain) memory.copy(dst, from + (x >> 16), width);
    else mixColumns(dst, from, width, table);
    dst += dstStride;
    y += stepY;
  }
}

/** Each two rows into their mean; an odd last row stays alone. `dst` has (height + 1) / 2 rows of the same stride. */
export function halveRows(dst: usize, src: usize, stride: i32, height: i32): void {
  for (let y = 0; y < height; y += 2) {
    const below = y + 1 < height ? src + stride : src;
    let x = 0;
    for (; x + 16 <= stride; x += 16) v128.store(dst + x, i8x16.avgr_u(v128.load(src + x), v128.load(below + x)));
    for (; x < stride; x++) store<u8>(dst + x, (<i32>load<u8>(src + x) + <i32>load<u8>(below + x) + 1) >> 1);
    src += 2 * stride;
    dst += stride;
  }
}

/** Each two columns into their mean; an odd last column stays alone. Rows become (width + 1) / 2 wide. */
export function halveColumns(dst: usize, src: usize, width: i32, height: i32): void {
  const even = i16x8.splat(255);
  for (let y = 0; y < height; y++) {
    let x = 0;
    for (; x + 32 <= width; x += 32) {
      const p = v128.load(src + x);
      const q = v128.load(src + x + 16);
      const left = i8x16.narrow_i16x8_u(v128.and(p, even), v128.and(q, even));
      const right = i8x16.narrow_i16x8_u(i16x8.shr_u(p, 8), i16x8.shr_u(q, 8));
      v128.store(dst + (x >> 1), i8x16.avgr_u(left, right));
    }
    for (; x < width; x += 2) {
      const left = <i32>load<u8>(src + x);
      const right = x + 1 < width ? <i32>load<u8>(src + x + 1) : left;
      store<u8>(dst + (x >> 1), (left + right + 1) >> 1);
    }
    src += width;
    dst += (width + 1) >> 1;
  }
}

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

// @ts-ignore: decorator
@inline
function near(a: v128, b: v128): v128 {
  return i8x16.avgr_u(a, i8x16.avgr_u(a, b));
}

// @ts-ignore: decorator
@inline
function nearOf(a: i32, b: i32): i32 {
  return (a + ((a + b + 1) >> 1) + 1) >> 1;
}

/**
 * A plane of half the size, (width + 1) / 2 by (height + 1) / 2 without padding, to the whole: each pixel
 * takes three parts of its own and one of the nearest neighbour, down the columns and then along the row.
 * `row` has (width + 1) / 2 + 48 bytes.
 */
export function double(dst: usize, width: i32, height: i32, src: usize, row: usize): void {
  const half = (width + 1) >> 1;
  const rows = (height + 1) >> 1;
  const mixed = row + 16;
  for (let y = 0; y < height; y++) {
    const own = y >> 1;
    const other = min(rows - 1, max(0, y & 1 ? own + 1 : own - 1));
    const a = src + own * half;
    const b = src + other * half;
    for (let x = 0; x < half; x += 16) v128.store(mixed + x, near(v128.load(a + x), v128.load(b + x)));
    store<u8>(mixed - 1, load<u8>(mixed));
    store<u8>(mixed + half, load<u8>(mixed + half - 1));
    let x = 0;
    for (; 2 * x + 32 <= width; x += 16) {
      const c = v128.load(mixed + x);
      const even = near(c, v128.load(mixed + x - 1));
      const odd = near(c, v128.load(mixed + x + 1));
      v128.store(dst + 2 * x, i8x16.shuffle(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
      v128.store(dst + 2 * x + 16, i8x16.shuffle(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
    }
    for (; 2 * x < width; x++) {
      const c = <i32>load<u8>(mixed + x);
      store<u8>(dst + 2 * x, nearOf(c, load<u8>(mixed + x - 1)));
      if (2 * x + 1 < width) store<u8>(dst + 2 * x + 1, nearOf(c, load<u8>(mixed + x + 1)));
    }
    dst += width;
  }
}

/** `count` bytes times their alpha. */
export function premultiply(dst: usize, src: usize, alpha: usize, count: i32): void {
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const s = v128.load(src + i);
    const a = v128.load(alpha + i);
    v128.store(dst + i, i8x16.narrow_i16x8_u(
      div255(i16x8.extmul_low_i8x16_u(s, a)),
      div255(i16x8.extmul_high_i8x16_u(s, a)),
    ));
  }
  for (; i < count; i++) store<u8>(dst + i, div255Of(<i32>load<u8>(src + i) * <i32>load<u8>(alpha + i)));
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
        storeSome(at, bytes, width - 2 * x);
      }
      const outU = clamped(i16x8.add(i16x8.q15mulr_sat_s(cb, i16x8.splat(<i16>uu)), i16x8.q15mulr_sat_s(cr, i16x8.splat(<i16>uv))));
      const outV = clamped(i16x8.add(i16x8.q15mulr_sat_s(cb, i16x8.splat(<i16>vu)), i16x8.q15mulr_sat_s(cr, i16x8.splat(<i16>vv))));
      const bytes = i8x16.narrow_i16x8_u(i16x8.add(outU, grey), i16x8.add(outV, grey));
      storeSome(u + x, bytes, min(8, half - x));
      storeSome(v + x, i8x16.shuffle(bytes, bytes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7), min(8, half - x));
    }
    y += 2 * width;
    u += half;
    v += half;
  }
}

/** The first `count` of 16 bytes, or all. */
function storeSome(dst: usize, bytes: v128, count: i32): void {
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

/**
 * How much of each pixel lies inside, from 0 to 255. `edges` holds `pairs` pairs of opposite edges as four 32-bit floats:
 * the direction (x, y) across both, and how far along it each lies. Pixel (i, j) has its middle at (x + i + 0.5,
 * y + j + 0.5). Rows of `out` are a multiple of 4 wide.
 */
export function coverage(out: usize, stride: i32, x: i32, y: i32, width: i32, height: i32, edges: usize, pairs: i32): void {
  const half = f32x4.splat(0.5);
  const none = f32x4.splat(0);
  const one = f32x4.splat(1);
  const all = f32x4.splat(255);
  const next = f32x4.splat(4);
  const first = f32x4.add(f32x4.splat(<f32>x + 0.5), f32x4(0, 1, 2, 3));
  for (let j = 0; j < height; j++) {
    const line = <f32>(y + j) + 0.5;
    let xs = first;
    for (let i = 0; i < width; i += 4) {
      let inside = all;
      for (let at = edges, end = edges + (<usize>pairs << 4); at < end; at += 16) {
        const along = f32x4.add(
          f32x4.mul(xs, v128.load32_splat(at)),
          f32x4.splat(line * load<f32>(at, 4)),
        );
        const behind = f32x4.sub(along, v128.load32_splat(at, 8));
        const before = f32x4.sub(v128.load32_splat(at, 12), along);
        const covered = f32x4.add(f32x4.pmin(behind, half), f32x4.pmin(before, half));
        inside = f32x4.mul(inside, f32x4.pmax(none, f32x4.pmin(one, covered)));
      }
      const words = i32x4.trunc_sat_f32x4_s(f32x4.add(inside, half));
      const bytes = i16x8.narrow_i32x4_s(words, words);
      v128.store32_lane(out + i, i8x16.narrow_i16x8_u(bytes, bytes), 0);
      xs = f32x4.add(xs, next);
    }
    out += stride;
  }
}

/** The first whole number that is not below `a / b`; `b` is above 0. */
function ceilOf(a: i64, b: i64): i64 {
  return a / b + <i64>(a % b > 0);
}

/** From which index on `from + index * step` lies from `least` on and below `end`: within 0 to `count`. */
function firstWithin(from: i64, step: i64, least: i64, end: i64, count: i64): i64 {
  if (step == 0) return from >= least && from < end ? 0 : count;
  const first = step > 0 ? ceilOf(least - from, step) : 1 - ceilOf(end - from, -step);
  return max<i64>(0, min(count, first));
}

/** Up to which index it does so. */
function endWithin(from: i64, step: i64, least: i64, end: i64, count: i64): i64 {
  if (step == 0) return from >= least && from < end ? count : 0;
  const last = step > 0 ? ceilOf(end - from, step) : 1 - ceilOf(least - from, -step);
  return max<i64>(0, min(count, last));
}

// @ts-ignore: decorator
@inline
function turnSome(
  dst: usize, mask: usize, index: i32, end: i32, src: usize, srcStride: i32,
  x: i32, y: i32, columnX: i32, columnY: i32, minX: i32, maxX: i32, minY: i32, maxY: i32,
): void {
  let atX = x + index * columnX;
  let atY = y + index * columnY;
  for (let i = index; i < end; i++) {
    if (load<u8>(mask + i) != 0) {
      let left = atX >> 16;
      let weightX = (atX >> 9) & 127;
      if (left < minX) {
        left = minX;
        weightX = 0;
      } else if (left >= maxX) {
        left = maxX;
        weightX = 0;
      }
      let top = atY >> 16;
      let weightY = (atY >> 9) & 127;
      if (top < minY) {
        top = minY;
        weightY = 0;
      } else if (top >= maxY) {
        top = maxY;
        weightY = 0;
      }
      const at = src + top * srcStride + left;
      const right = weightX ? 1 : 0;
      const below = weightY ? srcStride : 0;
      const upper = <i32>load<u8>(at) * (128 - weightX) + <i32>load<u8>(at + right) * weightX;
      const lower = <i32>load<u8>(at + below) * (128 - weightX) + <i32>load<u8>(at + below + right) * weightX;
      store<u8>(dst + i, (upper * (128 - weightY) + lower * weightY + 8192) >> 14);
    }
    atX += columnX;
    atY += columnY;
  }
}

// Of eight places in 65,536ths, how far each is beyond its pixel, in 128ths.
// @ts-ignore: decorator
@inline
function weightsOf(first: v128, second: v128): v128 {
  const part = i32x4.splat(127);
  return i16x8.narrow_i32x4_s(v128.and(i32x4.shr_u(first, 9), part), v128.and(i32x4.shr_u(second, 9), part));
}

// Pairs of neighbours, mixed by the second one's weight: in 128ths.
// @ts-ignore: decorator
@inline
function acrossPairs(pairs: v128, rest: v128, weight: v128): v128 {
  return i16x8.add(i16x8.mul(v128.and(pairs, i16x8.splat(255)), rest), i16x8.mul(i16x8.shr_u(pairs, 8), weight));
}

/**
 * Bilinear at any angle: pixel (i, j) is read at `x + i * columnX + j * rowX`, `y + i * columnY + j * rowY` (in 65,536ths of
 * a source pixel, 0 being the first pixel's middle), held inside `minX` to `maxX` and `minY` to `maxY`. Pixels whose
 * `mask` is 0 stay as they are.
 */
export function turn(
  dst: usize, dstStride: i32, width: i32, height: i32,
  src: usize, srcStride: i32,
  x: i32, y: i32, columnX: i32, columnY: i32, rowX: i32, rowY: i32,
  minX: i32, maxX: i32, minY: i32, maxY: i32,
  mask: usize, maskStride: i32,
): void {
  const next = i32x4(0, 1, 2, 3);
  const all = i16x8.splat(128);
  const half = i32x4.splat(8192);
  const stride = i32x4.splat(srcStride);
  const none = i32x4.splat(0);
  for (let j = 0; j < height; j++) {
    // Between these nothing has to be held inside.
    const first = <i32>max(
      firstWithin(x, columnX, <i64>minX << 16, <i64>maxX << 16, width),
      firstWithin(y, columnY, <i64>minY << 16, <i64>maxY << 16, width),
    );
    const last = <i32>min(
      endWithin(x, columnX, <i64>minX << 16, <i64>maxX << 16, width),
      endWithin(y, columnY, <i64>minY << 16, <i64>maxY << 16, width),
    );
    turnSome(dst, mask, 0, min(first, width), src, srcStride, x, y, columnX, columnY, minX, maxX, minY, maxY);
    let i = first;
    for (; i + 8 <= last; i += 8) {
      const masked = v128.load64_zero(mask + i);
      if (!v128.any_true(masked)) continue;
      const x0 = i32x4.add(i32x4.splat(x + i * columnX), i32x4.mul(i32x4.splat(columnX), next));
      const x1 = i32x4.add(x0, i32x4.splat(columnX << 2));
      const y0 = i32x4.add(i32x4.splat(y + i * columnY), i32x4.mul(i32x4.splat(columnY), next));
      const y1 = i32x4.add(y0, i32x4.splat(columnY << 2));
      const at0 = i32x4.add(i32x4.mul(i32x4.shr_s(y0, 16), stride), i32x4.shr_s(x0, 16));
      const at1 = i32x4.add(i32x4.mul(i32x4.shr_s(y1, 16), stride), i32x4.shr_s(x1, 16));
      let upper = none;
      let lower = none;
      let at = src + i32x4.extract_lane(at0, 0);
      upper = v128.load16_lane(at, upper, 0);
      lower = v128.load16_lane(at + srcStride, lower, 0);
      at = src + i32x4.extract_lane(at0, 1);
      upper = v128.load16_lane(at, upper, 1);
      lower = v128.load16_lane(at + srcStride, lower, 1);
      at = src + i32x4.extract_lane(at0, 2);
      upper = v128.load16_lane(at, upper, 2);
      lower = v128.load16_lane(at + srcStride, lower, 2);
      at = src + i32x4.extract_lane(at0, 3);
      upper = v128.load16_lane(at, upper, 3);
      lower = v128.load16_lane(at + srcStride, lower, 3);
      at = src + i32x4.extract_lane(at1, 0);
      upper = v128.load16_lane(at, upper, 4);
      lower = v128.load16_lane(at + srcStride, lower, 4);
      at = src + i32x4.extract_lane(at1, 1);
      upper = v128.load16_lane(at, upper, 5);
      lower = v128.load16_lane(at + srcStride, lower, 5);
      at = src + i32x4.extract_lane(at1, 2);
      upper = v128.load16_lane(at, upper, 6);
      lower = v128.load16_lane(at + srcStride, lower, 6);
      at = src + i32x4.extract_lane(at1, 3);
      upper = v128.load16_lane(at, upper, 7);
      lower = v128.load16_lane(at + srcStride, lower, 7);
      const weightX = weightsOf(x0, x1);
      const weightY = weightsOf(y0, y1);
      const restX = i16x8.sub(all, weightX);
      const restY = i16x8.sub(all, weightY);
      const above = acrossPairs(upper, restX, weightX);
      const below = acrossPairs(lower, restX, weightX);
      const words = i16x8.narrow_i32x4_s(
        i32x4.shr_s(i32x4.add(i32x4.add(
          i32x4.extmul_low_i16x8_u(above, restY), i32x4.extmul_low_i16x8_u(below, weightY)), half), 14),
        i32x4.shr_s(i32x4.add(i32x4.add(
          i32x4.extmul_high_i16x8_u(above, restY), i32x4.extmul_high_i16x8_u(below, weightY)), half), 14),
      );
      const bytes = v128.bitselect(
        i8x16.narrow_i16x8_u(words, words), v128.load64_zero(dst + i), i8x16.ne(masked, none));
      v128.store64_lane(dst + i, bytes, 0);
    }
    turnSome(dst, mask, i, width, src, srcStride, x, y, columnX, columnY, minX, maxX, minY, maxY);
    x += rowX;
    y += rowY;
    dst += dstStride;
    mask += maskStride;
  }
}

/** Mirrors rows (`across` 1) and their order (`down` 1). */
export function mirror(dst: usize, src: usize, width: i32, height: i32, across: i32, down: i32): void {
  for (let y = 0; y < height; y++) {
    const from = src + (down ? height - 1 - y : y) * width;
    if (across) {
      let x = 0;
      for (; x + 16 <= width; x += 16) {
        const bytes = v128.load(from + width - 16 - x);
        v128.store(dst + x, i8x16.shuffle(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      }
      for (; x < width; x++) store<u8>(dst + x, load<u8>(from + width - 1 - x));
    } else memory.copy(dst, from, width);
    dst += width;
  }
}

/** Columns become rows; then mirrors rows (`across` 1) and their order (`down` 1). `dst` has rows of `height`. */
export function transpose(dst: usize, src: usize, width: i32, height: i32, across: i32, down: i32): void {
  const step: i32 = down ? -height : height;
  const firstRow = dst + (down ? <usize>((width - 1) * height) : 0);
  for (let top = 0; top < height; top += 32) {
    const bottom = min(height, top + 32);
    for (let x = 0; x < width; x++) {
      const row = firstRow + x * step;
      let from = src + top * width + x;
      for (let y = top; y < bottom; y++) {
        store<u8>(row + (across ? height - 1 - y : y), load<u8>(from));
        from += width;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function fourOf(above: usize, below: usize): v128 {
  const rows = v128.load16_lane(below, v128.load16_lane(above, i32x4.splat(0), 0), 1);
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(rows)));
}

// @ts-ignore: decorator
@inline
function mixed(mode: i32, s: v128, d: v128, a: v128, b: v128): v128 {
  const one = f32x4.splat(1);
  const both = f32x4.add(s, d);
  // Of the source where nothing lies below it, and of what lies below where the source is clear.
  const sAlone = f32x4.mul(s, f32x4.sub(one, b));
  const dAlone = f32x4.mul(d, f32x4.sub(one, a));
  const product = f32x4.mul(s, d);
  if (mode == 1) return both;
  if (mode == 2) return f32x4.sub(d, s);
  if (mode == 3) return f32x4.sub(both, product);
  if (mode == 4) return f32x4.add(product, f32x4.add(sAlone, dAlone));
  const over = f32x4.add(s, dAlone);
  const under = f32x4.add(d, sAlone);
  return mode == 5 ? f32x4.pmax(over, under) : f32x4.pmin(over, under);
}

// RGB and shares of 1 as 16-bit numbers, 1 being 16,384.

/** The product of two such numbers. */
// @ts-ignore: decorator
@inline
function timesOf(x: v128, y: v128): v128 {
  return i16x8.shl(i16x8.q15mulr_sat_s(x, y), 1);
}

// @ts-ignore: decorator
@inline
function within(x: v128, most: v128): v128 {
  return i16x8.max_s(i16x8.splat(0), i16x8.min_s(most, x));
}

/** As `mixed`, over what is opaque. */
// @ts-ignore: decorator
@inline
function mixedOverOpaque(mode: i32, s: v128, d: v128, a: v128): v128 {
  const one = i16x8.splat(16384);
  if (mode == 1) return i16x8.min_s(one, i16x8.add_sat_s(s, d));
  if (mode == 2) return i16x8.max_s(i16x8.splat(0), i16x8.sub(d, s));
  const product = timesOf(s, d);
  if (mode == 3) return i16x8.min_s(one, i16x8.add(i16x8.sub(s, product), d));
  const dAlone = i16x8.sub(d, timesOf(d, a));
  if (mode == 4) return i16x8.min_s(one, i16x8.add(product, dAlone));
  const over = i16x8.min_s(one, i16x8.add_sat_s(s, dAlone));
  return mode == 5 ? i16x8.max_s(over, d) : i16x8.min_s(over, d);
}

/** Four bytes of chroma, each for the two pixels of its block in a row. */
// @ts-ignore: decorator
@inline
function chromaOfEight(at: usize): v128 {
  const bytes = v128.load32_zero(at);
  return i16x8.extend_low_i8x16_u(i8x16.shuffle(bytes, bytes, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7));
}

/** Four bytes of premultiplied chroma and their alpha: how far it is from grey without that, in 256ths, for the two pixels of its block. */
// @ts-ignore: decorator
@inline
function clearedOfEight(at: usize, alpha: v128): v128 {
  const chroma = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))));
  const away = f32x4.sub(f32x4.mul(chroma, f32x4.splat(255)), f32x4.mul(alpha, f32x4.splat(128)));
  const cleared = f32x4.div(f32x4.mul(away, f32x4.splat(256)), f32x4.pmax(f32x4.splat(1), alpha));
  const words = i32x4.trunc_sat_f32x4_s(cleared);
  const narrow = i16x8.narrow_i32x4_s(words, words);
  return i8x16.shuffle(narrow, narrow, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
}

/** The mean of each four pixels that share a block, of how far a colour is from luma; `by` in 64ths of a byte, in 32,768ths. */
// @ts-ignore: decorator
@inline
function chromaBytes(above: v128, below: v128, by: i16): v128 {
  const rows = i16x8.add(i16x8.shr_s(above, 1), i16x8.shr_s(below, 1));
  const sums = i32x4.shr_s(i32x4.extadd_pairwise_i16x8_s(rows), 1);
  const means = i16x8.narrow_i32x4_s(sums, sums);
  const words = i16x8.shr_s(i16x8.add(i16x8.q15mulr_sat_s(means, i16x8.splat(by)), i16x8.splat(128 * 64 + 32)), 6);
  return i8x16.narrow_i16x8_u(words, words);
}

/** Eight by two pixels of `mixColours` over what is opaque, in 16-bit numbers. */
function mixEightOverOpaque(
  mode: i32, opacity: i32,
  dstY: usize, dstU: usize, dstV: usize, dstStride: i32,
  srcY: usize, srcU: usize, srcV: usize, srcA: usize, srcHalfA: usize, srcStride: i32,
): void {
  const zero = i8x16.splat(0);
  const aboveA = v128.load64_zero(srcA);
  const belowA = v128.load64_zero(srcA + srcStride);
  if (!v128.any_true(v128.or(aboveA, belowA))) return;
  const opaque = opacity == 256 &&
    i64x2.extract_lane(v128.and(aboveA, belowA), 0) == -1;
  const one = i16x8.splat(16384);
  const grey = i16x8.splat(128);

  // BT.601: red, green and blue from luma and chroma of limited range (ITU-R BT.601-7, section 2.5.3).
  const dU = i16x8.shl(i16x8.sub(chromaOfEight(dstU), grey), 8);
  const dV = i16x8.shl(i16x8.sub(chromaOfEight(dstV), grey), 8);
  let sU: v128;
  let sV: v128;
  if (opaque) {
    sU = i16x8.shl(i16x8.sub(chromaOfEight(srcU), grey), 8);
    sV = i16x8.shl(i16x8.sub(chromaOfEight(srcV), grey), 8);
  } else {
    const halfA = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(srcHalfA))));
    sU = clearedOfEight(srcU, halfA);
    sV = clearedOfEight(srcV, halfA);
  }
  const redV = i16x8.splat(13126);
  const greenU = i16x8.splat(-3222);
  const greenV = i16x8.splat(-6686);
  const blueU = i16x8.splat(16590);
  const dRed = i16x8.q15mulr_sat_s(dV, redV);
  const dGreen = i16x8.add(i16x8.q15mulr_sat_s(dU, greenU), i16x8.q15mulr_sat_s(dV, greenV));
  const dBlue = i16x8.q15mulr_sat_s(dU, blueU);
  const sRed = i16x8.q15mulr_sat_s(sV, redV);
  const sGreen = i16x8.add(i16x8.q15mulr_sat_s(sU, greenU), i16x8.q15mulr_sat_s(sV, greenV));
  const sBlue = i16x8.q15mulr_sat_s(sU, blueU);

  const lumaUnit = i16x8.splat(19152);
  const sourceLumaUnit = i16x8.splat(<i16>((19152 * opacity) >> 8));
  const alphaUnit = i16x8.splat(<i16>((16448 * opacity + 128) >> 8));
  let bluesAbove = zero;
  let bluesBelow = zero;
  let redsAbove = zero;
  let redsBelow = zero;
  for (let line = 0; line < 2; line++) {
    const alphas = line ? belowA : aboveA;
    const alpha = i16x8.extend_low_i8x16_u(alphas);
    const a = opaque ? one : i16x8.min_s(one, i16x8.q15mulr_sat_s(i16x8.shl(alpha, 7), alphaUnit));
    const black = i16x8.add(i16x8.shl(alpha, 3), i16x8.shr_u(alpha, 5));
    const sY = i16x8.q15mulr_sat_s(i16x8.sub(i16x8.shl(v128.load_ext<u8>(srcY), 7), black), sourceLumaUnit);
    const dBytes = v128.load64_zero(dstY);
    const dY = i16x8.q15mulr_sat_s(
      i16x8.sub(i16x8.shl(i16x8.extend_low_i8x16_u(dBytes), 7), i16x8.splat(16 << 7)), lumaUnit);
    const red = mixedOverOpaque(mode,
      within(i16x8.add_sat_s(sY, opaque ? sRed : timesOf(sRed, a)), a), within(i16x8.add_sat_s(dY, dRed), one), a);
    const green = mixedOverOpaque(mode,
      within(i16x8.add_sat_s(sY, opaque ? sGreen : timesOf(sGreen, a)), a), within(i16x8.add_sat_s(dY, dGreen), one), a);
    const blue = mixedOverOpaque(mode,
      within(i16x8.add_sat_s(sY, opaque ? sBlue : timesOf(sBlue, a)), a), within(i16x8.add_sat_s(dY, dBlue), one), a);
    const luma = i16x8.add(
      i16x8.add(i16x8.q15mulr_sat_s(red, i16x8.splat(9798)), i16x8.q15mulr_sat_s(green, i16x8.splat(19235))),
      i16x8.q15mulr_sat_s(blue, i16x8.splat(3736)),
    );
    const words = i16x8.add(i16x8.q15mulr_sat_s(luma, i16x8.splat(438)), i16x8.splat(16));
    const bytes = v128.bitselect(i8x16.narrow_i16x8_u(words, words), dBytes, i8x16.ne(alphas, zero));
    v128.store64_lane(dstY, bytes, 0);
    // What is not drawn on keeps its colours, also those that no screen shows.
    const drawn = i16x8.ne(alpha, zero);
    const awayBlue = v128.bitselect(i16x8.sub(blue, luma), dBlue, drawn);
    const awayRed = v128.bitselect(i16x8.sub(red, luma), dRed, drawn);
    if (line) {
      bluesBelow = awayBlue;
      redsBelow = awayRed;
    } else {
      bluesAbove = awayBlue;
      redsAbove = awayRed;
    }
    srcY += srcStride;
    dstY += dstStride;
  }
  // 224 / 1.772 and 224 / 1.402 bytes for 16,384, in 64ths, in 32,768ths.
  const outU = chromaBytes(bluesAbove, bluesBelow, 16181);
  const outV = chromaBytes(redsAbove, redsBelow, 20451);
  if (opaque) {
    v128.store32_lane(dstU, outU, 0);
    v128.store32_lane(dstV, outV, 0);
    return;
  }
  const blocks = i16x8.ne(v128.or(aboveA, belowA), zero);
  const drawnBlocks = i8x16.narrow_i16x8_s(blocks, blocks);
  v128.store32_lane(dstU, v128.bitselect(outU, v128.load32_zero(dstU), drawnBlocks), 0);
  v128.store32_lane(dstV, v128.bitselect(outV, v128.load32_zero(dstV), drawnBlocks), 0);
}

/**
 * Premultiplied planes mixed with what is there, as RGB, by four pixels that share their chroma. `mode`: 1 adds, 2 subtracts,
 * 3 screens, 4 multiplies, 5 takes the lighter, 6 the darker. `width` and `height` are even; `opacity` of 256
 * parts. `dstA` and `dstHalfA` are 0 where what is there is opaque; they are read only.
 */
export function mixColours(
  mode: i32, width: i32, height: i32, opacity: i32,
  dstY: usize, dstU: usize, dstV: usize, dstStride: i32, dstHalfStride: i32, dstA: usize, dstHalfA: usize,
  srcY: usize, srcU: usize, srcV: usize, srcA: usize, srcHalfA: usize, srcStride: i32, srcHalfStride: i32,
): void {
  const none = f32x4.splat(0);
  const one = f32x4.splat(1);
  const part = <f32>opacity / 256;
  const lumaScale = f32x4.splat(1.0 / 219.0);
  const byte = f32x4.splat(1.0 / 255.0);
  const black = f32x4.splat(16);
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const half = x >> 1;
      if (x + 8 <= width && (!dstA || (load<i64>(dstA + x) & load<i64>(dstA + dstStride + x)) == -1)) {
        mixEightOverOpaque(
          mode, opacity, dstY + x, dstU + half, dstV + half, dstStride,
          srcY + x, srcU + half, srcV + half, srcA + x, srcHalfA + half, srcStride,
        );
        x += 6;
        continue;
      }
      const sourceA = f32x4.mul(fourOf(srcA + x, srcA + srcStride + x), byte);
      if (!v128.any_true(sourceA)) continue;
      const a = f32x4.mul(sourceA, f32x4.splat(part));
      const halfA = <f32>load<u8>(srcHalfA + half) / 255;
      const clearing: f32 = halfA > 0 ? part / halfA : 0;
      const sY = f32x4.mul(
        f32x4.sub(fourOf(srcY + x, srcY + srcStride + x), f32x4.mul(sourceA, black)),
        f32x4.mul(lumaScale, f32x4.splat(part)),
      );
      // The chroma of a block, for each pixel as much as there is of it.
      const sU = f32x4.mul(sourceA, f32x4.splat((<f32>load<u8>(srcU + half) - 128 * halfA) * clearing));
      const sV = f32x4.mul(sourceA, f32x4.splat((<f32>load<u8>(srcV + half) - 128 * halfA) * clearing));

      let b = one;
      let shareOfBlock = one;
      let belowA: f32 = 1;
      if (dstA) {
        b = f32x4.mul(fourOf(dstA + x, dstA + dstStride + x), byte);
        belowA = <f32>load<u8>(dstHalfA + half) / 255;
        shareOfBlock = belowA > 0 ? f32x4.mul(b, f32x4.splat(1 / belowA)) : none;
      }
      const dY = f32x4.mul(f32x4.sub(fourOf(dstY + x, dstY + dstStride + x), f32x4.mul(b, black)), lumaScale);
      const dU = f32x4.mul(shareOfBlock, f32x4.splat(<f32>load<u8>(dstU + half) - 128 * belowA));
      const dV = f32x4.mul(shareOfBlock, f32x4.splat(<f32>load<u8>(dstV + half) - 128 * belowA));

      // BT.601: red and blue from luma and chroma of limited range (ITU-R BT.601-7, section 2.5.3).
      const redV = f32x4.splat(1.402 / 224);
      const greenU = f32x4.splat(-0.344136 / 224);
      const greenV = f32x4.splat(-0.714136 / 224);
      const blueU = f32x4.splat(1.772 / 224);
      const dRed = f32x4.add(dY, f32x4.mul(dV, redV));
      const dGreen = f32x4.add(dY, f32x4.add(f32x4.mul(dU, greenU), f32x4.mul(dV, greenV)));
      const dBlue = f32x4.add(dY, f32x4.mul(dU, blueU));
      const sRed = f32x4.add(sY, f32x4.mul(sV, redV));
      const sGreen = f32x4.add(sY, f32x4.add(f32x4.mul(sU, greenU), f32x4.mul(sV, greenV)));
      const sBlue = f32x4.add(sY, f32x4.mul(sU, blueU));

      const most = f32x4.sub(f32x4.add(a, b), f32x4.mul(a, b));
      const drawn = f32x4.gt(sourceA, none);
      // Colours out of RGB's range are brought into it, as a screen would show them.
      const red = v128.bitselect(
        f32x4.pmax(none, f32x4.pmin(most, mixed(mode, f32x4.pmax(none, f32x4.pmin(a, sRed)), f32x4.pmax(none, f32x4.pmin(b, dRed)), a, b))),
        dRed, drawn);
      const green = v128.bitselect(
        f32x4.pmax(none, f32x4.pmin(most, mixed(mode, f32x4.pmax(none, f32x4.pmin(a, sGreen)), f32x4.pmax(none, f32x4.pmin(b, dGreen)), a, b))),
        dGreen, drawn);
      const blue = v128.bitselect(
        f32x4.pmax(none, f32x4.pmin(most, mixed(mode, f32x4.pmax(none, f32x4.pmin(a, sBlue)), f32x4.pmax(none, f32x4.pmin(b, dBlue)), a, b))),
        dBlue, drawn);
      const outA = v128.bitselect(most, b, drawn);

      const luma = f32x4.add(
        f32x4.add(f32x4.mul(red, f32x4.splat(0.299)), f32x4.mul(green, f32x4.splat(0.587))),
        f32x4.mul(blue, f32x4.splat(0.114)),
      );
      const lumaBytes = i32x4.trunc_sat_f32x4_s(f32x4.add(
        f32x4.add(f32x4.mul(luma, f32x4.splat(219)), f32x4.mul(outA, black)), f32x4.splat(0.5)));
      const words = i16x8.narrow_i32x4_s(lumaBytes, lumaBytes);
      const bytes = i8x16.narrow_i16x8_u(words, words);
      v128.store16_lane(dstY + x, bytes, 0);
      v128.store16_lane(dstY + dstStride + x, bytes, 1);
      const meanA = sumOf(outA) * 0.25;
      const u = (sumOf(f32x4.sub(blue, luma)) * 0.25) * (224.0 / 1.772) + 128 * meanA;
      const v = (sumOf(f32x4.sub(red, luma)) * 0.25) * (224.0 / 1.402) + 128 * meanA;
      store<u8>(dstU + half, <u8>max<i32>(0, min<i32>(255, <i32>(u + 0.5))));
      store<u8>(dstV + half, <u8>max<i32>(0, min<i32>(255, <i32>(v + 0.5))));
    }
    dstY += 2 * dstStride;
    dstU += dstHalfStride;
    dstV += dstHalfStride;
    if (dstA) {
      dstA += 2 * dstStride;
      dstHalfA += dstHalfStride;
    }
    srcY += 2 * srcStride;
    srcU += srcHalfStride;
    srcV += srcHalfStride;
    srcA += 2 * srcStride;
    srcHalfA += srcHalfStride;
  }
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3);
}
