/** One byte a pixel, row by row. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The red of RGBA. */
export const redOf = (rgba: Uint8ClampedArray, width: number, height: number): Mask => {
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at += 1) data[at] = rgba[4 * at] ?? 0;
  return { width, height, data };
};

/** By a quarter to the right. */
export const turned = ({ width, height, data }: Mask): Mask => {
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      result[x * height + (height - 1 - y)] = data[y * width + x] ?? 0;
  return { width: height, height: width, data: result };
};

interface Tap {
  readonly low: number;
  readonly high: number;
  /** Of `high`, in 256ths. */
  readonly part: number;
}

/** Where the middles of `to` pixels lie among `from` pixels. */
const tapsOf = (from: number, to: number): readonly Tap[] =>
  Array.from({ length: to }, (_, index) => {
    const place = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const low = Math.floor(place);
    return { low, high: Math.min(from - 1, low + 1), part: Math.round((place - low) * 256) };
  });

/** Bilinear, as a GPU's texture is read. */
export const scaled = (mask: Mask, width: number, height: number): Mask => {
  if (mask.width === width && mask.height === height) return mask;
  const columns = tapsOf(mask.width, width);
  const rows = new Map<number, Uint16Array>();
  /** Widened, in 256ths. */
  const row = (y: number): Uint16Array => {
    const known = rows.get(y);
    if (known) return known;
    const wide = new Uint16Array(width);
    const start = y * mask.width;
    for (let x = 0; x < width; x += 1) {
      const tap = columns[x] as Tap;
      wide[x] =
        (mask.data[start + tap.low] ?? 0) * (256 - tap.part) +
        (mask.data[start + tap.high] ?? 0) * tap.part;
    }
    rows.delete(y - 2);
    rows.set(y, wide);
    return wide;
  };
  const data = new Uint8Array(width * height);
  let at = 0;
  for (const { low, high, part } of tapsOf(mask.height, height)) {
    const above = row(low);
    const below = row(high);
    const rest = 256 - part;
    for (let x = 0; x < width; x += 1) {
      data[at] = ((above[x] ?? 0) * rest + (below[x] ?? 0) * part + 32_768) >> 16;
      at += 1;
    }
  }
  return { width, height, data };
};
