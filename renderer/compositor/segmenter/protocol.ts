import type { SourceId } from "../../../preload/contract/ids.ts";
import type { ModelName } from "./model-input.ts";

/** From the compositor worker to the segmenter. The input is transferred. */
export type SegmenterCommand =
  | {
      readonly type: "segment";
      readonly sourceId: SourceId;
      readonly model: ModelName;
      /** Of `modelInput`. */
      readonly input: Float32Array<ArrayBuffer>;
      /** `performance.now()` of the compositor worker when the picture was read. */
      readonly takenAtMs: number;
    }
  /** Masks of this source begin anew: nothing of the one before goes into the next. */
  | { readonly type: "forget"; readonly sourceId: SourceId };

/** From the segmenter to the compositor worker. What is thrown arrives as the worker's error. */
export type SegmenterReport =
  /** It can begin. */
  | { readonly type: "ready" }
  | {
      readonly type: "mask";
      readonly sourceId: SourceId;
      readonly takenAtMs: number;
      readonly width: number;
      readonly height: number;
      /** Opaque greys, RGBA: 255 where a person is. */
      readonly data: Uint8ClampedArray<ArrayBuffer>;
    };
