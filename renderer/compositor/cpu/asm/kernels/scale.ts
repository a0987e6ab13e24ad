// AssemblyScript (see ../lanes.ts): a plane in another size.

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
