import { type FramePixels, isRgb, readPixels } from "./frame-pixels.ts";
import { lumaWeights, matrixOf } from "./yuv-matrix.ts";
import type { Rect } from "./picture.ts";

/** By how much the chroma of a format is smaller, as shifts. */
const chromaShifts: Readonly<Record<string, readonly [x: number, y: number]>> = {
  I420: [1, 1],
  I420A: [1, 1],
  NV12: [1, 1],
  I422: [1, 0],
  I422A: [1, 0],
  I444: [0, 0],
  I444A: [0, 0],
};

interface Copied extends FramePixels {
  readonly format: string;
  readonly colorSpace: VideoColorSpace;
}

/** In place, where it begins at a multiple of four bytes. */
const orderAsRgba = (pixels: Uint8ClampedArray, format: string): void => {
  if (format === "RGBA") return;
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength >> 2);
  const opaque = format.endsWith("X") ? 0xff_00_00_00 : 0;
  const swaps = format.startsWith("B");
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    // Little-endian, as everything that Chromium runs on.
    const colours = swaps
      ? (word & 0x00_ff_00) | ((word & 0xff) << 16) | ((word >> 16) & 0xff)
      : word & 0xff_ff_ff;
    words[at] = colours | (word & 0xff_00_00_00) | opaque;
  }
};

const readRgb = ({ bytes, format, layout }: Copied, rect: Rect, into: Uint8ClampedArray): void => {
  const { offset, stride } = layout[0] ?? { offset: 0, stride: 0 };
  for (let row = 0; row < rect.height; row += 1) {
    const start = offset + (rect.y + row) * stride + 4 * rect.x;
    into.set(bytes.subarray(start, start + 4 * rect.width), 4 * row * rect.width);
  }
  orderAsRgba(into, format);
};

const table = (black: number, scale: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, value) => (value - black) * scale);

/** For each value of a plane, what it adds to a colour (ITU-R BT.601-7 section 2.5, BT.709-6 section 3). */
const tablesOf = ({ matrix, fullRange }: VideoColorSpace) => {
  const { r, b } = lumaWeights[matrixOf(matrix) ?? "bt601"];
  const g = 1 - r - b;
  const chroma = fullRange === true ? 1 : 255 / 224;
  const redOfV = 2 * (1 - r) * chroma;
  const blueOfU = 2 * (1 - b) * chroma;
  return {
    luma: fullRange === true ? table(0, 1) : table(16, 255 / 219),
    redOfV: table(128, redOfV),
    greenOfU: table(128, (-b * blueOfU) / g),
    greenOfV: table(128, (-r * redOfV) / g),
    blueOfU: table(128, blueOfU),
  };
};

const readYuv = (
  { bytes, format, layout, colorSpace }: Copied,
  rect: Rect,
  into: Uint8ClampedArray,
): void => {
  const [shiftX = 0, shiftY = 0] = chromaShifts[format] ?? [];
  const isNv12 = format === "NV12";
  const [lumaPlane, uPlane, vPlane, alphaPlane] = layout;
  if (!lumaPlane || !uPlane) throw new Error(`${format} without its planes`);
  const [v, step] = isNv12 ? [{ ...uPlane, offset: uPlane.offset + 1 }, 2] : [vPlane ?? uPlane, 1];
  const { luma, redOfV, greenOfU, greenOfV, blueOfU } = tablesOf(colorSpace);
  let to = 0;
  for (let y = rect.y; y < rect.y + rect.height; y += 1) {
    const lumaRow = lumaPlane.offset + y * lumaPlane.stride;
    const uRow = uPlane.offset + (y >> shiftY) * uPlane.stride;
    const vRow = v.offset + (y >> shiftY) * v.stride;
    const alphaRow = alphaPlane && alphaPlane.offset + y * alphaPlane.stride;
    for (let x = rect.x; x < rect.x + rect.width; x += 1) {
      const light = luma[bytes[lumaRow + x] ?? 0] ?? 0;
      const atU = bytes[uRow + (x >> shiftX) * step] ?? 0;
      const atV = bytes[vRow + (x >> shiftX) * step] ?? 0;
      into[to] = light + (redOfV[atV] ?? 0);
      into[to + 1] = light + (greenOfU[atU] ?? 0) + (greenOfV[atV] ?? 0);
      into[to + 2] = light + (blueOfU[atU] ?? 0);
      into[to + 3] = alphaRow === undefined ? 255 : (bytes[alphaRow + x] ?? 0);
      to += 4;
    }
  }
};

/** Of grey, what its red would be. */
const readLuma = (
  { bytes, format, layout, colorSpace }: Copied,
  rect: Rect,
  into: Uint8Array,
): void => {
  const isYuv = format in chromaShifts;
  const step = isYuv ? 1 : 4;
  const { offset, stride } = layout[0] ?? { offset: 0, stride: 0 };
  const first = offset + (format.startsWith("B") ? 2 : 0);
  const values = isYuv && Uint8ClampedArray.from(tablesOf(colorSpace).luma);
  let to = 0;
  for (let y = rect.y; y < rect.y + rect.height; y += 1) {
    const row = first + y * stride;
    for (let x = rect.x; x < rect.x + rect.width; x += 1) {
      const byte = bytes[row + x * step] ?? 0;
      into[to] = values ? (values[byte] ?? 0) : byte;
      to += 1;
    }
  }
};

/** Cuts parts out of what is visible, in pixels from its left top; `into` is as long as the part, and answered. */
export interface FrameParts {
  /** Straight, without padding. */
  rgba<Buffer extends ArrayBufferLike>(
    part: Rect,
    into: Uint8ClampedArray<Buffer>,
  ): Uint8ClampedArray<Buffer>;
  /** Of a part that is grey: one byte a pixel, from 0 for black to 255 for white. */
  grey(part: Rect, into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
}

/**
 * Shows a frame's parts, during `look` alone. Not by `copyTo` with a format: in a worker that waits for the window's own
 * thread, and takes as long as decoding where that is free. The frame may be closed as soon as the call has returned.
 * @throws where the frame cannot be read
 */
export const readParts = <Result>(
  frame: VideoFrame,
  look: (parts: FrameParts) => Result,
): Promise<Result> => {
  const { format, colorSpace } = frame;
  const isYuv = format !== null && format in chromaShifts && matrixOf(colorSpace.matrix);
  const options = isYuv || isRgb(format) ? {} : ({ format: "RGBA" } as const);
  return readPixels(
    frame,
    (pixels) => {
      const copied = { ...pixels, format: options.format ?? format ?? "", colorSpace };
      return look({
        rgba: (part, into) => {
          (isYuv ? readYuv : readRgb)(copied, part, into);
          return into;
        },
        grey: (part, into) => {
          readLuma(copied, part, into);
          return into;
        },
      });
    },
    options,
  );
};

/** One part alone, see `readParts`. */
export const readRgba = <Buffer extends ArrayBufferLike>(
  frame: VideoFrame,
  part: Rect,
  into: Uint8ClampedArray<Buffer>,
): Promise<Uint8ClampedArray<Buffer>> => readParts(frame, (parts) => parts.rgba(part, into));
