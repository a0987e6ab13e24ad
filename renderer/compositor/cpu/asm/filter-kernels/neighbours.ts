// AssemblyScript (see ../lanes.ts): each pixel by those beside it.

import { storeSome } from "../lanes";

/** One row between copies of its ends, which `blurRows` reads beyond them. */
function padRow(row: usize, src: usize, width: i32): void {
  memory.fill(row, load<u8>(src), 16);
  memory.copy(row + 16, src, width);
  memory.fill(row + 16 + width, load<u8>(src + width - 1), 32);
}

/**
 * Each pixel the sum of its neighbours in the row, up to `radius` (at most 15) away, by weights of 256 parts: 16-bit words
 * at `weights`, the pixel's own first. Ends repeat. `row` has `width` + 48 bytes.
 */
export function blurRows(dst: usize, src: usize, width: i32, height: i32, weights: usize, radius: i32, row: usize): void {
  for (let y = 0; y < height; y++) {
    padRow(row, src, width);
    for (let x = 0; x < width; x += 8) {
      const at = row + 16 + x;
      let sum = i16x8.add(i16x8.splat(128), i16x8.mul(v128.load_ext<u8>(at), v128.load_splat<i16>(weights)));
      for (let k = 1; k <= radius; k++)
        sum = i16x8.add(sum, i16x8.mul(
          i16x8.add(v128.load_ext<u8>(at - k), v128.load_ext<u8>(at + k)),
          v128.load_splat<i16>(weights + (k << 1)),
        ));
      const words = i16x8.shr_u(sum, 8);
      storeSome(dst + x, i8x16.narrow_i16x8_u(words, words), min(8, width - x));
    }
    src += width;
    dst += width;
  }
}

/** As `blurRows`, down the columns; `dst` is another plane. */
export function blurColumns(dst: usize, src: usize, width: i32, height: i32, weights: usize, radius: i32): void {
  for (let y = 0; y < height; y++) {
    const own = src + <usize>(y * width);
    for (let x = 0; x < width; x += 8) {
      let sum = i16x8.add(i16x8.splat(128), i16x8.mul(v128.load_ext<u8>(own + x), v128.load_splat<i16>(weights)));
      for (let k = 1; k <= radius; k++) {
        const above = src + <usize>(max(0, y - k) * width) + x;
        const below = src + <usize>(min(height - 1, y + k) * width) + x;
        sum = i16x8.add(sum, i16x8.mul(
          i16x8.add(v128.load_ext<u8>(above), v128.load_ext<u8>(below)),
          v128.load_splat<i16>(weights + (k << 1)),
        ));
      }
      const words = i16x8.shr_u(sum, 8);
      storeSome(dst + x, i8x16.narrow_i16x8_u(words, words), min(8, width - x));
    }
    dst += width;
  }
}

/** Away from `blurred` by `amount` of 64 parts (at most 127). */
export function unsharp(plane: usize, blurred: usize, count: i32, amount: i32): void {
  const a = i16x8.splat(<i16>amount);
  const half = i16x8.splat(32);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const own = v128.load_ext<u8>(plane + i);
    const detail = i16x8.mul(i16x8.sub(own, v128.load_ext<u8>(blurred + i)), a);
    const words = i16x8.add(own, i16x8.shr_s(i16x8.add(detail, half), 6));
    v128.store64_lane(plane + i, i8x16.narrow_i16x8_u(words, words), 0);
  }
  for (; i < count; i++) {
    const own = <i32>load<u8>(plane + i);
    const detail = (own - <i32>load<u8>(blurred + i)) * amount;
    store<u8>(plane + i, min(255, max(0, own + ((detail + 32) >> 6))));
  }
}
