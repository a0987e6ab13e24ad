import type { Filter } from "../../../preload/contract/filter.ts";
import { contextOf } from "../canvas-context.ts";
import { isTurned } from "../copy-frame.ts";
import { type FilterPictures, personId } from "../filters/filter-pixels.ts";
import type { Picture, RgbaPixels } from "../picture.ts";
import { readRgba } from "../read-rgba.ts";
import { matrixOf } from "../yuv-matrix.ts";
import type { Address, Kernels } from "./kernels.ts";
import type { PlaneFilters } from "./plane-filters.ts";
import type { PlaneMemory } from "./plane-memory.ts";
import { halfOf, type Planes, planesAt, planesBytes } from "./planes.ts";
import { yuvConversion } from "./yuv-conversion.ts";

/** How a picture lies: with its columns for rows (`swaps`), and then mirrored. */
export interface Lie {
  readonly swaps: boolean;
  readonly across: boolean;
  readonly down: boolean;
}

/** How a picture is wanted: halved so often along each axis, then filtered. */
export interface Wanted {
  readonly halvingsX: number;
  readonly halvingsY: number;
  readonly filters: readonly Filter[];
  readonly pictures?: FilterPictures | undefined;
}

interface Entry {
  readonly version: number;
  readonly base: Planes;
  /** By what was wanted, the oldest first. */
  readonly variants: Map<string, Planes>;
  bytes: number;
}

const keyOf = ({ halvingsX, halvingsY, filters, pictures }: Wanted): string =>
  `${halvingsX} ${halvingsY} ${pictures?.get(personId)?.version ?? 0} ${JSON.stringify(filters)}`;

/** Of one picture: one is made for each place of a slider. */
const keptVariants = 4;

/** Can its planes be copied? Everything else goes through RGBA. */
const isPlainYuv = (frame: VideoFrame): boolean =>
  (frame.format === "I420" || frame.format === "NV12") &&
  matrixOf(frame.colorSpace.matrix) !== undefined;

const sizeOf = (frame: VideoFrame): { readonly width: number; readonly height: number } =>
  frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };

/** Pictures as planes in the kernels' memory, by their id and version, with what was made of them. */
export class PlaneCache {
  readonly #memory: PlaneMemory;
  readonly #kernels: Kernels;
  readonly #filters: PlaneFilters;
  readonly #limitBytes: number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry>();
  #canvas: OffscreenCanvas | undefined;
  #bytes = 0;

  /** Pictures that were not drawn for longest are dropped beyond `limitBytes`; they are made again when drawn. */
  constructor(memory: PlaneMemory, kernels: Kernels, filters: PlaneFilters, limitBytes: number) {
    this.#memory = memory;
    this.#kernels = kernels;
    this.#filters = filters;
    this.#limitBytes = limitBytes;
  }

  /**
   * Takes in what is not there yet. Every copy has begun when the call returns: frames may be closed from then on, as the
   * copies hold their pixels.
   */
  async load(pictures: readonly Picture[]): Promise<void> {
    const wanted = new Set(pictures.map(({ id }) => id));
    const copies: (() => Promise<void>)[] = [];
    for (const picture of pictures) {
      const known = this.#entries.get(picture.id);
      if (known) this.#entries.delete(picture.id);
      if (known?.version === picture.version) {
        this.#entries.set(picture.id, known);
        continue;
      }
      if (known) this.#drop(known);
      const { pixels } = picture;
      if (!(pixels instanceof VideoFrame)) this.#addRgba(picture, pixels.data);
      else if (isTurned(pixels) || pixels.format === null)
        this.#addRgba(picture, this.#draw(picture, pixels));
      else if (isPlainYuv(pixels)) copies.push(this.#copyYuv(picture, pixels));
      else copies.push(this.#copyRgba(picture, pixels));
    }
    for (const [id, oldest] of this.#entries) {
      if (this.#bytes <= this.#limitBytes) break;
      if (wanted.has(id)) continue;
      this.#entries.delete(id);
      this.#drop(oldest);
    }
    // All memory is allocated by now: growing it would take it from under a copy.
    await Promise.all(copies.map((copy) => copy()));
  }

  /** After `load` of the picture; good until the next call. */
  planesOf(picture: Picture, wanted: Wanted): Planes {
    const entry = this.#entries.get(picture.id);
    if (!entry) throw new Error(`the picture ${picture.id} was not loaded`);
    const { halvingsX, halvingsY, filters } = wanted;
    if (halvingsX === 0 && halvingsY === 0 && filters.length === 0) return entry.base;
    const key = keyOf(wanted);
    const made = entry.variants.get(key);
    if (made) return made;
    const halved = this.#halve(entry.base, halvingsX, halvingsY);
    const scale = { x: 0.5 ** halvingsX, y: 0.5 ** halvingsY };
    const planes =
      filters.length > 0
        ? this.#filters.apply(halved, filters, scale, wanted.pictures ?? new Map())
        : halved;
    if (planes !== halved && halved !== entry.base) this.#memory.free(halved.y);
    for (const [oldKey, old] of entry.variants) {
      if (entry.variants.size < keptVariants) break;
      entry.variants.delete(oldKey);
      this.#memory.free(old.y);
      entry.bytes -= old.bytes;
      this.#bytes -= old.bytes;
    }
    entry.variants.set(key, planes);
    entry.bytes += planes.bytes;
    this.#bytes += planes.bytes;
    return planes;
  }

  /** After `load` of the picture: its planes as they lie, by quarters and mirrored. */
  turnedOf(picture: Picture, wanted: Wanted, lie: Lie): Planes {
    const planes = this.planesOf(picture, wanted);
    const { swaps, across, down } = lie;
    if (!swaps && !across && !down) return planes;
    const entry = this.#entries.get(picture.id);
    if (!entry) throw new Error(`the picture ${picture.id} was not loaded`);
    const key = `${Number(swaps)}${Number(across)}${Number(down)} of ${keyOf(wanted)}`;
    const made = entry.variants.get(key);
    if (made) return made;
    const { width, height } = planes;
    const turned = this.#allocate(
      swaps ? height : width,
      swaps ? width : height,
      planes.alpha !== null,
    );
    const turnOne = (dst: Address, src: Address, wide: number, high: number): void =>
      this.#kernels[swaps ? "transpose" : "mirror"](
        dst,
        src,
        wide,
        high,
        across ? 1 : 0,
        down ? 1 : 0,
      );
    const [halfWidth, halfHeight] = [halfOf(width), halfOf(height)];
    turnOne(turned.y, planes.y, width, height);
    turnOne(turned.u, planes.u, halfWidth, halfHeight);
    turnOne(turned.v, planes.v, halfWidth, halfHeight);
    if (turned.alpha && planes.alpha) {
      turnOne(turned.alpha.a, planes.alpha.a, width, height);
      turnOne(turned.alpha.halfA, planes.alpha.halfA, halfWidth, halfHeight);
    }
    entry.variants.set(key, turned);
    entry.bytes += turned.bytes;
    this.#bytes += turned.bytes;
    return turned;
  }

  #drop(entry: Entry): void {
    for (const planes of [entry.base, ...entry.variants.values()]) this.#memory.free(planes.y);
    this.#bytes -= entry.bytes;
  }

  #add(picture: Picture, base: Planes): void {
    const { bytes } = base;
    this.#entries.set(picture.id, { version: picture.version, base, variants: new Map(), bytes });
    this.#bytes += bytes;
  }

  #allocate(width: number, height: number, hasAlpha: boolean): Planes {
    const at = this.#memory.allocate(planesBytes(width, height, hasAlpha));
    return planesAt(at, width, height, hasAlpha);
  }

  /** Makes room for the frame, and answers what copies it there. */
  #copyYuv(picture: Picture, frame: VideoFrame): () => Promise<void> {
    const { colorSpace } = frame;
    const { width, height } = sizeOf(frame);
    const planes = this.#allocate(width, height, false);
    this.#add(picture, planes);
    const half = halfOf(width);
    const chroma = half * halfOf(height);
    const isNv12 = frame.format === "NV12";
    const pairs = isNv12 ? this.#memory.allocate(2 * chroma) : 0;
    return async () => {
      try {
        // One view over both blocks: the pairs may lie before or behind the planes.
        const start = isNv12 ? Math.min(planes.y, pairs) : planes.y;
        const end = Math.max(planes.y + planes.bytes, isNv12 ? pairs + 2 * chroma : 0);
        await frame.copyTo(this.#memory.view(start, end - start), {
          layout: isNv12
            ? [
                { offset: planes.y - start, stride: width },
                { offset: pairs - start, stride: 2 * half },
              ]
            : [
                { offset: 0, stride: width },
                { offset: planes.u - start, stride: half },
                { offset: planes.v - start, stride: half },
              ],
        });
        if (isNv12) this.#kernels.splitPairs(planes.u, planes.v, pairs, chroma);
        this.#convert(planes, colorSpace);
      } finally {
        if (isNv12) this.#memory.free(pairs);
      }
    };
  }

  #convert(planes: Planes, { matrix, fullRange }: VideoColorSpace): void {
    const conversion = yuvConversion(matrixOf(matrix) ?? "bt601", fullRange === true);
    if (!conversion) return;
    const { black, yy, yu, yv, uu, uv, vu, vv } = conversion;
    const { y, u, v, width, height } = planes;
    this.#kernels.convert(y, u, v, width, height, black, yy, yu, yv, uu, uv, vu, vv);
  }

  /** Makes room for the frame as RGBA, and answers what copies it there and makes planes of it. */
  #copyRgba(picture: Picture, frame: VideoFrame): () => Promise<void> {
    const { width, height } = sizeOf(frame);
    const planes = this.#allocate(width, height, true);
    this.#add(picture, planes);
    const bytes = width * height * 4;
    const rgba = this.#memory.allocate(bytes);
    return async () => {
      try {
        const { buffer, byteOffset } = this.#memory.view(rgba, bytes);
        const pixels = new Uint8ClampedArray(buffer, byteOffset, bytes);
        await readRgba(frame, { x: 0, y: 0, width, height }, pixels);
        const hasAlpha = this.#convertRgba(rgba, planes);
        const entry = this.#entries.get(picture.id);
        if (entry?.base !== planes) return;
        if (!hasAlpha)
          this.#entries.set(picture.id, { ...entry, base: { ...planes, alpha: null } });
      } finally {
        this.#memory.free(rgba);
      }
    };
  }

  #addRgba(picture: Picture, data: RgbaPixels["data"]): void {
    const planes = this.#planesOfRgba(data, picture.width, picture.height);
    this.#add(picture, planes);
  }

  /** The frame as Canvas2D shows it, which in a worker may wait for the window. */
  #draw({ width, height }: Picture, frame: VideoFrame): RgbaPixels["data"] {
    if (this.#canvas?.width !== width || this.#canvas.height !== height)
      this.#canvas = new OffscreenCanvas(width, height);
    const context = contextOf(this.#canvas);
    context.clearRect(0, 0, width, height);
    context.drawImage(frame, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  }

  #planesOfRgba(data: RgbaPixels["data"], width: number, height: number): Planes {
    const rgba = this.#memory.allocate(data.byteLength);
    const planes = this.#allocate(width, height, true);
    this.#memory.view(rgba, data.byteLength).set(data);
    const hasAlpha = this.#convertRgba(rgba, planes);
    this.#memory.free(rgba);
    return hasAlpha ? planes : { ...planes, alpha: null };
  }

  /** Into planes with alpha; answers whether they need it. */
  #convertRgba(rgba: Address, { width, height, y, u, v, alpha }: Planes): boolean {
    if (!alpha) throw new Error("planes without room for alpha");
    const { a, halfA } = alpha;
    return this.#kernels.planesOfRgba(rgba, width, height, y, u, v, a, halfA) < 255;
  }

  /** The planes themselves where nothing is to be halved. */
  #halve(planes: Planes, timesX: number, timesY: number): Planes {
    let result = planes;
    for (let step = 0; step < timesX + timesY; step += 1) {
      const alongX = step < timesX;
      const next = this.#allocate(
        alongX ? halfOf(result.width) : result.width,
        alongX ? result.height : halfOf(result.height),
        result.alpha !== null,
      );
      const halveOne = (dst: Address, src: Address, width: number, height: number): void => {
        if (alongX) this.#kernels.halveColumns(dst, src, width, height);
        else this.#kernels.halveRows(dst, src, width, height);
      };
      const { width, height } = result;
      halveOne(next.y, result.y, width, height);
      halveOne(next.u, result.u, halfOf(width), halfOf(height));
      halveOne(next.v, result.v, halfOf(width), halfOf(height));
      if (next.alpha && result.alpha) {
        halveOne(next.alpha.a, result.alpha.a, width, height);
        halveOne(next.alpha.halfA, result.alpha.halfA, halfOf(width), halfOf(height));
      }
      if (result !== planes) this.#memory.free(result.y);
      result = next;
    }
    return result;
  }
}
