import type { DrawOp } from "./plan.ts";

/** Paints draw lists into pictures of one size. Made anew when the canvas's size changes. */
export interface Painter {
  /**
   * Paints and reads the result; the caller owns the frame. `timestampUs` and `durationUs` are the frame's.
   */
  paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): VideoFrame;
  close(): void;
}
