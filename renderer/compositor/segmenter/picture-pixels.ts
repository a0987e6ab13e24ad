import { contextOf } from "../canvas-context.ts";
import { isTurned } from "../copy-frame.ts";
import type { Picture } from "../picture.ts";
import { readRgba } from "../read-rgba.ts";
import { modelFor, modelSizes, type PicturePixels } from "./model-input.ts";

const rgba = (
  width: number,
  height: number,
  data: PicturePixels["data"],
  stride = width * 4,
): PicturePixels => ({ format: "RGBA", width, height, data, layout: [{ offset: 0, stride }] });

/** As Canvas2D shows it, small. */
const drawn = (picture: Picture, frame: VideoFrame): PicturePixels => {
  const { width, height } = modelSizes[modelFor(picture)];
  const context = contextOf(new OffscreenCanvas(width, height));
  context.drawImage(frame, 0, 0, width, height);
  return rgba(width, height, context.getImageData(0, 0, width, height).data);
};

/**
 * What can be read of a picture. A frame may be closed as soon as the call has returned. @throws where the frame cannot be
 * read
 */
export const picturePixels = async (picture: Picture): Promise<PicturePixels> => {
  const { pixels, width, height } = picture;
  if (!(pixels instanceof VideoFrame)) return rgba(width, height, pixels.data);
  const { format, visibleRect } = pixels;
  if (format === null || visibleRect === null || isTurned(pixels)) return drawn(picture, pixels);
  const size = { width: visibleRect.width, height: visibleRect.height };
  if (format === "I420" || format === "NV12") {
    const data = new Uint8Array(pixels.allocationSize());
    return { format, ...size, data, layout: await pixels.copyTo(data) };
  }
  const data = new Uint8ClampedArray(size.width * size.height * 4);
  return rgba(size.width, size.height, await readRgba(pixels, { x: 0, y: 0, ...size }, data));
};
