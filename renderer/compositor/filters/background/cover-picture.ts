import type { Size } from "../../../../preload/contract/geometry.ts";
import { yuvOf } from "../../cpu/bt601.ts";
import { halfOf } from "../../cpu/planes.ts";
import type { Picture, Rect } from "../../picture.ts";

/** The part of a picture, in shares of its sides, that covers `size` undistorted: its middle. */
export const coveringPart = (picture: Size, size: Size): Rect => {
  const across = size.width / size.height / (picture.width / picture.height);
  const width = Math.min(1, across);
  const height = Math.min(1, 1 / across);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
};

/** Of each pixel so many places are looked at along each axis. */
const mostTaps = 4;

/** A picture, over a colour, that covers `size`: its planes of Y, U and V, BT.601 in limited range. */
export const coverPicture = (
  picture: Picture,
  { width, height }: Size,
  colour: string,
): Uint8Array<ArrayBuffer> => {
  const { pixels } = picture;
  if (pixels instanceof VideoFrame) throw new Error("a background is a still");
  const { data } = pixels;
  const part = coveringPart(picture, { width, height });
  const wide = part.width * picture.width;
  const high = part.height * picture.height;
  const taps = Math.min(mostTaps, Math.max(1, Math.ceil(wide / width), Math.ceil(high / height)));
  const rgb = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
  /** Sums of red, green, blue, premultiplied, and of weights that are seen. */
  let [reds, greens, blues, seen] = [0, 0, 0, 0];
  const add = (column: number, row: number, weight: number): void => {
    const x = Math.min(picture.width - 1, Math.max(0, column));
    const y = Math.min(picture.height - 1, Math.max(0, row));
    const at = 4 * (y * picture.width + x);
    const alpha = (weight * (data[at + 3] ?? 0)) / 255;
    reds += (data[at] ?? 0) * alpha;
    greens += (data[at + 1] ?? 0) * alpha;
    blues += (data[at + 2] ?? 0) * alpha;
    seen += alpha;
  };
  const [stepX, stepY] = [wide / width, high / height];
  const [left, top] = [part.x * picture.width, part.y * picture.height];
  const weight = 1 / taps ** 2;
  const halfWidth = halfOf(width);
  const chroma = halfWidth * halfOf(height);
  const planes = new Uint8Array(width * height + 2 * chroma);
  const sums = new Uint16Array(2 * chroma);
  const counts = new Uint8Array(chroma);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      reds = greens = blues = seen = 0;
      if (taps === 1) {
        const column = left + (x + 0.5) * stepX - 0.5;
        const row = top + (y + 0.5) * stepY - 0.5;
        const [whole, down] = [Math.floor(column), Math.floor(row)];
        const [right, below] = [column - whole, row - down];
        add(whole, down, (1 - right) * (1 - below));
        add(whole + 1, down, right * (1 - below));
        add(whole, down + 1, (1 - right) * below);
        add(whole + 1, down + 1, right * below);
      } else
        for (let down = 0; down < taps; down += 1)
          for (let across = 0; across < taps; across += 1)
            add(
              Math.floor(left + (x + (across + 0.5) / taps) * stepX),
              Math.floor(top + (y + (down + 0.5) / taps) * stepY),
              weight,
            );
      const rest = 1 - seen;
      const yuv = yuvOf(
        Math.round(reds + red * rest),
        Math.round(greens + green * rest),
        Math.round(blues + blue * rest),
      );
      planes[y * width + x] = yuv.y;
      const at = (y >> 1) * halfWidth + (x >> 1);
      sums[at] = (sums[at] ?? 0) + yuv.u;
      sums[chroma + at] = (sums[chroma + at] ?? 0) + yuv.v;
      counts[at] = (counts[at] ?? 0) + 1;
    }
  for (let at = 0; at < chroma; at += 1) {
    const count = counts[at] ?? 1;
    planes[width * height + at] = Math.round((sums[at] ?? 0) / count);
    planes[width * height + chroma + at] = Math.round((sums[chroma + at] ?? 0) / count);
  }
  return planes;
};
