import type { Size } from "../../../preload/contract/geometry.ts";
import type { Painter } from "../painter.ts";
import { type Affine, cornersOf, hullOf } from "../affine.ts";
import type { Picture, Rect } from "../picture.ts";
import type { DrawOp } from "../plan.ts";
import { yuvOfColour } from "./bt601.ts";
import { type FilterKernels, loadFilterKernels } from "./filter-kernels.ts";
import { type Address, type Kernels, loadKernels } from "./kernels.ts";
import { halvingsFor, type Run, runsBetween, type Sampling, samplingOf } from "./placement.ts";
import { type Lie, PlaneCache } from "./plane-cache.ts";
import { PlaneFilters } from "./plane-filters.ts";
import { PlaneMemory } from "./plane-memory.ts";
import { halfOf, type Planes, planesAt, planesBytes } from "./planes.ts";
import { SlopingPainter } from "./sloping-painter.ts";

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

/** One plane of what is drawn on; `every` 1 for luma and alpha, 2 for chroma and its alpha. */
interface Target {
  readonly at: Address;
  readonly width: number;
  readonly height: number;
  readonly every: 1 | 2;
}

/** Y, U and V of the canvas, or these with A and its half of a surface that begins clear; sides are even. */
interface Ground {
  readonly width: number;
  readonly height: number;
  readonly planes: Planes;
  readonly targets: readonly Target[];
}

const groundOf = (planes: Planes): Ground => {
  const { width, height, alpha } = planes;
  const luma = { width, height, every: 1 } as const;
  const chroma = { width: halfOf(width), height: halfOf(height), every: 2 } as const;
  return {
    width,
    height,
    planes,
    targets: [
      { at: planes.y, ...luma },
      { at: planes.u, ...chroma },
      { at: planes.v, ...chroma },
      ...(alpha
        ? [
            { at: alpha.a, ...luma },
            { at: alpha.halfA, ...chroma },
          ]
        : []),
    ],
  };
};

/** One plane of a picture, with its alpha where it has one. */
interface Layer {
  readonly at: Address;
  readonly alpha: Address | null;
  readonly width: number;
  readonly height: number;
}

/** What each target of a ground takes of planes; null for what is opaque. */
const layersOf = ({ width, height, y, u, v, alpha }: Planes): readonly (Layer | null)[] => {
  const half = { width: halfOf(width), height: halfOf(height), alpha: alpha?.halfA ?? null };
  const whole = { width, height, alpha: alpha?.a ?? null };
  return [
    { at: y, ...whole },
    { at: u, ...half },
    { at: v, ...half },
    alpha && { at: alpha.a, ...whole },
    alpha && { at: alpha.halfA, ...half },
  ];
};

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

const asItIs: Lie = { swaps: false, across: false, down: false };

/** Where a rectangle lies that is turned by quarters and mirrored at most; null where it is otherwise. */
const uprightOf = (rect: Rect, map: Affine | undefined): (Lie & { readonly rect: Rect }) | null => {
  if (!map) return { rect, ...asItIs };
  const { a, b, c, d } = map;
  const lies = hullOf(cornersOf(rect, map));
  if (b === 0 && c === 0) return { rect: lies, swaps: false, across: a < 0, down: d < 0 };
  if (a === 0 && d === 0) return { rect: lies, swaps: true, across: c < 0, down: b < 0 };
  return null;
};

const picturesOf = (ops: readonly DrawOp[]): readonly Picture[] =>
  ops.flatMap((op) =>
    op.op === "picture" ? [op.picture] : op.op === "group" ? picturesOf(op.surface.ops) : [],
  );

const isUnscaled = ({ origin, step }: Sampling): boolean =>
  step === 1 && Math.round(origin * fixed) % fixed === 0;

/** Paints on two cores and no GPU: WebAssembly over planes of Y, U and V, which captures bring and encoders take. */
export class CpuPainter implements Painter {
  readonly #memory: PlaneMemory;
  readonly #kernels: Kernels;
  readonly #filters: PlaneFilters;
  readonly #cache: PlaneCache;
  readonly #sloping: SlopingPainter;
  readonly #canvas: Ground;
  /** Room for a scaled plane, its alpha, and what the kernels need meanwhile. */
  readonly #scratch: { readonly plane: Address; readonly alpha: Address };
  readonly #table: Address;
  readonly #row: Address;

  private constructor(
    size: Size,
    memory: PlaneMemory,
    kernels: Kernels,
    filterKernels: FilterKernels,
    cacheBytes: number,
  ) {
    const { width, height } = size;
    this.#memory = memory;
    this.#kernels = kernels;
    const at = memory.allocate(planesBytes(width, height, false));
    this.#canvas = groundOf(planesAt(at, width, height, false));
    this.#scratch = {
      plane: memory.allocate(width * height),
      alpha: memory.allocate(width * height),
    };
    this.#table = memory.allocate(Math.ceil(width / 8) * tableGroupBytes);
    this.#row = memory.allocate(rowBytes);
    this.#filters = new PlaneFilters(memory, kernels, filterKernels, this.#row);
    this.#cache = new PlaneCache(memory, kernels, this.#filters, cacheBytes);
    this.#sloping = new SlopingPainter(memory, kernels);
  }

  /** `size` is even. @throws where the engine knows no WebAssembly SIMD, or has no memory left */
  static async create(size: Size, cacheBytes = usualCacheBytes): Promise<CpuPainter> {
    const memory = new PlaneMemory();
    const [kernels, filterKernels] = await Promise.all([
      loadKernels(memory.memory),
      loadFilterKernels(memory.memory),
    ]);
    return new CpuPainter(size, memory, kernels, filterKernels, cacheBytes);
  }

  async paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<VideoFrame> {
    await this.#cache.load(picturesOf(ops));
    for (const op of ops) this.#draw(this.#canvas, op);
    const { width, height, planes } = this.#canvas;
    return new VideoFrame(this.#memory.view(planes.y, planes.bytes), {
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

  #draw(ground: Ground, op: DrawOp): void {
    switch (op.op) {
      case "clear":
        this.#fill(
          ground,
          { x: 0, y: 0, width: ground.width, height: ground.height },
          {
            ...black,
            ...yuvOfColour(op.colour),
          },
        );
        return;
      case "fill":
        this.#drawFill(ground, op);
        return;
      case "picture":
        this.#drawPicture(ground, op);
        return;
      case "group":
        this.#drawGroup(ground, op);
        return;
      default:
        op satisfies never;
    }
  }

  #fill(ground: Ground, rect: Rect, colour: ReturnType<typeof yuvOfColour>): void {
    const values = [colour.y, colour.u, colour.v, 255, 255];
    for (const [index, target] of ground.targets.entries())
      for (const patch of patchesOf(target, rect, colour.alpha256 / 256))
        this.#fillPatch(target, patch, values[index] ?? 0);
  }

  #fillPatch(target: Target, { columns, rows, alpha256 }: Patch, value: number): void {
    const dst = target.at + rows.start * target.width + columns.start;
    const { length: width } = columns;
    const { length: height } = rows;
    if (alpha256 === 256) this.#kernels.fill(dst, target.width, width, height, value);
    else this.#kernels.fadeValue(dst, target.width, width, height, value, alpha256);
  }

  #drawFill(ground: Ground, op: Extract<DrawOp, { op: "fill" }>): void {
    const colour = yuvOfColour(op.colour);
    const alpha256 = Math.round(colour.alpha256 * (op.opacity ?? 1));
    const upright = op.map ? uprightOf(op.rect, op.map)?.rect : op.rect;
    if (upright && !op.blend) {
      this.#fill(ground, upright, { ...colour, alpha256 });
      return;
    }
    const patch = this.#sloping.begin(ground, op.rect, op.map);
    if (!patch) return;
    this.#sloping.fill(patch, [colour.y, colour.u, colour.v]);
    this.#sloping.end(patch, ground, op.blend, alpha256);
  }

  #drawPicture(ground: Ground, op: Extract<DrawOp, { op: "picture" }>): void {
    const { picture, from, rect, map, filters } = op;
    const upright = uprightOf(rect, map);
    const base = this.#cache.planesOf(picture, { halvingsX: 0, halvingsY: 0, filters: [] });
    // Frames may show more or fewer pixels than they have.
    const pixelsX = base.width / picture.width;
    const pixelsY = base.height / picture.height;
    const wanted = {
      halvingsX: halvingsFor((from.width * pixelsX) / rect.width),
      halvingsY: halvingsFor((from.height * pixelsY) / rect.height),
      filters,
      pictures: op.filterPictures,
    };
    const scaleX = pixelsX / 2 ** wanted.halvingsX;
    const scaleY = pixelsY / 2 ** wanted.halvingsY;
    const part = {
      x: from.x * scaleX,
      y: from.y * scaleY,
      width: from.width * scaleX,
      height: from.height * scaleY,
    };
    if (!upright) {
      this.#drawSloping(ground, this.#cache.planesOf(picture, wanted), part, op);
      return;
    }
    const planes = this.#cache.turnedOf(picture, wanted, upright);
    const lying = upright.swaps
      ? { x: part.y, y: part.x, width: part.height, height: part.width }
      : part;
    const seen = {
      ...lying,
      x: upright.across ? planes.width - lying.x - lying.width : lying.x,
      y: upright.down ? planes.height - lying.y - lying.height : lying.y,
    };
    if (op.blend) this.#mixPlanes(ground, planes, seen, { ...op, rect: upright.rect });
    else this.#drawPlanes(ground, planes, seen, upright.rect, op.opacity);
  }

  #drawGroup(ground: Ground, op: Extract<DrawOp, { op: "group" }>): void {
    const { width, height, ops } = op.surface;
    const drawn = planesAt(
      this.#memory.allocate(planesBytes(width, height, true)),
      width,
      height,
      true,
    );
    this.#memory.view(drawn.y, drawn.bytes).fill(0);
    const surface = groundOf(drawn);
    for (const inner of ops) this.#draw(surface, inner);
    const isFiltered = op.filters !== undefined && op.filters.length > 0;
    const planes = isFiltered
      ? this.#filters.apply(drawn, op.filters, { x: 1, y: 1 }, op.filterPictures ?? new Map())
      : drawn;
    if (isFiltered) this.#memory.free(drawn.y);
    if (op.map) this.#drawSloping(ground, planes, op.from, op);
    else if (op.blend) this.#mixPlanes(ground, planes, op.from, op);
    else this.#drawPlanes(ground, planes, op.from, op.rect, op.opacity);
    this.#memory.free(planes.y);
  }

  #drawSloping(
    ground: Ground,
    planes: Planes,
    from: Rect,
    op: Extract<DrawOp, { op: "picture" | "group" }>,
  ): void {
    const patch = this.#sloping.begin(ground, op.rect, op.map);
    if (!patch) return;
    this.#sloping.sample(patch, planes, from);
    this.#sloping.end(patch, ground, op.blend, Math.round(op.opacity * 256));
  }

  /** What lies upright is sampled in lines. */
  #mixPlanes(
    ground: Ground,
    planes: Planes,
    from: Rect,
    op: Pick<Extract<DrawOp, { op: "picture" | "group" }>, "rect" | "blend" | "opacity">,
  ): void {
    const patch = this.#sloping.begin(ground, op.rect);
    if (!patch) return;
    this.#sloping.take(patch, planes.alpha !== null, (index, { at, stride, every, area }) => {
      const layer = layersOf(planes)[index];
      if (!layer) return;
      const sampling = (start: number, length: number, to: number, side: number, size: number) =>
        samplingOf(
          { start: start / every, length: length / every },
          { start: to / every, length: side / every },
          size,
        );
      const x = sampling(from.x, from.width, op.rect.x, op.rect.width, layer.width);
      const y = sampling(from.y, from.height, op.rect.y, op.rect.height, layer.height);
      const columns = { start: area.x, length: area.width, coverage: 1 };
      const rows = { start: area.y, length: area.height, coverage: 1 };
      const whole = { columns, rows, alpha256: 256 };
      this.#scale(at, stride, layer.at, layer.width, whole, x, y);
    });
    this.#sloping.end(patch, ground, op.blend, Math.round(op.opacity * 256));
  }

  #drawPlanes(ground: Ground, planes: Planes, from: Rect, rect: Rect, opacity: number): void {
    const layers = layersOf(planes);
    for (const [index, target] of ground.targets.entries()) {
      const layer = layers[index];
      const patches = patchesOf(target, rect, opacity);
      if (!layer) {
        for (const patch of patches) this.#fillPatch(target, patch, 255);
        continue;
      }
      const { every } = target;
      const x = samplingOf(
        { start: from.x / every, length: from.width / every },
        { start: rect.x / every, length: rect.width / every },
        layer.width,
      );
      const y = samplingOf(
        { start: from.y / every, length: from.height / every },
        { start: rect.y / every, length: rect.height / every },
        layer.height,
      );
      for (const patch of patches) this.#drawPatch(target, layer, patch, x, y);
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
