import type { FilterPictures } from "../filters/filter-pixels.ts";
import type { Rect } from "../picture.ts";
import type { FilterKernels } from "./filter-kernels.ts";
import type { Address, Kernels } from "./kernels.ts";
import type { PlaneMemory } from "./plane-memory.ts";
import { halfOf, type Planes, planesAt, planesBytes } from "./planes.ts";

export interface AlphaPlanes {
  readonly a: Address;
  readonly halfA: Address;
}

/** What filters keep from picture to picture, by names of their own. */
export interface KeptBytes {
  readonly at: Address;
  readonly bytes: number;
}

const fixed = 65_536;
/** Of the table of the kernel `scale`, for each eight pixels of a row. */
const tableGroupBytes = 96;

interface Parts {
  readonly memory: PlaneMemory;
  readonly kernels: Kernels;
  readonly filterKernels: FilterKernels;
  readonly row: Address;
  readonly kept: Map<string, KeptBytes>;
  readonly pictures: FilterPictures;
}

/** One picture on its way through its filters: planes that they may overwrite, and room for what they need meanwhile. */
export class FilterWork {
  readonly kernels: Kernels;
  readonly filterKernels: FilterKernels;
  /** Room for what the kernels `double` and `scale` need for one row; nobody's between calls. */
  readonly row: Address;
  readonly pictures: FilterPictures;
  /** What one of the source's pixels is here along each axis: pictures that are drawn small are halved before. */
  readonly scale: { readonly x: number; readonly y: number };
  /** Where the source's own picture lies in the planes, in their pixels. */
  source: Rect;
  readonly #memory: PlaneMemory;
  readonly #kept: Map<string, KeptBytes>;
  readonly #temporary = new Set<Address>();
  #planes: Planes;
  #straight = false;

  /** Copies `base`. */
  constructor(parts: Parts, base: Planes, scale: { readonly x: number; readonly y: number }) {
    this.#memory = parts.memory;
    this.kernels = parts.kernels;
    this.filterKernels = parts.filterKernels;
    this.row = parts.row;
    this.#kept = parts.kept;
    this.pictures = parts.pictures;
    this.scale = scale;
    this.source = { x: 0, y: 0, width: base.width, height: base.height };
    this.#planes = this.#allocate(base.width, base.height);
    this.kernels.copy(this.#planes.y, base.bytes, base.y, base.bytes, base.bytes, 1);
    if (!base.alpha) this.#planes = { ...this.#planes, alpha: null };
  }

  get planes(): Planes {
    return this.#planes;
  }

  get lumaCount(): number {
    return this.#planes.width * this.#planes.height;
  }

  get chromaCount(): number {
    return halfOf(this.#planes.width) * halfOf(this.#planes.height);
  }

  /** Colours without their alpha: what filters of single colours work on. */
  straighten(): void {
    const { y, u, v, alpha } = this.#planes;
    if (alpha && !this.#straight) {
      this.filterKernels.unpremultiply(y, alpha.a, this.lumaCount);
      this.filterKernels.unpremultiply(u, alpha.halfA, this.chromaCount);
      this.filterKernels.unpremultiply(v, alpha.halfA, this.chromaCount);
    }
    this.#straight = true;
  }

  /** Colours times their alpha: what filters that mix neighbours work on. */
  premultiply(): void {
    const { y, u, v, alpha } = this.#planes;
    if (alpha && this.#straight) {
      this.kernels.premultiply(y, y, alpha.a, this.lumaCount);
      this.kernels.premultiply(u, u, alpha.halfA, this.chromaCount);
      this.kernels.premultiply(v, v, alpha.halfA, this.chromaCount);
    }
    this.#straight = false;
  }

  /** Lets less of the picture be seen. */
  multiplyAlpha(by: AlphaPlanes): void {
    this.straighten();
    const { alpha, width, height } = this.#planes;
    if (alpha) {
      this.kernels.premultiply(alpha.a, alpha.a, by.a, this.lumaCount);
      this.kernels.premultiply(alpha.halfA, alpha.halfA, by.halfA, this.chromaCount);
      return;
    }
    const own = planesAt(this.#planes.y, width, height, true);
    if (!own.alpha) throw new Error("planes with alpha have none");
    this.kernels.copy(own.alpha.a, this.lumaCount, by.a, this.lumaCount, this.lumaCount, 1);
    const count = this.chromaCount;
    this.kernels.copy(own.alpha.halfA, count, by.halfA, count, count, 1);
    this.#planes = own;
  }

  /** The mean of each (up to) four pixels of a plane of the picture's size. */
  halve(dst: Address, src: Address): void {
    const { width, height } = this.#planes;
    const between = this.temporary(halfOf(width) * height);
    this.kernels.halveColumns(between, src, width, height);
    this.kernels.halveRows(dst, between, halfOf(width), height);
  }

  /** A plane of `size` halved so often along both axes; itself where not at all. */
  halved(
    plane: Address,
    size: { readonly width: number; readonly height: number },
    times: number,
  ): Address {
    let { width, height } = size;
    let at = plane;
    for (let step = 0; step < times; step += 1) {
      const rows = this.temporary(width * halfOf(height));
      this.kernels.halveRows(rows, at, width, height);
      height = halfOf(height);
      at = this.temporary(halfOf(width) * height);
      this.kernels.halveColumns(at, rows, width, height);
      width = halfOf(width);
    }
    return at;
  }

  /** Back to `size` what has been halved so often along each axis, and is as big as `from` now. */
  enlarge(
    dst: Address,
    size: { readonly width: number; readonly height: number },
    src: Address,
    from: { readonly width: number; readonly height: number },
    halvings: { readonly x: number; readonly y: number },
  ): void {
    const stepX = 0.5 ** halvings.x;
    const stepY = 0.5 ** halvings.y;
    this.scaled(dst, size, src, from, {
      x: stepX / 2 - 0.5,
      y: stepY / 2 - 0.5,
      stepX,
      stepY,
    });
  }

  /** What begins at a place of a plane, in its pixels, which may lie between them; beyond its edges these go on. */
  shift(
    dst: Address,
    size: { readonly width: number; readonly height: number },
    src: Address,
    from: { readonly width: number; readonly height: number },
    x: number,
    y: number,
  ): void {
    this.scaled(dst, size, src, from, { x, y, stepX: 1, stepY: 1 });
  }

  /** From a place on by steps, in pixels of `src`, which may lie between them; beyond its edges these go on. */
  scaled(
    dst: Address,
    { width, height }: { readonly width: number; readonly height: number },
    src: Address,
    from: { readonly width: number; readonly height: number },
    at: { readonly x: number; readonly y: number; readonly stepX: number; readonly stepY: number },
  ): void {
    this.kernels.scale(
      dst,
      width,
      width,
      height,
      src,
      from.width,
      Math.round(at.x * fixed),
      Math.round(at.stepX * fixed),
      Math.round(at.y * fixed),
      Math.round(at.stepY * fixed),
      0,
      from.width - 1,
      0,
      from.height - 1,
      this.temporary(Math.ceil(width / 8) * tableGroupBytes),
      this.row,
    );
  }

  /** Good until the next `temporary` or `kept`. */
  view(at: Address, bytes: number): Uint8Array<ArrayBuffer> {
    return this.#memory.view(at, bytes);
  }

  /** Until the filters are through. */
  temporary(bytes: number): Address {
    const at = this.#memory.allocate(bytes);
    this.#temporary.add(at);
    return at;
  }

  /** Until the filters are through. */
  temporaryPlanes(width: number, height: number): Planes & { readonly alpha: AlphaPlanes } {
    const planes = planesAt(this.temporary(planesBytes(width, height, true)), width, height, true);
    if (!planes.alpha) throw new Error("planes with alpha have none");
    return { ...planes, alpha: planes.alpha };
  }

  /** Goes on with planes of `temporaryPlanes`, whose colours are as those before: straight or not. */
  replace(planes: Planes): void {
    this.#temporary.delete(planes.y);
    this.#temporary.add(this.#planes.y);
    this.#planes = planes;
  }

  /** Made once for each `name`, and kept while it is in use. */
  kept(name: string, bytes: number, fill: (at: Address) => void): Address {
    const known = this.#kept.get(name);
    if (known) {
      this.#kept.delete(name);
      this.#kept.set(name, known);
      return known.at;
    }
    const at = this.#memory.allocate(bytes);
    fill(at);
    this.#kept.set(name, { at, bytes });
    return at;
  }

  /** Gives everything back but the filtered planes, which are the caller's. */
  finish(): Planes {
    this.premultiply();
    for (const at of this.#temporary) this.#memory.free(at);
    this.#temporary.clear();
    return this.#planes;
  }

  #allocate(width: number, height: number): Planes {
    const at = this.#memory.allocate(planesBytes(width, height, true));
    return planesAt(at, width, height, true);
  }
}
