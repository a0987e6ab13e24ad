// AssemblyScript (see ../lanes.ts): the guided filter, of beauty and of the mask of people.

import { div255, storeSome } from "../lanes";

/** Each byte times `factor` of 255 parts, plus `offset`. */
export function scaleAndAdd(plane: usize, factor: usize, offset: usize, count: i32): void {
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const p = v128.load(plane + i);
    const f = v128.load(factor + i);
    const product = i8x16.narrow_i16x8_u(
      div255(i16x8.extmul_low_i8x16_u(p, f)),
      div255(i16x8.extmul_high_i8x16_u(p, f)),
    );
    v128.store(plane + i, i8x16.add_sat_u(product, v128.load(offset + i)));
  }
  for (; i < count; i++) {
    const t = <i32>load<u8>(plane + i) * <i32>load<u8>(factor + i) + 128;
    store<u8>(plane + i, min(255, ((t + (t >> 8)) >> 8) + <i32>load<u8>(offset + i)));
  }
}

/** Each byte moved by `by` (-128 to 127) where `mask` is 255, less where it is less. */
export function shiftBy(plane: usize, mask: usize, count: i32, by: i32): void {
  const b = i16x8.splat(<i16>by);
  const half = i16x8.splat(128);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const moved = i16x8.shr_s(i16x8.add(i16x8.mul(v128.load_ext<u8>(mask + i), b), half), 8);
    const words = i16x8.add(v128.load_ext<u8>(plane + i), moved);
    v128.store64_lane(plane + i, i8x16.narrow_i16x8_u(words, words), 0);
  }
  for (; i < count; i++) {
    const moved = (<i32>load<u8>(mask + i) * by + 128) >> 8;
    store<u8>(plane + i, min(255, max(0, <i32>load<u8>(plane + i) + moved)));
  }
}

/** Means over squares of 2 * radius + 1, of what of them lies inside; all of 32-bit floats. `between` is as big as `dst`. */
function boxMeans(dst: usize, src: usize, between: usize, width: i32, height: i32, radius: i32): void {
  for (let y = 0; y < height; y++) {
    const row = src + <usize>(y * width * 4);
    const out = between + <usize>(y * width * 4);
    let sum: f32 = 0;
    for (let x = 0; x < min(radius, width); x++) sum += load<f32>(row + (x << 2));
    for (let x = 0; x < width; x++) {
      const last = x + radius;
      const gone = x - radius - 1;
      if (last < width) sum += load<f32>(row + (last << 2));
      if (gone >= 0) sum -= load<f32>(row + (gone << 2));
      store<f32>(out + (x << 2), sum / <f32>(min(width - 1, last) - max(0, gone + 1) + 1));
    }
  }
  const step = <usize>(width << 2);
  let x = 0;
  // Four columns at a time.
  for (; x + 4 <= width; x += 4) {
    const column = between + (x << 2);
    const out = dst + (x << 2);
    let sum = f32x4.splat(0);
    for (let y = 0; y < min(radius, height); y++) sum = f32x4.add(sum, v128.load(column + <usize>y * step));
    for (let y = 0; y < height; y++) {
      const last = y + radius;
      const gone = y - radius - 1;
      if (last < height) sum = f32x4.add(sum, v128.load(column + <usize>last * step));
      if (gone >= 0) sum = f32x4.sub(sum, v128.load(column + <usize>gone * step));
      const count = <f32>(min(height - 1, last) - max(0, gone + 1) + 1);
      v128.store(out + <usize>y * step, f32x4.div(sum, f32x4.splat(count)));
    }
  }
  for (; x < width; x++) {
    const column = between + (x << 2);
    const out = dst + (x << 2);
    let sum: f32 = 0;
    for (let y = 0; y < min(radius, height); y++) sum += load<f32>(column + <usize>y * step);
    for (let y = 0; y < height; y++) {
      const last = y + radius;
      const gone = y - radius - 1;
      if (last < height) sum += load<f32>(column + <usize>last * step);
      if (gone >= 0) sum -= load<f32>(column + <usize>gone * step);
      store<f32>(out + <usize>y * step, sum / <f32>(min(height - 1, last) - max(0, gone + 1) + 1));
    }
  }
}

// @ts-ignore: decorator
@inline
function risen(value: f32, from: f32, to: f32): f32 {
  const t = min<f32>(1, max<f32>(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/**
 * What beauty does to a picture, from a small one of it (`u` and `v` of its size too): the guided filter with itself
 * (He, Sun and Tang 2013) by how much skin there is. Into `factor` and `offset` for `scaleAndAdd` on luma, and `skin`.
 * `smooth` and `whiten` are 0 to 1, `eps` is of luma from 0 to 1. `room` has 5 * width * height floats.
 */
export function beautyMaps(
  y: usize, u: usize, v: usize, width: i32, height: i32, radius: i32, eps: f32, smooth: f32, whiten: f32,
  factor: usize, offset: usize, skin: usize, room: usize,
): void {
  const count = width * height;
  const size = <usize>(count << 2);
  const means = room;
  const squares = room + size;
  const skins = room + 2 * size;
  const between = room + 3 * size;
  const source = room + 4 * size;
  for (let i = 0; i < count; i++) {
    const luma = (<f32>load<u8>(y + i) - 16) / 219;
    const cb = (<f32>load<u8>(u + i) - 128) / 224;
    const cr = (<f32>load<u8>(v + i) - 128) / 224;
    const du = (cb + 0.095) / 0.115;
    const dv = (cr - 0.095) / 0.085;
    const away = <f32>Math.sqrt(<f64>(du * du + dv * dv));
    store<f32>(source + (i << 2), (1 - risen(away, 0.55, 1.35)) * risen(luma, 0.12, 0.3));
    store<f32>(means + (i << 2), luma);
    store<f32>(squares + (i << 2), luma * luma);
  }
  boxMeans(skins, source, between, width, height, radius);
  boxMeans(source, squares, between, width, height, radius);
  boxMeans(squares, means, between, width, height, radius);
  // Now `squares` are means, `source` means of squares.
  for (let i = 0; i < count; i++) {
    const at = i << 2;
    const mean = load<f32>(squares + at);
    const variance = max<f32>(0, load<f32>(source + at) - mean * mean);
    const a = variance / (variance + eps);
    store<f32>(means + at, a);
    store<f32>(source + at, (1 - a) * mean);
    const t = min<f32>(1, max<f32>(0, mean));
    const lift = whiten * 0.64 * t * (1 - t) * load<f32>(skins + at);
    store<u8>(offset + i, <u8>(lift * 219 + 0.5));
  }
  boxMeans(squares, means, between, width, height, radius);
  boxMeans(means, source, between, width, height, radius);
  for (let i = 0; i < count; i++) {
    const at = i << 2;
    const weight = load<f32>(skins + at) * smooth;
    const a: f32 = <f32>1 + weight * (load<f32>(squares + at) - <f32>1);
    const b: f32 = weight * load<f32>(means + at) * <f32>219 + <f32>16 * (<f32>1 - a);
    store<u8>(factor + i, <u8>(a * 255 + 0.5));
    store<u8>(offset + i, <u8>min<f32>(255, b + <f32>load<u8>(offset + i) + 0.5));
    store<u8>(skin + i, <u8>(load<f32>(skins + at) * 255 + 0.5));
  }
}

/**
 * The guided filter (He, Sun and Tang 2013) of a mask by luma, from small planes of both: where a mask's edge belongs, as a
 * line over luma for each pixel. A pixel's share is (`factor` - 128) / 51 times its luma (0 to 1) less a half, plus `offset` /
 * 102 - 0.75. Luma that differs by less than about 0.1 is no edge. `room` has 6 * width * height floats.
 */
export function guideMask(
  y: usize, mask: usize, width: i32, height: i32, radius: i32, factor: usize, offset: usize, room: usize,
): void {
  const count = width * height;
  const size = <usize>(count << 2);
  const lumas = room;
  const shares = room + size;
  const products = room + 2 * size;
  const squares = room + 3 * size;
  const between = room + 4 * size;
  const means = room + 5 * size;
  for (let i = 0; i < count; i++) {
    const at = i << 2;
    const luma: f32 = (<f32>load<u8>(y + i) - 16) / 219 - 0.5;
    const share: f32 = <f32>load<u8>(mask + i) / 255;
    store<f32>(lumas + at, luma);
    store<f32>(shares + at, share);
    store<f32>(products + at, luma * share);
    store<f32>(squares + at, luma * luma);
  }
  boxMeans(means, products, between, width, height, radius);
  boxMeans(products, squares, between, width, height, radius);
  boxMeans(squares, shares, between, width, height, radius);
  boxMeans(shares, lumas, between, width, height, radius);
  // Now `means` are those of products, `products` of squares, `squares` of shares and `shares` of lumas.
  for (let i = 0; i < count; i++) {
    const at = i << 2;
    const luma = load<f32>(shares + at);
    const share = load<f32>(squares + at);
    const variance = max<f32>(0, load<f32>(products + at) - luma * luma);
    const a: f32 = (load<f32>(means + at) - luma * share) / (variance + 0.01);
    store<f32>(lumas + at, a);
    store<f32>(products + at, share - a * luma);
  }
  boxMeans(means, lumas, between, width, height, radius);
  boxMeans(shares, products, between, width, height, radius);
  for (let i = 0; i < count; i++) {
    const at = i << 2;
    const a = load<f32>(means + at) * 51 + 128.5;
    const b = (load<f32>(shares + at) + 0.75) * 102 + 0.5;
    store<u8>(factor + i, <u8>min<f32>(255, max<f32>(0, a)));
    store<u8>(offset + i, <u8>min<f32>(255, max<f32>(0, b)));
  }
}

/** What eight pixels' shares come to, 102 being 1 and more than 16 bits never needed. */
// @ts-ignore: decorator
@inline
function shareOf(luma: v128, factor: v128, offset: v128): v128 {
  const line = i16x8.mul(i16x8.sub(luma, i16x8.splat(126)), i16x8.sub(factor, i16x8.splat(128)));
  // Times 2 / 219.
  const rise = i16x8.q15mulr_sat_s(line, i16x8.splat(299));
  return i16x8.add(rise, i16x8.sub(offset, i16x8.splat(77)));
}

/**
 * `guideMask`'s lines at their pixels' luma: what lies at `from` (102 being a share of 1) is `least`, and rises by `gain` 512ths of
 * 255 with each step. `gain` may be negative; then it falls from 255.
 */
export function guidedAlpha(
  dst: usize, y: usize, factor: usize, offset: usize, count: i32, from: i32, gain: i32, least: i32,
): void {
  const start = i16x8.splat(<i16>from);
  const steep = i16x8.splat(<i16>gain);
  const lowest = i16x8.splat(<i16>least);
  const base = i16x8.splat(<i16>(gain < 0 ? 255 : 0));
  for (let i = 0; i < count; i += 8) {
    const share = shareOf(v128.load_ext<u8>(y + i), v128.load_ext<u8>(factor + i), v128.load_ext<u8>(offset + i));
    const away = i16x8.sub(share, start);
    const inside = i16x8.max_s(i16x8.splat(-500), i16x8.min_s(i16x8.splat(500), away));
    const rise = i16x8.q15mulr_sat_s(i16x8.shl(inside, 6), steep);
    const alpha = i16x8.max_s(lowest, i16x8.add(base, rise));
    storeSome(dst + i, i8x16.narrow_i16x8_u(alpha, alpha), min(8, count - i));
  }
}
