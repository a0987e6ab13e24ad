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

/** How many places of a pixel of the model are looked at, along each axis. */
const taps = 3;

/** For each place that is looked at, the pixel of the picture: `taps` for each of `count`. */
const placesOf = (length: number, count: number): Int32Array =>
  Int32Array.from({ length: count * taps }, (_, nth) =>
    Math.min(length - 1, Math.floor(((nth + 0.5) * length) / (count * taps))),
  );

/**
 * A picture as the model takes it: red, green and blue from 0 to 1, of every pixel of `size`. YUV counts as BT.601 in
 * limited range: other matrices turn colours by less than lamps do.
 */
export const modelInput = (picture: PicturePixels, size: Size): Float32Array<ArrayBuffer> => {
  const { format, data, layout } = picture;
  const input = new Float32Array(size.width * size.height * 3);
  const columns = placesOf(picture.width, size.width);
  const rows = placesOf(picture.height, size.height);
  const plane = (index: number) => layout[index] ?? { offset: 0, stride: 0 };
  const [first, second, third] = [plane(0), plane(1), plane(2)];
  const pairs = format === "NV12";
  const share = 1 / (taps * taps * 255);
  let at = 0;
  for (let y = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1) {
      if (format === "RGBA") {
        let [red, green, blue] = [0, 0, 0];
        for (let down = 0; down < taps; down += 1) {
          const row = first.offset + (rows[y * taps + down] ?? 0) * first.stride;
          for (let across = 0; across < taps; across += 1) {
            const from = row + 4 * (columns[x * taps + across] ?? 0);
            red += data[from] ?? 0;
            green += data[from + 1] ?? 0;
            blue += data[from + 2] ?? 0;
          }
        }
        input[at] = red * share;
        input[at + 1] = green * share;
        input[at + 2] = blue * share;
      } else {
        let luma = 0;
        for (let down = 0; down < taps; down += 1) {
          const row = first.offset + (rows[y * taps + down] ?? 0) * first.stride;
          for (let across = 0; across < taps; across += 1)
            luma += data[row + (columns[x * taps + across] ?? 0)] ?? 0;
        }
        const column = (columns[x * taps + 1] ?? 0) >> 1;
        const row = (rows[y * taps + 1] ?? 0) >> 1;
        const chroma = second.offset + row * second.stride + (pairs ? 2 * column : column);
        const cb = (data[chroma] ?? 128) - 128;
        const cr =
          (data[pairs ? chroma + 1 : third.offset + row * third.stride + column] ?? 128) - 128;
        const grey = (luma / (taps * taps) - 16) / 219;
        input[at] = Math.min(1, Math.max(0, grey + cr * 0.006_259));
        input[at + 1] = Math.min(1, Math.max(0, grey - cb * 0.001_536 - cr * 0.003_188));
        input[at + 2] = Math.min(1, Math.max(0, grey + cb * 0.007_91));
      }
      at += 3;
    }
  return input;
};
