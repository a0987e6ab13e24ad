import { z } from "zod";

/** Pixels of a canvas; x to the right, y down, from the canvas's top-left corner. */
const px = z.number().min(-100_000).max(100_000);

export const Size = z.object({
  width: z.int().min(1).max(16_384),
  height: z.int().min(1).max(16_384),
});
export type Size = z.infer<typeof Size>;

/** Pixels of the source cut away at each side, before scaling. */
export const Crop = z.object({
  left: z.number().min(0).max(16_384),
  top: z.number().min(0).max(16_384),
  right: z.number().min(0).max(16_384),
  bottom: z.number().min(0).max(16_384),
});
export type Crop = z.infer<typeof Crop>;

/**
 * Where the top-left corner of the cropped source lies and by how much it is scaled (1 = source pixels); in the box that
 * this makes it is mirrored, and the box is then turned clockwise about its middle.
 */
export const Transform = z.object({
  x: px,
  y: px,
  scaleX: z.number().min(0.001).max(1_000),
  scaleY: z.number().min(0.001).max(1_000),
  rotationDeg: z.number().min(0).lt(360).default(0),
  flipX: z.boolean().default(false),
  flipY: z.boolean().default(false),
});
export type Transform = z.infer<typeof Transform>;
