/**
 * The same picture at another time; the caller owns it. Its pixels are copied: a track goes on with the old time where
 * a frame was only made from another one.
 */
export const retime = async (
  frame: VideoFrame,
  times: { readonly timestampUs: number; readonly durationUs: number },
): Promise<VideoFrame> => {
  const { format, codedWidth, codedHeight, colorSpace } = frame;
  if (format === null) throw new Error("a frame whose pixels cannot be read");
  const rect = { x: 0, y: 0, width: codedWidth, height: codedHeight };
  const pixels = new Uint8Array(frame.allocationSize({ rect }));
  const layout = await frame.copyTo(pixels, { rect });
  return new VideoFrame(pixels, {
    format,
    codedWidth,
    codedHeight,
    layout,
    colorSpace,
    timestamp: times.timestampUs,
    duration: times.durationUs,
  });
};
