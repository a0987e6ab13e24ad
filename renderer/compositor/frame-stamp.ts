/**
 * A time that survives the encoder: 32 cells of 16x16 px in a row from the picture's top-left corner, white for 1 and
 * black for 0. Cells 0 to 23 are the low 24 bits of the epoch time in milliseconds, highest bit first
 * (it wraps every 4.66 hours); cells 24 to 31 are the check byte over those three bytes, highest bit first.
 */
export const stampStrip = { cells: 32, cellPx: 16, widthPx: 512, heightPx: 16 } as const;
export const stampPeriodMs = 2 ** 24;

/** CRC-8 with polynomial 0x07, started at 0xff so that an all-black strip is no valid stamp. */
const checkOf = (value: number): number => {
  let crc = 0xff;
  for (const shift of [16, 8, 0]) {
    crc ^= (value >>> shift) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
};

/** The 32 cells, true for white. `ms` is a whole epoch time. */
export const encodeStamp = (ms: number): readonly boolean[] => {
  const value = ms % stampPeriodMs;
  const check = checkOf(value);
  return Array.from({ length: stampStrip.cells }, (_, cell) =>
    cell < 24 ? ((value >>> (23 - cell)) & 1) === 1 : ((check >>> (31 - cell)) & 1) === 1,
  );
};

/** Low 24 bits of the time in milliseconds; undefined where the check byte does not fit. */
export const decodeStamp = (cells: readonly boolean[]): number | undefined => {
  if (cells.length !== stampStrip.cells) return undefined;
  const bits = (from: number, to: number): number =>
    cells.slice(from, to).reduce((value, cell) => value * 2 + (cell ? 1 : 0), 0);
  const value = bits(0, 24);
  return bits(24, 32) === checkOf(value) ? value : undefined;
};

/** Paints the strip by filling cells: black first, then the white ones. */
export const drawStamp = (
  ms: number,
  fill: (x: number, y: number, width: number, height: number, colour: string) => void,
): void => {
  fill(0, 0, stampStrip.widthPx, stampStrip.heightPx, "#000000");
  for (const [cell, white] of encodeStamp(ms).entries())
    if (white) fill(cell * stampStrip.cellPx, 0, stampStrip.cellPx, stampStrip.heightPx, "#ffffff");
};

/**
 * Reads a strip of RGBA pixels of `stampStrip.widthPx` x `stampStrip.heightPx` x 4 bytes (the top-left of a decoded picture), by the
 * mean green of the inner 8x8 px of each cell. Undefined where it holds no stamp.
 */
export const readStamp = (rgba: Uint8Array | Uint8ClampedArray): number | undefined => {
  if (rgba.length < stampStrip.widthPx * stampStrip.heightPx * 4) return undefined;
  const cells: boolean[] = [];
  for (let cell = 0; cell < stampStrip.cells; cell += 1) {
    let sum = 0;
    for (let y = 4; y < 12; y += 1)
      for (let x = 4; x < 12; x += 1)
        sum += rgba[(y * stampStrip.widthPx + cell * stampStrip.cellPx + x) * 4 + 1] ?? 0;
    const mean = sum / 64;
    if (mean > 96 && mean < 160) return undefined;
    cells.push(mean >= 160);
  }
  return decodeStamp(cells);
};

/** Milliseconds from the time in a stamp, as `decodeStamp` gives it, to `nowMs`, over the wrap of 24 bits. */
export const stampAgeMs = (stampMs: number, nowMs: number): number =>
  (((nowMs - stampMs) % stampPeriodMs) + stampPeriodMs) % stampPeriodMs;
