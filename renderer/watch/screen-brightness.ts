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
    const pixelsOf = new Uint16Array(256);
    for (let at = 0; at < data.length; at += 4) {
      const luma =
        0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
      pixelsOf[Math.round(luma)] = (pixelsOf[Math.round(luma)] ?? 0) + 1;
    }
    let darker = 0;
    return pixelsOf.findIndex((pixels) => (darker += pixels) > width * height * share);
  };
};
