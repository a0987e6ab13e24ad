import { contextOf } from "../../../../renderer/compositor/canvas-context.ts";
import {
  type Picture,
  pictureOfCanvas,
  type Rect,
} from "../../../../renderer/compositor/picture.ts";
import type { Size } from "../../../../preload/contract/geometry.ts";

/** A person in front of things, 512 x 512: tests/fixtures/people/README.md says whose picture it is. */
const url = new URL("../../../fixtures/people/astronaut.webp", import.meta.url);
let version = 0;

/** A part of the picture as a still. */
export const personPicture = async (part: Rect, size: Size): Promise<Picture> => {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = "high";
  const { x, y, width, height } = part;
  context.drawImage(bitmap, x, y, width, height, 0, 0, size.width, size.height);
  bitmap.close();
  version += 1;
  return pictureOfCanvas(canvas, { id: `person-${version}`, version });
};

/** Her outline, drawn by hand: hair, neck, suit. */
const outline = new Path2D(
  "M160 60 L178 40 205 20 235 15 270 27 291 50 301 88 294 114 279 131 268 137 257 170 282 196 304 230 " +
    "348 282 364 350 330 362 288 420 280 512 24 512 20 420 42 300 66 250 112 214 114 184 142 156 182 148 " +
    "176 120 160 110 152 88 Z",
);
/** The helmet beside her may be hers or not. */
const doubtful = new Path2D("M270 512 L272 420 330 350 400 335 470 360 512 420 512 512 Z");
const linePx = 12;

const context = new OffscreenCanvas(1, 1).getContext("2d");
if (!context) throw new Error("no canvas");
context.lineWidth = linePx;

/** Is a place of the whole picture the person's? Null near the outline, and where it can be doubted. */
export const isPerson = (x: number, y: number): boolean | null => {
  if (context.isPointInStroke(outline, x, y) || context.isPointInPath(doubtful, x, y)) return null;
  return context.isPointInPath(outline, x, y);
};
