import { contextOf } from "./canvas-context.ts";
import type { RgbaPixels } from "./picture.ts";

export type DrawingContext = OffscreenCanvasRenderingContext2D;
/** What has been drawn, in whole pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly pixels: RgbaPixels;
}

/** Each side of the board that is kept, in pixels; it grows in these steps. */
const stepPx = 512;
/** What is larger is drawn on a canvas of its own. */
const largestPx = 2_560;

let board: DrawingContext | undefined;
let measuring: DrawingContext | undefined;
let isDrawing = false;

const boardFor = (width: number, height: number): DrawingContext => {
  if (Math.max(width, height) > largestPx) return contextOf(new OffscreenCanvas(width, height));
  board ??= contextOf(new OffscreenCanvas(stepPx, stepPx));
  const { canvas } = board;
  if (width > canvas.width) canvas.width = Math.ceil(width / stepPx) * stepPx;
  if (height > canvas.height) canvas.height = Math.ceil(height / stepPx) * stepPx;
  return board;
};

/**
 * What `draw` draws from 0, 0 on; the rest is cut off. Everything is drawn on one canvas, because the first thing that a
 * worker draws on a new one waits for the window's own thread: tens of milliseconds while that is busy, as it is in a storm.
 * @param width whole pixels, as `height` @throws where `draw` draws another picture meanwhile
 */
export const drawPixels = (
  width: number,
  height: number,
  draw: (context: DrawingContext) => void,
): Drawing => {
  if (isDrawing) throw new Error("the drawing board is in use");
  isDrawing = true;
  const context = boardFor(width, height);
  try {
    context.beginPath();
    context.rect(0, 0, width, height);
    context.clip();
    draw(context);
    const { data } = context.getImageData(0, 0, width, height);
    return { width, height, pixels: { format: "RGBA", premultiplied: false, data } };
  } finally {
    // With what `draw` may have left.
    context.reset();
    isDrawing = false;
  }
};

/** To measure texts with; nothing is drawn on it. */
export const measuringContext = (): DrawingContext =>
  (measuring ??= contextOf(new OffscreenCanvas(1, 1)));
