import type { Size } from "../../preload/contract/geometry.ts";
import type { Failure, Result } from "../../preload/contract/result.ts";
import type { SourceKind, SourceOf } from "../../preload/contract/scene.ts";
import type { request as askMain } from "../bridge.ts";
import type { SourceFeed } from "../compositor/compositor.ts";

/** What an open source gives: pictures for the compositor, sound for the audio graph, or nothing, where the compositor draws it by itself. */
export type SourceOutput =
  | { readonly type: "picture"; readonly feed: SourceFeed; readonly size: Size | null }
  | { readonly type: "sound"; readonly track: MediaStreamTrack }
  /** `size` null: the compositor will say. */
  | { readonly type: "drawn"; readonly size: Size | null };

export interface OpenedSource {
  readonly output: SourceOutput;
  /** Stops what was captured. Idempotent. */
  close(): void;
}

export interface OpenContext {
  readonly request: typeof askMain;
  /** The programme's rate: capturing faster is a waste. */
  readonly fps: number;
  /** Called at most once, where the source ends by itself after it was opened. */
  readonly onEnded: (failure: Failure) => void;
}

/** One kind of source. */
export interface SourceKindOpener<K extends SourceKind> {
  /** Two definitions with one key are one capture: whatever else differs is followed while it is open. */
  readonly keyOf: (source: SourceOf<K>) => string;
  readonly open: (source: SourceOf<K>, context: OpenContext) => Promise<Result<OpenedSource>>;
}

export type SourceKindOpeners = { readonly [K in SourceKind]: SourceKindOpener<K> };
