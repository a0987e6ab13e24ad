import { contextOf } from "./canvas-context.ts";

const size = { width: 32, height: 18 } as const;
/** Of the pixels looked at, so many are darker than what is answered: noise of a dark sensor does not count. */
const share = 0.95;
/** Mean difference of luma from which on a picture is another. */
const changeLuma = 0.25;

/** Luma from 0 to 255 (BT.709) at a few hundred points of a picture, row by row, so that looking costs little. */
export const createLumaSampler = (): ((frame: VideoFrame) => readonly number[]) => {
  const context = contextOf(new OffscreenCanvas(size.width, size.height));
  return (frame) => {
    context.drawImage(frame, 0, 0, size.width, size.height);
    const { data } = context.getImageData(0, 0, size.width, size.height);
    const lumas: number[] = [];
    for (let i = 0; i < data.length; i += 4)
      lumas.push(
        0.2126 * (data[i] ?? 0) + 0.7152 * (data[i + 1] ?? 0) + 0.0722 * (data[i + 2] ?? 0),
      );
    return lumas;
  };
};

/** How bright the bright parts are. */
export const brightnessOf = (lumas: readonly number[]): number =>
  lumas.toSorted((a, b) => a - b)[Math.floor(lumas.length * share)] ?? 0;

/** Of two samples of the same points. */
export const isOther = (before: readonly number[], now: readonly number[]): boolean =>
  now.reduce((sum, luma, index) => sum + Math.abs(luma - (before[index] ?? 0)), 0) >
  changeLuma * now.length;
