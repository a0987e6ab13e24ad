import { readPixels } from "./frame-pixels.ts";

/** Turned and mirrored frames tell it where lib.dom does not know it yet. */
export const isTurned = (frame: VideoFrame): boolean =>
  ((frame as { readonly rotation?: number }).rotation ?? 0) !== 0 ||
  (frame as { readonly flip?: boolean }).flip === true;

/**
 * The same picture with pixels of its own, at its time or another one; the caller owns it and keeps the given one. Not for
 * turned or mirrored frames. @throws where the pixels cannot be read
 */
export const copyFrame = async (
  frame: VideoFrame,
  times?: { readonly timestampUs: number; readonly durationUs: number },
): Promise<VideoFrame> => {
  const { format, visibleRect, displayWidth, displayHeight, colorSpace } = frame;
  if (format === null || !visibleRect) throw new Error("a frame whose pixels cannot be read");
  const duration = times?.durationUs ?? frame.duration;
  const timestamp = times?.timestampUs ?? frame.timestamp;
  const { width: codedWidth, height: codedHeight } = visibleRect;
  const init = {
    format,
    codedWidth,
    codedHeight,
    displayWidth,
    displayHeight,
    colorSpace,
    timestamp,
  };
  return readPixels(
    frame,
    ({ bytes, layout }) =>
      new VideoFrame(bytes, {
        ...init,
        layout: [...layout],
        ...(duration === null ? {} : { duration }),
      }),
  );
};
