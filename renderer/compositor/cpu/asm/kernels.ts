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

/**
 * Straight RGBA to premultiplied BT.601 planes of limited range: luma and alpha of width x height, chroma and
 * its alpha of (width + 1) / 2 x (height + 1) / 2, each the mean of its (up to) four pixels. Returns the least alpha.
 */
export function planesOfRgba(
  rgba: usize, width: i32, height: i32,
  outY: usize, outU: usize, outV: usize, outA: usize, outHalfA: usize,
): i32 {
  let least = 255;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
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
    }
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
