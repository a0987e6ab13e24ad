import type { Size } from "../../../preload/contract/geometry.ts";
import { contextOf } from "../canvas-context.ts";
import type { Painter } from "../painter.ts";
import type { Picture } from "../picture.ts";
import type { DrawOp } from "../plan.ts";

/** Pictures that were not drawn for longest are dropped beyond this; they are made again when drawn. */
const defaultCacheBytes = 256 * 1024 * 1024;

interface CachedPicture {
  readonly version: number;
  readonly canvas: OffscreenCanvas;
  readonly bytes: number;
}

/** Canvas2D that stays in the CPU's memory: the quickest painter where there is no GPU, but for kernels. */
export class Canvas2dPainter implements Painter {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #cacheBytes: number;
  /** In the order of their last use. */
  readonly #cache = new Map<string, CachedPicture>();
  #cachedBytes = 0;

  constructor(size: Size, cacheBytes = defaultCacheBytes) {
    this.#cacheBytes = cacheBytes;
    this.#canvas = new OffscreenCanvas(size.width, size.height);
    const context = this.#canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    if (!context) throw new Error("no 2d context");
    this.#context = context;
    context.imageSmoothingQuality = "low";
  }

  async paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<VideoFrame> {
    for (const op of ops) this.#draw(op);
    return new VideoFrame(this.#canvas, {
      timestamp: frame.timestampUs,
      duration: frame.durationUs,
      alpha: "discard",
    });
  }

  close(): void {
    this.#cache.clear();
    this.#cachedBytes = 0;
    this.#canvas.width = 1;
    this.#canvas.height = 1;
  }

  #draw(op: DrawOp): void {
    const context = this.#context;
    switch (op.op) {
      case "clear":
        context.fillStyle = op.colour;
        context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
        return;
      case "fill":
        context.fillStyle = op.colour;
        context.fillRect(op.rect.x, op.rect.y, op.rect.width, op.rect.height);
        return;
      case "picture": {
        const { from, rect } = op;
        context.globalAlpha = op.opacity;
        // Copying without scaling needs no filter, and stays exact.
        context.imageSmoothingEnabled = from.width !== rect.width || from.height !== rect.height;
        context.drawImage(
          this.#drawable(op.picture),
          from.x,
          from.y,
          from.width,
          from.height,
          rect.x,
          rect.y,
          rect.width,
          rect.height,
        );
        context.globalAlpha = 1;
        return;
      }
      default:
        op satisfies never;
    }
  }

  #drawable(picture: Picture): VideoFrame | OffscreenCanvas {
    const { pixels } = picture;
    if (pixels instanceof VideoFrame) return pixels;
    const cached = this.#cache.get(picture.id);
    if (cached) {
      this.#cache.delete(picture.id);
      if (cached.version === picture.version) {
        this.#cache.set(picture.id, cached);
        return cached.canvas;
      }
      this.#cachedBytes -= cached.bytes;
    }
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    contextOf(canvas).putImageData(new ImageData(pixels.data, picture.width, picture.height), 0, 0);
    const bytes = picture.width * picture.height * 4;
    this.#cache.set(picture.id, { version: picture.version, canvas, bytes });
    this.#cachedBytes += bytes;
    for (const [id, oldest] of this.#cache) {
      if (this.#cachedBytes <= this.#cacheBytes || id === picture.id) break;
      this.#cache.delete(id);
      this.#cachedBytes -= oldest.bytes;
    }
    return canvas;
  }
}
