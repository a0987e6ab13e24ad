import kernelsUrl from "./asm/filter-kernels?asc";
import type { Address } from "./kernels.ts";

/** Filters over planes without padding; the kernels' source says what each computes. */
export interface FilterKernels {
  /** In place; `lattice` is of `makeLattice`. */
  grade(y: Address, u: Address, v: Address, width: number, height: number, lattice: Address): void;
  /** Colours and distances 0 to 255. */
  distanceKey(
    alpha: Address,
    y: Address,
    u: Address,
    v: Address,
    width: number,
    height: number,
    red: number,
    green: number,
    blue: number,
    from: number,
    over: number,
  ): void;
  /** In place. */
  unpremultiply(plane: Address, alpha: Address, count: number): void;
  blurRows(
    dst: Address,
    src: Address,
    width: number,
    height: number,
    weights: Address,
    radius: number,
    row: Address,
  ): void;
  blurColumns(
    dst: Address,
    src: Address,
    width: number,
    height: number,
    weights: Address,
    radius: number,
  ): void;
  unsharp(plane: Address, blurred: Address, count: number, amount64: number): void;
  scaleAndAdd(plane: Address, factor: Address, offset: Address, count: number): void;
  shiftBy(plane: Address, mask: Address, count: number, by: number): void;
  beautyMaps(
    y: Address,
    u: Address,
    v: Address,
    width: number,
    height: number,
    radius: number,
    eps: number,
    smooth: number,
    whiten: number,
    factor: Address,
    offset: Address,
    skin: Address,
    room: Address,
  ): void;
  guideMask(
    y: Address,
    mask: Address,
    width: number,
    height: number,
    radius: number,
    factor: Address,
    offset: Address,
    room: Address,
  ): void;
  /** Of 102 parts `from`; `gain` in 512ths. */
  guidedAlpha(
    dst: Address,
    y: Address,
    factor: Address,
    offset: Address,
    count: number,
    from: number,
    gain: number,
    least: number,
  ): void;
}

/** @throws where the engine knows no WebAssembly SIMD, or may not compile it */
export const loadFilterKernels = async (memory: WebAssembly.Memory): Promise<FilterKernels> => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(kernelsUrl), {
    env: { memory },
  });
  return instance.exports as unknown as FilterKernels;
};
