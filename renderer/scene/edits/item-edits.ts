import type { ItemId, SceneId } from "../../../preload/contract/ids.ts";
import type { Item } from "../../../preload/contract/scene.ts";
import type { Placement } from "../transform.ts";
import { type Edit, mapItem, mapScene, nestingSafely } from "./edit.ts";

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
