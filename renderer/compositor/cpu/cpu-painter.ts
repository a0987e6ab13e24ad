import type { Size } from "../../../preload/contract/geometry.ts";
import type { Painter } from "../painter.ts";
import type { Rect } from "../picture.ts";
import type { DrawOp } from "../plan.ts";
import { yuvOfColour } from "./bt601.ts";
import { type Address, type Kernels, loadKernels } from "./kernels.ts";
import { halvingsFor, type Run, runsBetween, type Sampling, samplingOf } from "./placement.ts";
import { PlaneCache } from "./plane-cache.ts";
import { PlaneMemory } from "./plane-memory.ts";
import { halfOf, type Planes, planesAt, planesBytes } from "./planes.ts";

/** Pictures that were not drawn for longest are dropped beyond this; they are made again when drawn. */
const usualCacheBytes = 256 * 1024 * 1024;
/** What `scale` and `double` need for one row of the largest picture. */
const rowBytes = 16_384 + 64;
/** Of `scale`'s table, for each eight pixels of a row. */
const tableGroupBytes = 96;
const fixed = 65_536;

const black = { y: 16, u: 128, v: 128 } as const;
/** As encoders and screens take pictures of WebRTC, and as Chromium makes those of captures. */
const colourSpace: VideoColorSpaceInit = {
  matrix: "smpte170m",
  primaries: "smpte170m",
  transfer: "smpte170m",
  fullRange: false,
};

/** One plane of the canvas; `every` 1 for luma, 2 for chroma. */
interface Target {
  readonly at: Address;
  readonly width: number;
  readonly height: number;
  readonly every: 1 | 2;
}

/** One plane of a picture, with its alpha where it has one. */
interface Layer {
  readonly at: Address;
  readonly alpha: Address | null;
  readonly width: number;
  readonly height: number;
}

/** What of a plane is drawn alike: a run of columns in a run of rows. */
interface Patch {
  readonly columns: Run;
  readonly rows: Run;
  readonly alpha256: number;
}

const patchesOf = (target: Target, rect: Rect, opacity: number): readonly Patch[] => {
  const { every, width, height } = target;
  const columns = runsBetween(rect.x / every, (rect.x + rect.width) / every, width);
  return runsBetween(rect.y / every, (rect.y + rect.height) / every, height).flatMap((rows) =>
    columns.map((run) => ({
      columns: run,
      rows,
      alpha256: Math.round(opacity * run.coverage * rows.coverage * 256),
    })),
  );
};

const isUnscaled = ({ origin, step }: Sampling): boolean =>
  step === 1 && Math.round(origin * fixed) % fixed === 0;

/** Paints on two cores and no GPU: WebAssembly over planes of Y, U and V, which captures bring and encoders take. */
export class CpuPainter implements Painter {
  readonly #size: Size;
  readonly #memory: PlaneMemory;
  readonly #kernels: Kernels;
  readonly #cache: PlaneCache;
  readonly #targets: readonly [Target, Target, Target];
  readonly #canvas: Planes;
  /** Room for a scaled plane, its alpha, and what the kernels need meanwhile. */
  readonly #scratch: { readonly plane: Address; readonly alpha: Address };
  readonly #table: Address;
  readonly #row: Address;

  private constructor(size: Size, memory: PlaneMemory, kernels: Kernels, cacheBytes: number) {
    const { width, height } = size;
    this.#size = size;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#canvas = planesAt(
      memory.allocate(planesBytes(width, height, false)),
      width,
      height,
      false,
    );
    const chroma = { width: halfOf(width), height: halfOf(height), every: 2 } as const;
    this.#targets = [
      { at: this.#canvas.y, width, height, every: 1 },
      { at: this.#canvas.u, ...chroma },
      { at: this.#canvas.v, ...chroma },
    ];
    this.#scratch = {
      plane: memory.allocate(width * height),
      alpha: memory.allocate(width * height),
    };
    this.#table = memory.allocate(Math.ceil(width / 8) * tableGroupBytes);
    this.#row = memory.allocate(rowBytes);
    this.#cache = new PlaneCache(memory, kernels, cacheBytes, this.#row);
  }

  /** `size` is even. @throws where the engine knows no WebAssembly SIMD, or has no memory left */
  static async create(size: Size, cacheBytes = usualCacheBytes): Promise<CpuPainter> {
    const memory = new PlaneMemory();
    return new CpuPainter(size, memory, await loadKernels(memory.memory), cacheBytes);
  }

  async paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<VideoFrame> {
    await this.#cache.load(ops.flatMap((op) => (op.op === "picture" ? [op.picture] : [])));
    for (const op of ops) this.#draw(op);
    const { width, height } = this.#size;
    return new VideoFrame(this.#memory.view(this.#canvas.y, this.#canvas.bytes), {
      format: "I420",
      codedWidth: width,
      codedHeight: height,
      timestamp: frame.timestampUs,
      duration: frame.durationUs,
      colorSpace: colourSpace,
    });
  }

  close(): void {
    // Nothing outside the memory, which goes with its last reference.
  }

  #draw(op: DrawOp): void {
    switch (op.op) {
      case "clear":
        this.#fill({ x: 0, y: 0, ...this.#size }, { ...black, ...yuvOfColour(op.colour) });
        return;
      case "fill":
        this.#fill(op.rect, yuvOfColour(op.colour));
        return;
      case "picture":
        this.#drawPicture(op);
        return;
      default:
        op satisfies never;
    }
  }

  #fill(rect: Rect, colour: ReturnType<typeof yuvOfColour>): void {
    const values = [colour.y, colour.u, colour.v] as const;
    for (const [index, target] of this.#targets.entries()) {
      const value = values[index] ?? 0;
      for (const { columns, rows, alpha256 } of patchesOf(target, rect, colour.alpha256 / 256)) {
        const dst = target.at + rows.start * target.width + columns.start;
        if (alpha256 === 256)
          this.#kernels.fill(dst, target.width, columns.length, rows.length, value);
        else
          this.#kernels.fadeValue(dst, target.width, columns.length, rows.length, value, alpha256);
      }
    }
  }

  #drawPicture({
    picture,
    from,
    rect,
    opacity,
    filters,
  }: Extract<DrawOp, { op: "picture" }>): void {
    const base = this.#cache.planesOf(picture, { halvingsX: 0, halvingsY: 0, filters: [] });
    // Frames may show more or fewer pixels than they have.
    const pixelsX = base.width / picture.width;
    const pixelsY = base.height / picture.height;
    const halvingsX = halvingsFor((from.width * pixelsX) / rect.width);
    const halvingsY = halvingsFor((from.height * pixelsY) / rect.height);
    const planes = this.#cache.planesOf(picture, { halvingsX, halvingsY, filters });
    const scaleX = pixelsX / 2 ** halvingsX;
    const scaleY = pixelsY / 2 ** halvingsY;
    const { width, height, alpha } = planes;
    const half = { width: halfOf(width), height: halfOf(height), alpha: alpha?.halfA ?? null };
    const layers: readonly Layer[] = [
      { at: planes.y, width, height, alpha: alpha?.a ?? null },
      { at: planes.u, ...half },
      { at: planes.v, ...half },
    ];
    for (const [index, target] of this.#targets.entries()) {
      const layer = layers[index];
      if (!layer) continue;
      const { every } = target;
      const x = samplingOf(
        { start: (from.x * scaleX) / every, length: (from.width * scaleX) / every },
        { start: rect.x / every, length: rect.width / every },
        layer.width,
      );
      const y = samplingOf(
        { start: (from.y * scaleY) / every, length: (from.height * scaleY) / every },
        { start: rect.y / every, length: rect.height / every },
        layer.height,
      );
      for (const patch of patchesOf(target, rect, opacity))
        this.#drawPatch(target, layer, patch, x, y);
    }
  }

  #drawPatch(target: Target, layer: Layer, patch: Patch, x: Sampling, y: Sampling): void {
    const { columns, rows, alpha256 } = patch;
    const { length: width } = columns;
    const { length: height } = rows;
    const dst = target.at + rows.start * target.width + columns.start;
    if (layer.alpha === null && alpha256 === 256) {
      this.#scale(dst, target.width, layer.at, layer.width, patch, x, y);
      return;
    }
    const { plane, stride } = this.#sampled(this.#scratch.plane, layer.at, layer, patch, x, y);
    if (layer.alpha === null) {
      this.#kernels.fade(dst, target.width, plane, stride, width, height, alpha256);
      return;
    }
    const alpha = this.#sampled(this.#scratch.alpha, layer.alpha, layer, patch, x, y);
    this.#kernels.blend(
      dst,
      target.width,
      plane,
      stride,
      alpha.plane,
      alpha.stride,
      width,
      height,
      alpha256,
    );
  }

  /** Where the patch of a plane can be read as it is to be drawn: in the plane itself where it is not scaled, else in `room`. */
  #sampled(
    room: Address,
    at: Address,
    layer: Layer,
    patch: Patch,
    x: Sampling,
    y: Sampling,
  ): { readonly plane: Address; readonly stride: number } {
    const { columns, rows } = patch;
    if (isUnscaled(x) && isUnscaled(y)) {
      const left = Math.round(x.origin) + columns.start;
      const top = Math.round(y.origin) + rows.start;
      if (
        left >= x.min &&
        top >= y.min &&
        left + columns.length - 1 <= x.max &&
        top + rows.length - 1 <= y.max
      )
        return { plane: at + top * layer.width + left, stride: layer.width };
    }
    this.#scale(room, columns.length, at, layer.width, patch, x, y);
    return { plane: room, stride: columns.length };
  }

  #scale(
    dst: Address,
    dstStride: number,
    src: Address,
    srcStride: number,
    { columns, rows }: Patch,
    x: Sampling,
    y: Sampling,
  ): void {
    this.#kernels.scale(
      dst,
      dstStride,
      columns.length,
      rows.length,
      src,
      srcStride,
      Math.round((x.origin + columns.start * x.step) * fixed),
      Math.round(x.step * fixed),
      Math.round((y.origin + rows.start * y.step) * fixed),
      Math.round(y.step * fixed),
      x.min,
      x.max,
      y.min,
      y.max,
      this.#table,
      this.#row,
    );
  }
}
