// How a drawn frame becomes the picture that a video codes. Runs in the browser.

/** Where the colours of a see-through picture go on under what is see-through, so that coding blurs no black into its edges. */
const bleed = (frame) => {
  const { width, height } = frame;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#000000";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  for (const times of [48, 16, 6, 2]) {
    const small = new OffscreenCanvas(Math.ceil(width / times), Math.ceil(height / times));
    const narrow = small.getContext("2d", { willReadFrequently: true });
    narrow.imageSmoothingQuality = "high";
    narrow.drawImage(frame, 0, 0, small.width, small.height);
    const pixels = narrow.getImageData(0, 0, small.width, small.height);
    // What is there at all is there as a whole.
    for (let at = 3; at < pixels.data.length; at += 4)
      pixels.data[at] = Math.min(255, pixels.data[at] * 8);
    narrow.putImageData(pixels, 0, 0);
    context.drawImage(small, 0, 0, width, height);
  }
  return context.getImageData(0, 0, width, height);
};

/** Straight colours without their alpha. */
export const coloursOf = (frame, pixels) => {
  const under = bleed(frame);
  const full = 40;
  for (let at = 0; at < under.data.length; at += 4) {
    const share = Math.min(1, pixels.data[at + 3] / full);
    for (let channel = 0; channel < 3; channel += 1)
      under.data[at + channel] =
        pixels.data[at + channel] * share + under.data[at + channel] * (1 - share);
    under.data[at + 3] = 255;
  }
  return under;
};

export const alphaOf = (pixels) => {
  const grey = new ImageData(pixels.width, pixels.height);
  for (let at = 0; at < grey.data.length; at += 4) {
    grey.data.fill(pixels.data[at + 3], at, at + 3);
    grey.data[at + 3] = 255;
  }
  return grey;
};

const canvasOf = (pixels) => {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas;
};

/** Fewer different values, which a lossless format packs far better. */
const posterise = (pixels, step) => {
  for (let at = 0; at < pixels.data.length; at += 1)
    pixels.data[at] = Math.min(255, Math.round(pixels.data[at] / step) * step);
  return pixels;
};

/**
 * The bytes of RGBA that ffmpeg is given for a frame.
 * @param plan `{ width, height, rgbFrame, aFrame }` of a video, where the format is one
 * @param drawMasks draws the masks of a VAP's slots beside the picture
 */
export const codedPicture = (frame, { format, plan, step }, drawMasks) => {
  const context = frame.getContext("2d");
  const pixels = context.getImageData(0, 0, frame.width, frame.height);
  if (format === "apng") return posterise(pixels, step ?? 8).data;
  if (format === "webp") {
    // Alpha is packed without loss.
    for (let at = 3; at < pixels.data.length; at += 4)
      pixels.data[at] = Math.min(
        255,
        Math.round(pixels.data[at] / 6) * 6 + (pixels.data[at] > 250 ? 3 : 0),
      );
    return pixels.data;
  }
  if (format === "avif") {
    const colours = coloursOf(frame, pixels);
    for (let at = 3; at < pixels.data.length; at += 4) colours.data[at] = pixels.data[at];
    return colours.data;
  }
  const coded = new OffscreenCanvas(plan.width, plan.height);
  const sheet = coded.getContext("2d", { willReadFrequently: true });
  sheet.fillStyle = "#000000";
  sheet.fillRect(0, 0, plan.width, plan.height);
  sheet.imageSmoothingQuality = "high";
  sheet.drawImage(canvasOf(coloursOf(frame, pixels)), ...plan.rgbFrame);
  sheet.drawImage(canvasOf(alphaOf(pixels)), ...plan.aFrame);
  drawMasks?.(sheet);
  return sheet.getImageData(0, 0, plan.width, plan.height).data;
};
