/** Luma and chroma in BT.601 limited range: luma 16 to 235, chroma 16 to 240 around 128. */
export interface Yuv {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** In 65,536ths, as the kernels have it (ITU-R BT.601-7, section 2.5.3). */
export const yuvOf = (red: number, green: number, blue: number): Yuv => ({
  y: (16_829 * red + 33_039 * green + 6_416 * blue + (16 << 16) + 32_768) >> 16,
  u: (-9_714 * red - 19_070 * green + 28_784 * blue + (128 << 16) + 32_768) >> 16,
  v: (28_784 * red - 24_103 * green - 4_681 * blue + (128 << 16) + 32_768) >> 16,
});

/** `#rrggbb` or `#rrggbbaa`; `alpha256` of 256 parts. */
export const yuvOfColour = (colour: string): Yuv & { readonly alpha256: number } => {
  const rgb = Number.parseInt(colour.slice(1, 7), 16);
  const alpha = Number.parseInt(colour.slice(7) || "ff", 16);
  return {
    ...yuvOf((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255),
    alpha256: Math.round((alpha * 256) / 255),
  };
};
