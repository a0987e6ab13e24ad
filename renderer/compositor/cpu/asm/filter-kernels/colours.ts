// AssemblyScript (see ../lanes.ts): each pixel by its colour.

import { storeSome } from "../lanes";

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

/** `count` premultiplied bytes back by their alpha; what has none stays as it is. */
export function unpremultiply(plane: usize, alpha: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const a = <i32>load<u8>(alpha + i);
    if (a == 255 || a == 0) continue;
    store<u8>(plane + i, min(255, (<i32>load<u8>(plane + i) * 255 + (a >> 1)) / a));
  }
}
