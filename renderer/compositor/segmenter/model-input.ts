import type { Size } from "../../../preload/contract/geometry.ts";

/** `landscape` for wide pictures, half the work of `square`. Both take a picture stretched to their size. */
export type ModelName = "landscape" | "square";

/** What MediaPipe's selfie segmentation takes and gives (google.github.io/mediapipe/solutions/selfie_segmentation). */
export const modelSizes: Readonly<Record<ModelName, Size>> = {
  landscape: { width: 256, height: 144 },
  square: { width: 256, height: 256 },
};

export const modelFor = ({ width, height }: Size): ModelName =>
  width / height >= 1.3 ? "landscape" : "square";

/** The pixels of a picture, row by row; planes and their strides in bytes as `VideoFrame.copyTo` lays them. */
export interface PicturePixels extends Size {
  readonly format: "I420" | "NV12" | "RGBA";
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly layout: readonly { readonly offset: number; readonly stride: number }[];
}

/** Of a pixel of the model so many places are looked at, along each axis. */
const taps = 2;

/** For each place that is looked at, the pixel of the picture: `taps` for each of `count`. */
const placesOf = (length: number, count: number): Int32Array =>
  Int32Array.from({ length: count * taps }, (_, nth) =>
    Math.min(length - 1, Math.floor(((nth + 0.5) * length) / (count * taps))),
  );

interface Places {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly size: Size;
}

const ofRgba = ({ data, layout }: PicturePixels, { columns, rows, size }: Places) => {
  const input = new Float32Array(size.width * size.height * 3);
  const { offset, stride } = layout[0] ?? { offset: 0, stride: 0 };
  const share = 1 / (taps * taps * 255);
  let at = 0;
  for (let y = 0; y < size.height; y += 1) {
    const above = offset + (rows[2 * y] ?? 0) * stride;
    const below = offset + (rows[2 * y + 1] ?? 0) * stride;
    for (let x = 0; x < size.width; x += 1) {
      const left = 4 * (columns[2 * x] ?? 0);
      const right = 4 * (columns[2 * x + 1] ?? 0);
      for (let channel = 0; channel < 3; channel += 1) {
        const sum =
          (data[above + left + channel] ?? 0) +
          (data[above + right + channel] ?? 0) +
          (data[below + left + channel] ?? 0) +
          (data[below + right + channel] ?? 0);
        input[at] = sum * share;
        at += 1;
      }
    }
  }
  return input;
};

const clamp = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/** BT.601 in limited range: other matrices turn colours by less than lamps do. */
const ofYuv = ({ format, data, layout }: PicturePixels, { columns, rows, size }: Places) => {
  const input = new Float32Array(size.width * size.height * 3);
  const plane = (index: number) => layout[index] ?? { offset: 0, stride: 0 };
  const [luma, first, third] = [plane(0), plane(1), plane(2)];
  const isPaired = format === "NV12";
  const second = isPaired ? { ...first, offset: first.offset + 1 } : third;
  const step = isPaired ? 2 : 1;
  let at = 0;
  for (let y = 0; y < size.height; y += 1) {
    const row = rows[2 * y + 1] ?? 0;
    const above = luma.offset + (rows[2 * y] ?? 0) * luma.stride;
    const below = luma.offset + row * luma.stride;
    const cbs = first.offset + (row >> 1) * first.stride;
    const crs = second.offset + (row >> 1) * second.stride;
    for (let x = 0; x < size.width; x += 1) {
      const left = columns[2 * x] ?? 0;
      const right = columns[2 * x + 1] ?? 0;
      const sum =
        (data[above + left] ?? 0) +
        (data[above + right] ?? 0) +
        (data[below + left] ?? 0) +
        (data[below + right] ?? 0);
      const chroma = (right >> 1) * step;
      const cb = (data[cbs + chroma] ?? 128) - 128;
      const cr = (data[crs + chroma] ?? 128) - 128;
      const grey = (sum - 64) / 876;
      input[at] = clamp(grey + cr * 0.006_259);
      input[at + 1] = clamp(grey - cb * 0.001_536 - cr * 0.003_188);
      input[at + 2] = clamp(grey + cb * 0.007_91);
      at += 3;
    }
  }
  return input;
};

/** A picture as the model takes it: red, green and blue from 0 to 1, of every pixel of `size`. */
export const modelInput = (picture: PicturePixels, size: Size): Float32Array<ArrayBuffer> => {
  const columns = placesOf(picture.width, size.width);
  const rows = placesOf(picture.height, size.height);
  return (picture.format === "RGBA" ? ofRgba : ofYuv)(picture, { columns, rows, size });
};
