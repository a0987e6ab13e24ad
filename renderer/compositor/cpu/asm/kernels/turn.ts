// AssemblyScript (see ../lanes.ts): a plane at an angle, or mirrored.

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
