import { createStore, type StoreApi } from "zustand/vanilla";
import type { ItemId } from "../../preload/contract/ids.ts";
import type { Failure, Result } from "../../preload/contract/result.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { Edit } from "./edits/edit.ts";
import {
  emptyHistory,
  type History,
  type Merge,
  remember,
  remembersItem,
  type Step,
  travel,
} from "./history/history.ts";

/** The document is saved so long after the first edit that is not saved yet, whatever is edited meanwhile. */
const saveDelayMs = 500;

/** The next step back and the next one forward; null where there is none. */
export interface Steps {
  readonly undo: Step | null;
  readonly redo: Step | null;
}

export type TravelOutcome =
  | { readonly type: "done"; readonly step: Step }
  /** Nothing was changed: the step would take a scene away that is in the programme. */
  | { readonly type: "sceneOnAir"; readonly step: Step; readonly sceneName: string }
  | { readonly type: "nothing" };

/** What undoing does not touch is `automatic`: what the studio changes by itself. */
export interface ApplyOptions {
  readonly origin?: "anchor" | "automatic";
  readonly merge?: Merge;
}

export interface DocumentStore {
  /** The document as the programme shows it, a drag in progress included. Read-only for everyone else. */
  readonly state: StoreApi<SceneDocument>;
  /** Why the last save failed; null once one has succeeded. */
  readonly saveFailure: StoreApi<Failure | null>;
  readonly steps: StoreApi<Steps>;
  /**
   * Makes an edit. One of the anchor's (unless told otherwise) can be undone, and drops what was previewed before it; an
   * automatic one leaves both as they are.
   */
  apply(edit: Edit, options?: ApplyOptions): void;
  /** Shows an edit that is still under the pointer: each preview replaces the one before, none is saved. */
  preview(edit: Edit): void;
  /** Goes back to the document before the preview. */
  cancelPreview(): void;
  /** While something is previewed, that is dropped instead. */
  undo(): TravelOutcome;
  redo(): TravelOutcome;
  /** An item that is gone may come back by undoing or redoing, in this document or in another one. */
  remembers(itemId: ItemId): boolean;
  /** Goes on with another document, which is saved already, and with the steps that were made in it before. */
  replace(key: string, document: SceneDocument): void;
  /** Saves what is not saved yet, at once. Called when the page is hidden or the last save failed. */
  flush(): Promise<void>;
  close(): void;
}

export interface DocumentStoreOptions {
  /** Which document the first one is, for `replace`. */
  readonly key?: string;
  readonly saveAtOnce?: boolean;
  /** How edits of the anchor's are merged that say nothing of it themselves. */
  readonly mergeOf?: (edit: Edit) => Merge | undefined;
  readonly nowMs?: () => number;
}

/** The one holder of the scene document in a window. `save` is never called twice at a time. */
export const createDocumentStore = (
  initial: SceneDocument,
  save: (document: SceneDocument) => Promise<Result<unknown>>,
  options: DocumentStoreOptions = {},
): DocumentStore => {
  const {
    saveAtOnce = false,
    mergeOf = () => undefined,
    nowMs = () => performance.now(),
  } = options;
  const state = createStore<SceneDocument>(() => initial);
  const saveFailure = createStore<Failure | null>(() => null);
  const steps = createStore<Steps>(() => ({ undo: null, redo: null }));
  let settled = initial;
  let previewed: Edit | undefined;
  let history = emptyHistory;
  let key = options.key ?? "";
  /** Of other documents, by their keys. */
  const histories = new Map<string, History>();
  let saved: SceneDocument | null = saveAtOnce ? null : initial;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | undefined;

  const saveUntilSaved = async (): Promise<void> => {
    while (saved !== settled) {
      const document = settled;
      const answer = await save(document);
      saveFailure.setState(answer.ok ? null : answer.error, true);
      if (!answer.ok) return;
      saved = document;
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    saving ??= saveUntilSaved().finally(() => (saving = undefined));
    return saving;
  };
  const schedule = () => {
    timer ??= setTimeout(() => void flush(), saveDelayMs);
  };
  if (saveAtOnce) schedule();

  const show = (): void => state.setState(previewed ? previewed.apply(settled) : settled, true);
  const tellSteps = (): void =>
    steps.setState({ undo: history.past.at(-1) ?? null, redo: history.future.at(-1) ?? null });
  const go = (by: -1 | 1): TravelOutcome => {
    if (previewed) {
      previewed = undefined;
      show();
      return { type: "nothing" };
    }
    const travelled = travel(history, settled, by);
    if (travelled.type === "sceneOnAir") return travelled;
    ({ history } = travelled);
    tellSteps();
    if (travelled.type === "nothing") return { type: "nothing" };
    settled = travelled.document;
    show();
    schedule();
    return { type: "done", step: travelled.step };
  };

  return {
    state,
    saveFailure,
    steps,
    apply(edit, { origin = "anchor", merge = mergeOf(edit) } = {}) {
      const before = settled;
      settled = edit.apply(before);
      if (origin === "anchor") {
        previewed = undefined;
        history = remember(history, edit, { before, after: settled }, merge, nowMs());
        tellSteps();
      }
      show();
      if (settled !== before) schedule();
    },
    preview(edit) {
      previewed = edit;
      show();
    },
    cancelPreview() {
      previewed = undefined;
      show();
    },
    replace(nextKey, document) {
      histories.set(key, history);
      key = nextKey;
      history = histories.get(key) ?? emptyHistory;
      settled = document;
      saved = document;
      previewed = undefined;
      tellSteps();
      show();
    },
    undo: () => go(-1),
    redo: () => go(1),
    remembers: (itemId) =>
      [history, ...histories.values()].some((each) => remembersItem(each, itemId)),
    flush,
    close() {
      clearTimeout(timer);
    },
  };
};
