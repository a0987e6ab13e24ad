import type { Filter } from "../../../preload/contract/filter.ts";
import type { FilterPictures, Rgba } from "../filters/filter-pixels.ts";
import { pixelsOf } from "../filters/filter-kinds.ts";
import { sourceWithin } from "../filters/filtered-size.ts";
import type { FilterKernels } from "./filter-kernels.ts";
import { FilterWork, type KeptBytes } from "./filter-work.ts";
import type { Address, Kernels } from "./kernels.ts";
import { latticeBytes, makeLattice } from "./lattice.ts";
import type { PlaneMemory } from "./plane-memory.ts";
import type { Planes } from "./planes.ts";

/** Tables, masks and the like that were not used for longest are dropped beyond this. */
const keptLimitBytes = 48 * 1024 * 1024;

const nameOf = (filters: readonly Filter[]): string =>
  JSON.stringify(filters.map((filter) => ({ ...filter, id: "" })));

/** Consecutive filters of colours that a lattice does, and what they leave of the alpha. */
const grade = (filters: readonly Filter[], work: FilterWork): void => {
  const changes = filters.flatMap((filter) => {
    const pixels = pixelsOf(filter);
    return pixels.type === "colour" ? [pixels.plain(filter, work.pictures)] : [];
  });
  const change = (colour: Rgba): Rgba => changes.reduce((before, next) => next(before), colour);
  const lattice = work.kept(`lattice ${nameOf(filters)}`, latticeBytes, (at) =>
    work.view(at, latticeBytes).set(new Uint8Array(makeLattice(change).buffer)),
  );
  work.straighten();
  const { y, u, v, width, height } = work.planes;
  work.filterKernels.grade(y, u, v, width, height, lattice);
  const opacity = change([0.5, 0.5, 0.5, 1])[3];
  if (opacity >= 1) return;
  const { alpha } = work.temporaryPlanes(width, height);
  work.kernels.fill(alpha.a, work.lumaCount, work.lumaCount, 1, Math.round(opacity * 255));
  work.kernels.fill(alpha.halfA, work.chromaCount, work.chromaCount, 1, Math.round(opacity * 255));
  work.multiplyAlpha(alpha);
};

/** Filters on planes, one after the other. */
export class PlaneFilters {
  readonly #memory: PlaneMemory;
  readonly #kernels: Kernels;
  readonly #filterKernels: FilterKernels;
  readonly #row: Address;
  /** In the order of their last use. */
  readonly #kept = new Map<string, KeptBytes>();

  constructor(memory: PlaneMemory, kernels: Kernels, filterKernels: FilterKernels, row: Address) {
    this.#memory = memory;
    this.#kernels = kernels;
    this.#filterKernels = filterKernels;
    this.#row = row;
  }

  /** New planes; `scale` is what one of the source's pixels is in `base`. */
  apply(
    base: Planes,
    filters: readonly Filter[],
    scale: { readonly x: number; readonly y: number },
    pictures: FilterPictures,
  ): Planes {
    const work = new FilterWork(
      {
        memory: this.#memory,
        kernels: this.#kernels,
        filterKernels: this.#filterKernels,
        row: this.#row,
        kept: this.#kept,
        pictures,
      },
      base,
      scale,
    );
    let graded: Filter[] = [];
    const finishGrade = (): void => {
      if (graded.length > 0) grade(graded, work);
      graded = [];
    };
    const whole = { width: base.width / scale.x, height: base.height / scale.y };
    for (const [index, filter] of filters.entries()) {
      const { cpu } = pixelsOf(filter);
      if (cpu === null) {
        graded.push(filter);
        continue;
      }
      finishGrade();
      const { x, y } = sourceWithin(whole, filters.slice(0, index));
      work.source = { ...work.source, x: x * scale.x, y: y * scale.y };
      cpu(filter, work);
    }
    finishGrade();
    const planes = work.finish();
    this.#forget();
    return planes;
  }

  #forget(): void {
    let bytes = [...this.#kept.values()].reduce((sum, kept) => sum + kept.bytes, 0);
    for (const [name, kept] of this.#kept) {
      if (bytes <= keptLimitBytes) return;
      bytes -= kept.bytes;
      this.#kept.delete(name);
      this.#memory.free(kept.at);
    }
  }
}
