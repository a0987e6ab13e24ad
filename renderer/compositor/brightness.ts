import { type FramePixels, isRgb, readPixels } from "./frame-pixels.ts";

const columns = 32;
const rows = 18;
/** Of the pixels looked at, so many are darker than what is answered: noise of a dark sensor does not count. */
const share = 0.95;
/** Mean difference of luma from which on a picture is another. */
const changeLuma = 0.25;

/** BT.709. */
const lumaOf = (red: number, green: number, blue: number): number =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** Luma of limited range as 0 to 255. */
const fullLuma = (luma: number): number => Math.min(255, Math.max(0, ((luma - 16) * 255) / 219));

/**
 * Luma from 0 to 255 at a few hundred points of a picture, row by row; null where its pixels cannot be read. The frame is
 * needed until the call returns.
 * Reads the pixels as they are: a canvas in a worker would wait for the window's thread.
 */
export const sampleLuma = async (frame: VideoFrame): Promise<readonly number[] | null> => {
  const { format } = frame;
  if (format === null) return null;
  const planar = format.startsWith("I4") || format === "NV12";
  const options: VideoFrameCopyToOptions = planar || isRgb(format) ? {} : { format: "RGBA" };
  const red = format.startsWith("B") ? 2 : 0;
  const { width, height } = frame.visibleRect ?? {
    width: frame.codedWidth,
    height: frame.codedHeight,
  };
  const isFull = frame.colorSpace.fullRange === true;
  const lumasOf = ({ bytes, layout }: FramePixels): readonly number[] => {
    const { offset, stride } = layout[0] ?? { offset: 0, stride: 0 };
    return Array.from({ length: columns * rows }, (_, point) => {
      const x = Math.floor((((point % columns) + 0.5) * width) / columns);
      const y = Math.floor(((Math.floor(point / columns) + 0.5) * height) / rows);
      const at = offset + y * stride + x * (planar ? 1 : 4);
      if (!planar)
        return lumaOf(bytes[at + red] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2 - red] ?? 0);
      return isFull ? (bytes[at] ?? 0) : fullLuma(bytes[at] ?? 0);
    });
  };
  return readPixels(frame, lumasOf, options);
};

/** How bright the bright parts are. */
export const brightnessOf = (lumas: readonly number[]): number =>
  lumas.toSorted((a, b) => a - b)[Math.floor(lumas.length * share)] ?? 0;

/** Of two samples of the same points. */
export const isOther = (before: readonly number[], now: readonly number[]): boolean =>
  now.reduce((sum, luma, index) => sum + Math.abs(luma - (before[index] ?? 0)), 0) >
  changeLuma * now.length;
