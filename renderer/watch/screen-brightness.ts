const width = 32;
const height = 18;
/** So much of a black picture may be brighter. */
const share = 0.95;

/** How bright the bright parts of what a video shows are, from 0 to 255; null where it shows nothing to be seen. */
export const createScreenBrightness = (video: HTMLVideoElement): (() => number | null) => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return () => {
    if (!context || video.videoWidth === 0 || document.visibilityState !== "visible") return null;
    context.drawImage(video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const lumas: number[] = [];
    for (let at = 0; at < data.length; at += 4)
      lumas.push(
        0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0),
      );
    return lumas.sort((a, b) => a - b)[Math.floor(lumas.length * share)] ?? null;
  };
};
