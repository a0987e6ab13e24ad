import type { DrawOp } from "./plan.ts";

/** Paints draw lists into pictures of one size. Made anew when the canvas's size changes. */
export interface Painter {
  /** The name of the GPU that paints, where one does. */
  readonly renderer?: string;
  /**
   * Paints and reads the result; the caller owns the frame. `timestampUs` and `durationUs` are the frame's.
   * One call at a time. What the ops' pictures hold is needed until the call returns, not until it settles.
   * Rejects where the painter is lost (its context, its device): it is of no use any more then.
   */
  paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<VideoFrame>;
  close(): void;
}
