import kernelsUrl from "./asm/kernels?asc";

/** An address in the kernels' memory. */
export type Address = number;

/**
 * WebAssembly over planes of bytes: an address and a stride each. Alphas that end in `256` are of 256 parts;
 * the kernels' source says what each computes.
 */
export interface Kernels {
  fill(dst: Address, stride: number, width: number, height: number, value: number): void;
  copy(
    dst: Address,
    dstStride: number,
    src: Address,
    srcStride: number,
    width: number,
    height: number,
  ): void;
  fade(
    dst: Address,
    dstStride: number,
    src: Address,
    srcStride: number,
    width: number,
    height: number,
    alpha256: number,
  ): void;
  fadeValue(
    dst: Address,
    stride: number,
    width: number,
    height: number,
    value: number,
    alpha256: number,
  ): void;
  blend(
    dst: Address,
    dstStride: number,
    src: Address,
    srcStride: number,
    alpha: Address,
    alphaStride: number,
    width: number,
    height: number,
    opacity256: number,
  ): void;
  /** Places and steps in 65,536ths of a source pixel. */
  scale(
    dst: Address,
    dstStride: number,
    width: number,
    height: number,
    src: Address,
    srcStride: number,
    x: number,
    stepX: number,
    y: number,
    stepY: number,
    minX: number,
    maxX: number,
    minY: number,
    maxY: number,
    table: Address,
    row: Address,
  ): void;
  halveRows(dst: Address, src: Address, stride: number, height: number): void;
  halveColumns(dst: Address, src: Address, width: number, height: number): void;
  splitPairs(first: Address, second: Address, pairs: Address, count: number): void;
  lookUp(
    u: Address,
    v: Address,
    count: number,
    tableU: Address,
    tableV: Address,
    tableA: Address,
    outU: Address,
    outV: Address,
    outA: Address,
  ): void;
  double(dst: Address, width: number, height: number, src: Address, row: Address): void;
  premultiply(dst: Address, src: Address, alpha: Address, count: number): void;
  /** The last eight are a `YuvConversion`. */
  convert(
    y: Address,
    u: Address,
    v: Address,
    width: number,
    height: number,
    black: number,
    yy: number,
    yu: number,
    yv: number,
    uu: number,
    uv: number,
    vu: number,
    vv: number,
  ): void;
  /** `edges` are floats of 32 bits, four a pair. */
  coverage(
    out: Address,
    stride: number,
    x: number,
    y: number,
    width: number,
    height: number,
    edges: Address,
    pairs: number,
  ): void;
  /** Places and steps in 65,536ths of a source pixel. */
  turn(
    dst: Address,
    dstStride: number,
    width: number,
    height: number,
    src: Address,
    srcStride: number,
    x: number,
    y: number,
    columnX: number,
    columnY: number,
    rowX: number,
    rowY: number,
    minX: number,
    maxX: number,
    minY: number,
    maxY: number,
    mask: Address,
    maskStride: number,
  ): void;
  mirror(
    dst: Address,
    src: Address,
    width: number,
    height: number,
    across: 0 | 1,
    down: 0 | 1,
  ): void;
  transpose(
    dst: Address,
    src: Address,
    width: number,
    height: number,
    across: 0 | 1,
    down: 0 | 1,
  ): void;
  mixColours(
    mode: number,
    width: number,
    height: number,
    opacity256: number,
    dstY: Address,
    dstU: Address,
    dstV: Address,
    dstStride: number,
    dstHalfStride: number,
    dstA: Address,
    dstHalfA: Address,
    srcY: Address,
    srcU: Address,
    srcV: Address,
    srcA: Address,
    srcHalfA: Address,
    srcStride: number,
    srcHalfStride: number,
  ): void;
  planesOfRgba(
    rgba: Address,
    width: number,
    height: number,
    outY: Address,
    outU: Address,
    outV: Address,
    outA: Address,
    outHalfA: Address,
  ): number;
}

/** @throws where the engine knows no WebAssembly SIMD, or may not compile it */
export const loadKernels = async (memory: WebAssembly.Memory): Promise<Kernels> => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(kernelsUrl), {
    env: { memory },
  });
  return instance.exports as unknown as Kernels;
};
