// AssemblyScript (see ../lanes.ts): blend modes.

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
