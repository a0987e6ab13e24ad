// AssemblyScript (see ../lanes.ts): drawing on a plane what lies straight in it.

import { div255, div255Of } from "../lanes";

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
