import type { StoreApi } from "zustand/vanilla";
import type { Collection, CollectionList } from "../../../preload/contract/collection.ts";
import type { CollectionId } from "../../../preload/contract/ids.ts";
import { type ErrorCode, fail, type Result, succeed } from "../../../preload/contract/result.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import type { request } from "../../bridge.ts";
import type { DocumentStore } from "../document-store.ts";
import { packCollection, picturesOf, unpackCollection } from "./collection-file.ts";

const longestName = 100;

export interface CollectionStore {
  readonly state: StoreApi<CollectionList>;
  /** Makes a collection of a document and opens it. */
  create(name: string, document: SceneDocument): Promise<Result<unknown>>;
  open(collectionId: CollectionId): Promise<Result<unknown>>;
  rename(collectionId: CollectionId, name: string): Promise<Result<unknown>>;
  /** Removes the current collection, after its neighbour has been opened; never the last one. */
  removeCurrent(): Promise<Result<unknown>>;
  /** The current collection as a file. */
  pack(name: string): Promise<Result<Blob>>;
  /** Makes a collection of a file and opens it; where anything is wrong nothing is changed. */
  unpack(file: Blob): Promise<Result<unknown>>;
}

export interface CollectionStoreOptions {
  /** What is written by others: the document store saves for the current one. */
  readonly state: StoreApi<CollectionList>;
  readonly document: DocumentStore;
  readonly request: typeof request;
  /** The bytes of a picture that main keeps; undefined where it has none. */
  readonly readPicture: (pictureId: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Another document is open; `notices` are what the anchor has to know about its file. */
  readonly onOpened: (notices: readonly ErrorCode[]) => void;
}

/** The scene collections of a window; one thing at a time. */
export const createCollectionStore = (options: CollectionStoreOptions): CollectionStore => {
  const { state, document, request: ask } = options;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };

  const saved = async (): Promise<Result<unknown>> => {
    await document.flush();
    const failure = document.saveFailure.getState();
    return failure ? fail(failure.code, failure.detail) : succeed({});
  };
  const open = async (collectionId: CollectionId): Promise<Result<unknown>> => {
    const { current } = state.getState();
    if (collectionId === current) return succeed({});
    const before = await saved();
    if (!before.ok) return before;
    const opened = await ask("collection.open", { collectionId });
    if (!opened.ok) return opened;
    // What was edited while main was asked still belongs to the collection before.
    const late = await saved();
    if (!late.ok) {
      await ask("collection.open", { collectionId: current });
      return late;
    }
    state.setState({ current: collectionId });
    document.replace(collectionId, withCanvasOf(document.state.getState(), opened.value.document));
    options.onOpened(opened.value.notices);
    return opened;
  };
  const create = async (name: string, made: SceneDocument): Promise<Result<unknown>> => {
    const named = name.trim().slice(0, longestName);
    const created = await ask("collection.create", { name: named, document: made });
    if (!created.ok) return created;
    const added: Collection = { id: created.value.collectionId, name: named };
    state.setState(({ collections }) => ({ collections: [...collections, added] }));
    return open(added.id);
  };

  return {
    state,
    create: (name, made) => inTurn(() => create(name, made)),
    open: (collectionId) => inTurn(() => open(collectionId)),
    rename: (collectionId, name) =>
      inTurn(async () => {
        const renamed = await ask("collection.rename", { collectionId, name });
        if (renamed.ok)
          state.setState(({ collections }) => ({
            collections: collections.map((each) =>
              each.id === collectionId ? { ...each, name } : each,
            ),
          }));
        return renamed;
      }),
    removeCurrent: () =>
      inTurn(async () => {
        const { current, collections } = state.getState();
        const index = collections.findIndex(({ id }) => id === current);
        const neighbour = collections[index + 1] ?? collections[index - 1];
        if (!neighbour) return fail("collection.in_use");
        const opened = await open(neighbour.id);
        if (!opened.ok) return opened;
        const removed = await ask("collection.remove", { collectionId: current });
        if (removed.ok)
          state.setState((now) => ({
            collections: now.collections.filter(({ id }) => id !== current),
          }));
        return removed;
      }),
    pack: (name) =>
      inTurn(async () => {
        const whole = document.state.getState();
        const pictures = new Map();
        for (const pictureId of picturesOf(whole)) {
          const bytes = await options.readPicture(pictureId);
          if (!bytes) return fail("picture.missing", pictureId);
          pictures.set(pictureId, bytes);
        }
        return packCollection({ name, document: whole, pictures });
      }),
    unpack: (file) =>
      inTurn(async () => {
        const unpacked = await unpackCollection(file);
        if (!unpacked.ok) return unpacked;
        for (const [pictureId, picture] of unpacked.value.pictures) {
          const kept = await ask("picture.import", { bytes: picture });
          if (!kept.ok) return kept;
          if (kept.value.pictureId !== pictureId) return fail("collection.file_damaged", pictureId);
        }
        return create(unpacked.value.name, unpacked.value.document);
      }),
  };
};

/** The programme goes on in its canvas: it has that one's id. */
const withCanvasOf = (before: SceneDocument, document: SceneDocument): SceneDocument => {
  const [kept] = before.canvases;
  return {
    ...document,
    canvases: document.canvases.map((canvas) => ({ ...canvas, id: kept?.id ?? canvas.id })),
  };
};
