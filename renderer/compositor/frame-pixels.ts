/** What a frame's pixels are while `readPixels` shows them. */
export interface FramePixels {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: readonly PlaneLayout[];
}

/** Four bytes a pixel, in whatever order. */
export const isRgb = (format: VideoFrame["format"]): boolean =>
  /^(RGB|BGR)[AX]$/u.test(format ?? "");

/** Larger copies are not kept. */
const keptBytes = 16 * 1_024 * 1_024;
/** For the next copy: memory that is new may cost more than the copy itself. */
let spare: Uint8Array<ArrayBuffer> | undefined;

/**
 * Shows a copy of the visible pixels, which is good during `look` alone. The frame may be closed as soon as the call has
 * returned.
 * @param options a `format` other than the frame's own makes a worker wait for the window's thread, tens of milliseconds for
 * each frame while that is busy @throws where the frame cannot be read
 */
export const readPixels = async <Result>(
  frame: VideoFrame,
  look: (pixels: FramePixels) => Result,
  options: VideoFrameCopyToOptions = {},
): Promise<Result> => {
  const size = frame.allocationSize(options);
  const memory = spare && spare.length >= size ? spare : new Uint8Array(size);
  spare = undefined;
  const bytes = memory.subarray(0, size);
  try {
    return look({ bytes, layout: await frame.copyTo(bytes, options) });
  } finally {
    if (memory.length <= keptBytes) spare = memory;
  }
};
