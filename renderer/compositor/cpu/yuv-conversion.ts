import { lumaWeights } from "../yuv-matrix.ts";

/** What brings planes of one matrix and range into BT.601 limited: the arguments of the kernel `convert` after the planes. */
export interface YuvConversion {
  /** In 64ths. */
  readonly black: number;
  /** The rest in 32,768ths. */
  readonly yy: number;
  readonly yu: number;
  readonly yv: number;
  readonly uu: number;
  readonly uv: number;
  readonly vu: number;
  readonly vv: number;
}

const fixed = (value: number): number => Math.min(32_767, Math.round(value * 32_768));

/** Null where there is nothing to be done. */
export const yuvConversion = (
  matrix: keyof typeof lumaWeights,
  fullRange: boolean,
): YuvConversion | null => {
  if (matrix === "bt601" && !fullRange) return null;
  const from = lumaWeights[matrix];
  const to = lumaWeights.bt601;
  const fromGreen = 1 - from.r - from.b;
  const toGreen = 1 - to.r - to.b;
  // R = Y + 2 (1 - Wr) Cr, B = Y + 2 (1 - Wb) Cb, and G from Y: the new luma is Y and parts of both.
  const redOfCr = 2 * (1 - from.r);
  const blueOfCb = 2 * (1 - from.b);
  const lumaOfCr = to.r * redOfCr - (toGreen * from.r * redOfCr) / fromGreen;
  const lumaOfCb = to.b * blueOfCb - (toGreen * from.b * blueOfCb) / fromGreen;
  const newBlue = 2 * (1 - to.b);
  const newRed = 2 * (1 - to.r);
  const luma = fullRange ? 219 / 255 : 1;
  // Chroma of full range spans 255, of limited range 224; luma 219 in both outputs.
  const chroma = fullRange ? 224 / 255 : 1;
  const lumaOfChroma = fullRange ? 219 / 255 : 219 / 224;
  return {
    black: Math.round((16 - luma * (fullRange ? 0 : 16)) * 64),
    yy: fixed(luma),
    yu: fixed(lumaOfCb * lumaOfChroma),
    yv: fixed(lumaOfCr * lumaOfChroma),
    uu: fixed(((blueOfCb - lumaOfCb) / newBlue) * chroma),
    uv: fixed((-lumaOfCr / newBlue) * chroma),
    vu: fixed((-lumaOfCb / newRed) * chroma),
    vv: fixed(((redOfCr - lumaOfCr) / newRed) * chroma),
  };
};
