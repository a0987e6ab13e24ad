import { createStore, type StoreApi } from "zustand/vanilla";
import type { ItemId, SourceId } from "../../preload/contract/ids.ts";

type Selection =
  | { readonly type: "item"; readonly itemId: ItemId }
  /** A microphone: it has no item. */
  | { readonly type: "source"; readonly sourceId: SourceId };

/** What the picker does with the anchor's choice: a new source, or another picture for a source there is. */
export interface CapturePick {
  readonly kind: "screen" | "window";
  readonly sourceId: SourceId | null;
}

export interface ViewState {
  readonly selection: Selection | null;
  /** The properties of the selection are open. */
  readonly inspectorOpen: boolean;
  readonly capturePick: CapturePick | null;
  readonly settingsOpen: boolean;
  /** The viewers' link has been copied since the window was loaded. */
  readonly linkCopied: boolean;
}

/** What is selected and open: never saved, never undone. */
export type ViewStore = StoreApi<ViewState>;

export const createViewStore = (): ViewStore =>
  createStore<ViewState>(() => ({
    selection: null,
    inspectorOpen: false,
    capturePick: null,
    settingsOpen: false,
    linkCopied: false,
  }));
