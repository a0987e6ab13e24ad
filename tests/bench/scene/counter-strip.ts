/** A number that survives encoders: white cells for ones on black, the lowest bit at the left. */
export interface CounterStrip {
  readonly bits: number;
  readonly cellPx: number;
}

/** A video of the strip alone for ffmpeg's lavfi, which counts its frames at 30 fps. */
export const counterVideo = ({ bits, cellPx }: CounterStrip): string =>
  `color=black:s=${bits * cellPx}x${cellPx}:r=30,format=yuv444p,` +
  `geq=lum='16+219*mod(floor(N/pow(2,floor(X/${cellPx}))),2)':cb=128:cr=128`;
