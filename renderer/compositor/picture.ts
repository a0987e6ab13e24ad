import { contextOf } from "./canvas-context.ts";

/** Rectangle in pixels; x to the right, y down. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Straight (not premultiplied) RGBA, row by row from the top, without padding. */
export interface RgbaPixels {
  readonly format: "RGBA";
  readonly premultiplied: false;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * A picture in no painter's own terms. Painters keep what they make of the pixels by (`id`, `version`); a `VideoFrame`
 * itself is never kept: its owner may close it after the paint.
 */
export interface Picture {
  readonly id: string;
  readonly version: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: VideoFrame | RgbaPixels;
}

/** A picture and where it lies, in the pixels of the source that shows it; `opacity` from 0 to 1. */
export interface PlacedPicture {
  readonly picture: Picture;
  /** The part of the picture that is seen, in its own pixels; all of it where nothing is said. */
  readonly from?: Rect;
  readonly rect: Rect;
  readonly opacity: number;
}

/** Reads what has been drawn. */
export const pictureOfCanvas = (
  canvas: OffscreenCanvas,
  identity: { readonly id: string; readonly version: number },
): Picture => {
  const { data } = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
  return {
    ...identity,
    width: canvas.width,
    height: canvas.height,
    pixels: { format: "RGBA", premultiplied: false, data },
  };
};
