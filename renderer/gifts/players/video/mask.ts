/** One byte a pixel, row by row. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** By a quarter to the right. */
export const turned = ({ width, height, data }: Mask): Mask => {
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      result[x * height + (height - 1 - y)] = data[y * width + x] ?? 0;
  return { width: height, height: width, data: result };
};

/** Where the middles of `to` pixels lie among `from` pixels: between two, and how near the second, in 256ths. */
const tapsOf = (from: number, to: number) => {
  const low = new Uint16Array(to);
  const high = new Uint16Array(to);
  const part = new Uint16Array(to);
  for (let index = 0; index < to; index += 1) {
    const place = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    const before = Math.floor(place);
    low[index] = before;
    high[index] = Math.min(from - 1, before + 1);
    part[index] = Math.round((place - before) * 256);
  }
  return { low, high, part };
};

/** Bilinear, as a GPU's texture is read. */
export const scaled = (mask: Mask, width: number, height: number): Mask => {
  if (mask.width === width && mask.height === height) return mask;
  const columns = tapsOf(mask.width, width);
  const rows = tapsOf(mask.height, height);
  /** Of a row of the mask, widened, in 256ths. */
  const widen = (y: number, wide: Uint16Array): void => {
    const { low, high, part } = columns;
    const start = y * mask.width;
    for (let x = 0; x < width; x += 1) {
      const near = mask.data[start + (low[x] ?? 0)] ?? 0;
      wide[x] = near * 256 + ((mask.data[start + (high[x] ?? 0)] ?? 0) - near) * (part[x] ?? 0);
    }
  };
  const data = new Uint8Array(width * height);
  let above = new Uint16Array(width);
  let below = new Uint16Array(width);
  let aboveOf = -1;
  let belowOf = -1;
  for (let y = 0; y < height; y += 1) {
    const low = rows.low[y] ?? 0;
    const high = rows.high[y] ?? 0;
    if (low !== aboveOf && low === belowOf) {
      [above, below] = [below, above];
      [aboveOf, belowOf] = [belowOf, aboveOf];
    }
    if (low !== aboveOf) widen(low, above);
    aboveOf = low;
    if (high !== belowOf) widen(high, below);
    belowOf = high;
    const part = rows.part[y] ?? 0;
    const start = y * width;
    for (let x = 0; x < width; x += 1) {
      const near = above[x] ?? 0;
      data[start + x] = (near * 256 + ((below[x] ?? 0) - near) * part + 32_768) >> 16;
    }
  }
  return { width, height, data };
};
