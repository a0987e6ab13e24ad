import type { Size } from "../../preload/contract/geometry.ts";
import type { ItemId, SourceId } from "../../preload/contract/ids.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { StoreApi } from "zustand/vanilla";
import type { SourceStatus } from "../session/state.ts";
import type { DocumentStore } from "./document-store.ts";
import { placeItem } from "./edits/item-edits.ts";
import type { Placement } from "./transform.ts";

const itemOf = (document: SceneDocument, itemId: ItemId) =>
  document.scenes.flatMap(({ items }) => items).find(({ id }) => id === itemId);

/**
 * A picture's size is known only once its source is open: places a new item then, unless the anchor has moved it before.
 * Where the item is gone meanwhile, it is waited for as long as it may be brought back.
 */
export const placeWhenOpen = (
  document: DocumentStore,
  sources: StoreApi<ReadonlyMap<SourceId, SourceStatus>>,
  target: { readonly itemId: ItemId; readonly sourceId: SourceId },
  place: (size: Size) => Placement,
): void => {
  const added = itemOf(document.state.getState(), target.itemId);
  const settle = (): boolean => {
    const item = itemOf(document.state.getState(), target.itemId);
    if (!item) return !document.remembers(target.itemId);
    if (item.transform !== added?.transform) return true;
    const status = sources.getState().get(target.sourceId);
    if (status?.state !== "running" || !status.size) return false;
    document.apply(placeItem(target.itemId, place(status.size)), { origin: "automatic" });
    return true;
  };
  if (settle()) return;
  const check = () => {
    if (!settle()) return;
    stopSources();
    stopDocument();
  };
  const stopSources = sources.subscribe(check);
  const stopDocument = document.state.subscribe(check);
};
