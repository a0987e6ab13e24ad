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
  const options: VideoFrameCopyToOptions = planar ? {} : { format: "RGBA" };
  const pixels = new Uint8Array(frame.allocationSize(options));
  const { width, height } = frame.visibleRect ?? {
    width: frame.codedWidth,
    height: frame.codedHeight,
  };
  const isFull = frame.colorSpace.fullRange === true;
  const [plane] = await frame.copyTo(pixels, options);
  if (!plane) return null;
  return Array.from({ length: columns * rows }, (_, point) => {
    const x = Math.floor((((point % columns) + 0.5) * width) / columns);
    const y = Math.floor(((Math.floor(point / columns) + 0.5) * height) / rows);
    const at = plane.offset + y * plane.stride + x * (planar ? 1 : 4);
    const first = pixels[at] ?? 0;
    if (planar) return isFull ? first : fullLuma(first);
    return lumaOf(first, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
  });
};

/** How bright the bright parts are. */
export const brightnessOf = (lumas: readonly number[]): number =>
  lumas.toSorted((a, b) => a - b)[Math.floor(lumas.length * share)] ?? 0;

/** Of two samples of the same points. */
export const isOther = (before: readonly number[], now: readonly number[]): boolean =>
  now.reduce((sum, luma, index) => sum + Math.abs(luma - (before[index] ?? 0)), 0) >
  changeLuma * now.length;
