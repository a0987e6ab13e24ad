import { z } from "zod";

/** What composes the programme: the GPU by WebGL2, or the CPU. */
export const PainterKind = z.enum(["webgl", "cpu"]);
export type PainterKind = z.infer<typeof PainterKind>;

/** What a window found out about its GPU. */
export const PainterProbe = z.object({
  painter: PainterKind,
  /** As WebGL names it; empty where there is no WebGL2. */
  renderer: z.string().max(500),
  /** From the first op to the pixels' arrival; null where the name alone decided. */
  frameMsMedian: z.number().nonnegative().nullable(),
});
export type PainterProbe = z.infer<typeof PainterProbe>;
