import { type Lut, type LutFault, lutOf, type ParsedLut, type Rgb } from "./parse-cube.ts";

/** Pixels row by row, four bytes each; alpha is not looked at. */
export interface LutPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** How a LUT is kept: a slice of size x size for each step of blue, side by side; green runs down, red to the right. */
export const stripOf = ({ size, values }: Lut): LutPixels => {
  const width = size * size;
  const data = new Uint8ClampedArray(width * size * 4);
  for (let blue = 0; blue < size; blue += 1)
    for (let green = 0; green < size; green += 1)
      for (let red = 0; red < size; red += 1) {
        const from = 3 * ((blue * size + green) * size + red);
        const to = 4 * (green * width + blue * size + red);
        for (const part of [0, 1, 2])
          data[to + part] = Math.round((values[from + part] ?? 0) * 255);
        data[to + 3] = 255;
      }
  return { width, height: size, data };
};

const colourAt = ({ data }: LutPixels, pixel: number): Rgb => [
  (data[4 * pixel] ?? 0) / 255,
  (data[4 * pixel + 1] ?? 0) / 255,
  (data[4 * pixel + 2] ?? 0) / 255,
];

/** The LUT of a kept strip; undefined where the picture is none. */
export const lutOfStrip = (pixels: LutPixels): Lut | undefined => {
  const { width, height: size } = pixels;
  if (size < 2 || width !== size * size) return undefined;
  return lutOf(size, (rgb) => {
    const [red, green, blue] = rgb.map((part) => Math.round(part * (size - 1))) as unknown as Rgb;
    return colourAt(pixels, green * width + blue * size + red);
  });
};

/** How pictures of LUTs are laid out: a colour's pixel by its steps. */
const layouts: readonly ((step: Rgb, size: number, width: number) => number)[] = [
  // Tiles of a slice each, row by row: 512 x 512 as OBS has it.
  ([red, green, blue], size, width) => {
    const tiles = width / size;
    const row = Math.floor(blue / tiles) * size + green;
    return row * width + (blue % tiles) * size + red;
  },
  // One after the other without rows (Hald CLUT).
  ([red, green, blue], size) => (blue * size + green) * size + red,
];

/** A square of size^3 pixels, or a strip as it is kept. Which layout it has is seen by which is nearer to no change. */
export const lutOfPicture = (pixels: LutPixels): ParsedLut => {
  const { width, height } = pixels;
  const strip = width === height ** 2 && height <= 64 ? lutOfStrip(pixels) : undefined;
  if (strip) return { ok: true, lut: strip };
  const size = Math.round(Math.cbrt(width * height));
  const fault: LutFault = { reason: "pictureSize" };
  if (size < 2 || size > 64 || width !== height || size ** 3 !== width * height)
    return { ok: false, fault };
  const read = (layout: (typeof layouts)[number]): Lut =>
    lutOf(size, (rgb) => {
      const step = rgb.map((part) => Math.round(part * (size - 1))) as unknown as Rgb;
      return colourAt(pixels, layout(step, size, width));
    });
  const plain = lutOf(size, (rgb) => rgb).values;
  const distance = ({ values }: Lut): number =>
    values.reduce((sum, value, index) => sum + Math.abs(value - (plain[index] ?? 0)), 0);
  const tiled = width % size === 0 ? layouts : layouts.slice(1);
  const [best] = tiled.map(read).toSorted((a, b) => distance(a) - distance(b));
  return best ? { ok: true, lut: best } : { ok: false, fault };
};
