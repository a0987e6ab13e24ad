import type { Filter } from "../../../preload/contract/filter.ts";
import type { PainterKind } from "../../../preload/contract/painter.ts";
import { openPainter } from "../../../renderer/compositor/open-painter.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";

/** Straight red, green, blue and alpha from 0 to 1, pixel by pixel. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly (readonly [number, number, number, number])[];
}

export const imageOf = (
  width: number,
  height: number,
  at: (x: number, y: number) => Image["pixels"][number],
): Image => ({
  width,
  height,
  pixels: Array.from({ length: width * height }, (_, index) =>
    at(index % width, Math.floor(index / width)),
  ),
});

let version = 0;
/** As a still with its alpha. */
export const stillOf = ({ width, height, pixels }: Image): Picture => {
  version += 1;
  const data = new Uint8ClampedArray(pixels.flat().map((part) => part * 255));
  return {
    id: `image-${version}`,
    version,
    width,
    height,
    pixels: { format: "RGBA", premultiplied: false, data },
  };
};

const ground = 0.5;
const marginPx = 8;

/** Painted over grey at its own size, as 8-bit RGBA of the picture's rectangle only. */
export const paintFiltered = async (
  kind: PainterKind,
  picture: Picture,
  filters: readonly Filter[],
  size: { readonly width: number; readonly height: number } = picture,
  filterPictures?: ReadonlyMap<string, Picture>,
): Promise<Uint8ClampedArray> => {
  const canvas = {
    width: Math.ceil((size.width + 2 * marginPx) / 2) * 2,
    height: Math.ceil((size.height + 2 * marginPx) / 2) * 2,
  };
  const painter = await openPainter(kind, canvas);
  const frame = await painter.paint(
    [
      { op: "clear", colour: "#808080" },
      {
        op: "picture",
        picture,
        from: { x: 0, y: 0, width: size.width, height: size.height },
        rect: { x: marginPx, y: marginPx, width: size.width, height: size.height },
        opacity: 1,
        filters,
        filterPictures,
      },
    ],
    { timestampUs: 0, durationUs: 1 },
  );
  const all = new Uint8Array(canvas.width * canvas.height * 4);
  await frame.copyTo(all, { format: "RGBA" });
  frame.close();
  painter.close();
  const pixels = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    const from = ((y + marginPx) * canvas.width + marginPx) * 4;
    pixels.set(all.subarray(from, from + size.width * 4), y * size.width * 4);
  }
  return pixels;
};

/** What the image would be over the same grey. */
export const overGround = ({ pixels }: Image): Uint8ClampedArray =>
  new Uint8ClampedArray(
    pixels.flatMap(([red, green, blue, alpha]) => [
      ...[red, green, blue].map(
        (part) => (Math.min(1, Math.max(0, part)) * alpha + ground * (1 - alpha)) * 255,
      ),
      255,
    ]),
  );

const luma = (pixels: Uint8ClampedArray, at: number): number =>
  0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);

const blockPx = 6;

/**
 * How far two pictures of a width are apart: in luma by the pixel, in colour by the means of small blocks, since planes
 * of YUV 4:2:0 have colour for four pixels at once.
 */
export const apart = (a: Uint8ClampedArray, b: Uint8ClampedArray, width: number) => {
  const height = a.length / 4 / width;
  const lumas: number[] = [];
  for (let at = 0; at < a.length; at += 4) lumas.push(Math.abs(luma(a, at) - luma(b, at)));
  const colours: number[] = [];
  for (let top = 0; top + blockPx <= height; top += blockPx)
    for (let left = 0; left + blockPx <= width; left += blockPx)
      for (const channel of [0, 1, 2]) {
        let sum = 0;
        for (let y = top; y < top + blockPx; y += 1)
          for (let x = left; x < left + blockPx; x += 1) {
            const at = (y * width + x) * 4 + channel;
            sum += (a[at] ?? 0) - (b[at] ?? 0);
          }
        colours.push(Math.abs(sum) / blockPx ** 2);
      }
  const summary = (values: readonly number[]) => ({
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    p98: values.toSorted((x, y) => x - y)[Math.floor(values.length * 0.98)] ?? 0,
  });
  return { luma: summary(lumas), colour: summary(colours) };
};
