/** Weights of red and blue in luma (ITU-R BT.601-7 section 2.5.1, BT.709-6 section 3.2). */
export const lumaWeights = {
  bt601: { r: 0.299, b: 0.114 },
  bt709: { r: 0.2126, b: 0.0722 },
} as const;

/** What is not said is BT.601, as captures are made; undefined for what we do not know. */
export const matrixOf = (
  matrix: VideoColorSpace["matrix"],
): keyof typeof lumaWeights | undefined => {
  if (matrix === "bt709") return "bt709";
  return matrix === null || matrix === "smpte170m" || matrix === "bt470bg" ? "bt601" : undefined;
};
