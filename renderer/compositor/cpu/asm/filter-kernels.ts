// AssemblyScript (not TypeScript): compiled by `asc`. Planes are bytes, row by row without padding, chroma of half the
// size, rounded up; every plane has 16 bytes behind its end that may be read. What each kernel computes is said, and
// tested against, in tests/renderer/compositor/cpu/plain-filter-kernels.ts.

// @ts-ignore: decorator
@inline
function lerp(a: v128, b: v128, weight: v128): v128 {
  return i16x8.add(a, i16x8.q15mulr_sat_s(i16x8.sub(b, a), weight));
}

// @ts-ignore: decorator
@inline
const stepV: usize = 33 * 8;
// @ts-ignore: decorator
@inline
const stepU: usize = 33 * 33 * 8;

/** Two neighbouring nodes along luma, for a chroma between nodes. */
// @ts-ignore: decorator
@inline
function nodesAt(column: usize, cell: i32, wu: v128, wv: v128): v128 {
  const at = column + (<usize>cell << 3);
  return lerp(
    lerp(v128.load(at), v128.load(at, stepV), wv),
    lerp(v128.load(at, stepU), v128.load(at, stepU + stepV), wv),
    wu,
  );
}

// @ts-ignore: decorator
@inline
function between(low: i32, high: i32, part: i32): i32 {
  return min(255, max(0, ((low << 3) + (high - low) * part + 256) >> 9));
}

/**
 * Each colour by a lattice: 33 nodes each of U, V and Y, 8 apart, of four 16-bit values: Y, U and V in 64ths. Between
 * nodes it is linear, along V, then U, then Y. Chroma is that for the mean of its (up to) four lumas.
 */
export function grade(y: usize, u: usize, v: usize, width: i32, height: i32, lattice: usize): void {
  for (let row = 0; row < height; row += 2) {
    const below: usize = row + 1 < height ? width : 0;
    for (let x = 0; x < width; x += 2) {
      const right: usize = x + 1 < width ? 1 : 0;
      const cb = <i32>load<u8>(u);
      const cr = <i32>load<u8>(v);
      const column = lattice + <usize>(((cb >> 3) * 33 + (cr >> 3)) * 33) * 8;
      const wu = i16x8.splat(<i16>((cb & 7) << 12));
      const wv = i16x8.splat(<i16>((cr & 7) << 12));
      const at = y + x;
      const a = <i32>load<u8>(at);
      const b = <i32>load<u8>(at + right);
      const c = <i32>load<u8>(at + below);
      const d = <i32>load<u8>(at + below + right);
      const mean = (a + b + c + d + 2) >> 2;

      let cell = mean >> 3;
      let nodes = nodesAt(column, cell, wu, wv);
      store<u8>(u, between(i16x8.extract_lane_s(nodes, 1), i16x8.extract_lane_s(nodes, 5), mean & 7));
      store<u8>(v, between(i16x8.extract_lane_s(nodes, 2), i16x8.extract_lane_s(nodes, 6), mean & 7));
      if (a >> 3 != cell) {
        cell = a >> 3;
        nodes = nodesAt(column, cell, wu, wv);
      }
      store<u8>(at, between(i16x8.extract_lane_s(nodes, 0), i16x8.extract_lane_s(nodes, 4), a & 7));
      if (right) {
        if (b >> 3 != cell) {
          cell = b >> 3;
          nodes = nodesAt(column, cell, wu, wv);
        }
        store<u8>(at + 1, between(i16x8.extract_lane_s(nodes, 0), i16x8.extract_lane_s(nodes, 4), b & 7));
      }
      if (below) {
        if (c >> 3 != cell) {
          cell = c >> 3;
          nodes = nodesAt(column, cell, wu, wv);
        }
        store<u8>(at + below, between(i16x8.extract_lane_s(nodes, 0), i16x8.extract_lane_s(nodes, 4), c & 7));
        if (right) {
          if (d >> 3 != cell) {
            cell = d >> 3;
            nodes = nodesAt(column, cell, wu, wv);
          }
          store<u8>(at + below + 1, between(i16x8.extract_lane_s(nodes, 0), i16x8.extract_lane_s(nodes, 4), d & 7));
        }
      }
      u++;
      v++;
    }
    y += 2 * width;
  }
}

// @ts-ignore: decorator
@inline
function keyed(luma: v128, cb: v128, cr: v128, red: v128, green: v128, blue: v128, from: v128, scale: v128): v128 {
  const own = f32x4.mul(f32x4.sub(f32x4.convert_i32x4_s(luma), f32x4.splat(16)), f32x4.splat(255.0 / 219.0));
  const u = f32x4.convert_i32x4_s(cb);
  const v = f32x4.convert_i32x4_s(cr);
  const r = f32x4.sub(f32x4.add(own, f32x4.mul(v, f32x4.splat(1.402 * 255.0 / 224.0))), red);
  const g = f32x4.sub(
    f32x4.sub(own, f32x4.add(f32x4.mul(u, f32x4.splat(0.344136 * 255.0 / 224.0)), f32x4.mul(v, f32x4.splat(0.714136 * 255.0 / 224.0)))),
    green,
  );
  const b = f32x4.sub(f32x4.add(own, f32x4.mul(u, f32x4.splat(1.772 * 255.0 / 224.0))), blue);
  const away = f32x4.sqrt(f32x4.add(f32x4.mul(r, r), f32x4.add(f32x4.mul(g, g), f32x4.mul(b, b))));
  const t = f32x4.min(f32x4.splat(1), f32x4.max(f32x4.splat(0), f32x4.mul(f32x4.sub(away, from), scale)));
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(f32x4.mul(t, f32x4.sqrt(t)), f32x4.splat(255)), f32x4.splat(0.5)));
}

/**
 * Alpha by the distance in RGB (0 to 255 each) from a colour: 0 up to `from`, then over `over` to 255 by a power of 1.5.
 * Each pixel takes the chroma that it lies in.
 */
export function distanceKey(
  alpha: usize, y: usize, u: usize, v: usize, width: i32, height: i32,
  red: f32, green: f32, blue: f32, from: f32, over: f32,
): void {
  const half = (width + 1) >> 1;
  const grey = i16x8.splat(128);
  const r = f32x4.splat(red);
  const g = f32x4.splat(green);
  const b = f32x4.splat(blue);
  const f = f32x4.splat(from);
  const s = f32x4.splat(1 / over);
  for (let row = 0; row < height; row++) {
    const chroma = <usize>((row >> 1) * half);
    for (let x = 0; x < width; x += 8) {
      const luma = v128.load_ext<u8>(y + x);
      const cbs = i16x8.sub(v128.load_ext<u8>(u + chroma + (x >> 1)), grey);
      const crs = i16x8.sub(v128.load_ext<u8>(v + chroma + (x >> 1)), grey);
      const cb = i8x16.shuffle(cbs, cbs, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
      const cr = i8x16.shuffle(crs, crs, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
      const low = keyed(
        i32x4.extend_low_i16x8_s(luma), i32x4.extend_low_i16x8_s(cb), i32x4.extend_low_i16x8_s(cr), r, g, b, f, s,
      );
      const high = keyed(
        i32x4.extend_high_i16x8_s(luma), i32x4.extend_high_i16x8_s(cb), i32x4.extend_high_i16x8_s(cr), r, g, b, f, s,
      );
      const words = i16x8.narrow_i32x4_u(low, high);
      storeSome(alpha + x, i8x16.narrow_i16x8_u(words, words), min(8, width - x));
    }
    y += width;
    alpha += width;
  }
}

/** The first `count` (up to 8) of the bytes. */
// @ts-ignore: decorator
@inline
function storeSome(dst: usize, bytes: v128, count: i32): void {
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

/** `count` premultiplied bytes back by their alpha; what has none stays as it is. */
export function unpremultiply(plane: usize, alpha: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const a = <i32>load<u8>(alpha + i);
    if (a == 255 || a == 0) continue;
    store<u8>(plane + i, min(255, (<i32>load<u8>(plane + i) * 255 + (a >> 1)) / a));
  }
}

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

// @ts-ignore: decorator
@inline
function div255(x: v128): v128 {
  const t = i16x8.add(x, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(t, i16x8.shr_u(t, 8)), 8);
}

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
