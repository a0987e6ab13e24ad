import { createStore, type StoreApi } from "zustand/vanilla";
import type { Failure, Result } from "../../preload/contract/result.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { Edit } from "./edits/edit.ts";

/** A pause this long after the last edit saves the document. */
const saveDelayMs = 500;

export interface DocumentStore {
  /** The document as the programme shows it, a drag in progress included. Read-only for everyone else. */
  readonly state: StoreApi<SceneDocument>;
  /** Why the last save failed; null once one has succeeded. */
  readonly saveFailure: StoreApi<Failure | null>;
  /** Makes an edit. What was previewed before it is dropped. */
  apply(edit: Edit): void;
  /** Shows an edit that is still under the pointer: each preview replaces the one before, none is saved. */
  preview(edit: Edit): void;
  /** Goes back to the document before the preview. */
  cancelPreview(): void;
  /** Saves what is not saved yet, at once. Called when the page is hidden or the last save failed. */
  flush(): Promise<void>;
  close(): void;
}

/** The one holder of the scene document in a window. `save` is never called twice at a time. */
export const createDocumentStore = (
  initial: SceneDocument,
  save: (document: SceneDocument) => Promise<Result<unknown>>,
  options: { readonly saveAtOnce: boolean } = { saveAtOnce: false },
): DocumentStore => {
  const state = createStore<SceneDocument>(() => initial);
  const saveFailure = createStore<Failure | null>(() => null);
  let settled = initial;
  let saved: SceneDocument | null = options.saveAtOnce ? null : initial;
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
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), saveDelayMs);
  };
  if (options.saveAtOnce) schedule();

  return {
    state,
    saveFailure,
    apply(edit) {
      const next = edit.apply(settled);
      const changed = next !== settled;
      settled = next;
      state.setState(settled, true);
      if (changed) schedule();
    },
    preview(edit) {
      state.setState(edit.apply(settled), true);
    },
    cancelPreview() {
      state.setState(settled, true);
    },
    flush,
    close() {
      clearTimeout(timer);
    },
  };
};
