import type { ItemId, SceneId } from "../../../preload/contract/ids.ts";
import type { Item } from "../../../preload/contract/scene.ts";
import type { Placement } from "../transform.ts";
import {
  dropUnplacedSources,
  type Edit,
  mapItem,
  mapScene,
  moved,
  nestingSafely,
  sceneHolding,
} from "./edit.ts";

/** Places a source that the document has on top of a scene, unless that is a scene that shows it. */
export const addItem = (sceneId: SceneId, item: Item): Edit => ({
  label: "addSource",
  about: [item.id],
  apply: (document) =>
    document.sources.some((source) => source.id === item.sourceId)
      ? nestingSafely(
          document,
          mapScene(document, sceneId, (scene) => ({ ...scene, items: [...scene.items, item] })),
        )
      : document,
});

/** Removes an item, and its source where no other item places it. */
export const removeItem = (itemId: ItemId): Edit => ({
  label: "removeSource",
  about: [itemId],
  apply: (document) => {
    const scene = sceneHolding(document, itemId);
    if (!scene) return document;
    return dropUnplacedSources(
      mapScene(document, scene.id, (found) => ({
        ...found,
        items: found.items.filter((item) => item.id !== itemId),
      })),
    );
  },
});

/** `toIndex` counts from the bottom in the list without the item that moves; beyond the ends is the end. */
export const orderItem = (itemId: ItemId, toIndex: number): Edit => ({
  label: "orderItem",
  about: [itemId],
  apply: (document) => {
    const scene = sceneHolding(document, itemId);
    if (!scene) return document;
    const index = scene.items.findIndex((item) => item.id === itemId);
    return mapScene(document, scene.id, (found) => ({
      ...found,
      items: moved(found.items, index, toIndex),
    }));
  },
});

/** Up (1) or down (-1) by one in its scene. */
export const raiseItem = (itemId: ItemId, by: 1 | -1): Edit => ({
  label: "orderItem",
  about: [itemId],
  apply: (document) => {
    for (const { items } of document.scenes) {
      const index = items.findIndex((item) => item.id === itemId);
      if (index >= 0) return orderItem(itemId, index + by).apply(document);
    }
    return document;
  },
});

/** `label` says by what gesture, where it was one. */
export const placeItem = (
  itemId: ItemId,
  { transform, crop }: Placement,
  label: "moveItem" | "resizeItem" | "cropItem" | "placeItem" = "placeItem",
): Edit => ({
  label,
  about: [itemId],
  apply: (document) => mapItem(document, itemId, (item) => ({ ...item, transform, crop })),
});

export const setItemVisible = (itemId: ItemId, visible: boolean): Edit => ({
  label: visible ? "showItem" : "hideItem",
  about: [itemId],
  apply: (document) => mapItem(document, itemId, (item) => ({ ...item, visible })),
});
