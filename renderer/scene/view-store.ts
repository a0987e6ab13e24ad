import { createStore, type StoreApi } from "zustand/vanilla";
import type { Filter } from "../../preload/contract/filter.ts";
import type { GroupId, ItemId, SourceId } from "../../preload/contract/ids.ts";
import type { CopiedItems } from "./edits/arrange-edits.ts";
import type { Selection } from "./selection.ts";
import type { Placement, View } from "./transform.ts";

/** What the picker does with the anchor's choice: a new source, or another picture for a source there is. */
export interface CapturePick {
  readonly kind: "screen" | "window";
  readonly sourceId: SourceId | null;
}

export interface ViewState {
  readonly selection: Selection | null;
  /** The row of the list of sources that gets the keys as soon as it is there. */
  readonly awaitedRow: ItemId | SourceId | null;
  /** The row of the list of sources whose name is being written, as a command asked for it. */
  readonly renamedRow: ItemId | GroupId | null;
  /** The properties of the selection are open. */
  readonly inspectorOpen: boolean;
  readonly capturePick: CapturePick | null;
  readonly settingsOpen: boolean;
  readonly templateEditorOpen: boolean;
  /** The viewers' link has been copied since the window was loaded. */
  readonly linkCopied: boolean;
  readonly copiedItems: CopiedItems | null;
  readonly copiedPlacement: Placement | null;
  readonly copiedFilters: readonly Filter[] | null;
  /** The stage shows beside it what this item would be without its filters. */
  readonly comparedItem: ItemId | null;
  /** How the stage shows the canvas; null: all of it. */
  readonly stageView: View | null;
  /** The stage's room in CSS pixels; null until it has been measured. */
  readonly stageArea: { readonly width: number; readonly height: number } | null;
  readonly safeAreas: boolean;
  readonly keyListOpen: boolean;
}

/** What is selected and open: never saved, never undone. */
export type ViewStore = StoreApi<ViewState>;

export const createViewStore = (): ViewStore =>
  createStore<ViewState>(() => ({
    selection: null,
    awaitedRow: null,
    renamedRow: null,
    inspectorOpen: false,
    capturePick: null,
    settingsOpen: false,
    templateEditorOpen: false,
    linkCopied: false,
    copiedItems: null,
    copiedPlacement: null,
    copiedFilters: null,
    comparedItem: null,
    stageView: null,
    stageArea: null,
    safeAreas: false,
    keyListOpen: false,
  }));
