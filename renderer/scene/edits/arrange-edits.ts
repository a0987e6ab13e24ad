import type { ItemId, SceneId } from "../../../preload/contract/ids.ts";
import type { BlendMode, Item, SceneDocument, Source } from "../../../preload/contract/scene.ts";
import type { Placement } from "../transform.ts";
import { dropUnplacedSources, type Edit, type EditLabel, mapScene, nestingSafely } from "./edit.ts";

const mapItems = (
  document: SceneDocument,
  ids: ReadonlySet<ItemId>,
  change: (item: Item) => Item,
): SceneDocument => {
  let next = document;
  for (const { id, items } of document.scenes)
    if (items.some((item) => ids.has(item.id)))
      next = mapScene(next, id, (scene) => ({
        ...scene,
        items: scene.items.map((item) => (ids.has(item.id) ? change(item) : item)),
      }));
  return next;
};

const changeItems = (
  ids: readonly ItemId[],
  label: EditLabel,
  change: (item: Item) => Item,
): Edit => ({
  label,
  about: ids,
  apply: (document) => mapItems(document, new Set(ids), change),
});

export const placeItems = (
  placements: ReadonlyMap<ItemId, Placement>,
  label: Extract<
    EditLabel,
    "moveItem" | "resizeItem" | "cropItem" | "turnItem" | "flipItem" | "alignItem" | "placeItem"
  >,
): Edit =>
  changeItems([...placements.keys()], label, (item) => ({ ...item, ...placements.get(item.id) }));

export const setItemsVisible = (ids: readonly ItemId[], visible: boolean): Edit =>
  changeItems(ids, visible ? "showItem" : "hideItem", (item) => ({ ...item, visible }));

export const setItemsLocked = (ids: readonly ItemId[], locked: boolean): Edit =>
  changeItems(ids, locked ? "lockItem" : "unlockItem", (item) => ({ ...item, locked }));

/** `opacity` from 0 to 1. */
export const setItemsOpacity = (ids: readonly ItemId[], opacity: number): Edit =>
  changeItems(ids, "fadeItem", (item) => ({ ...item, opacity }));

export const setItemsBlend = (ids: readonly ItemId[], blend: BlendMode): Edit =>
  changeItems(ids, "blendItem", (item) => ({ ...item, blend }));

/** Removes items, and sources that no other item places. */
export const removeItems = (ids: readonly ItemId[]): Edit => {
  const gone = new Set(ids);
  return {
    label: "removeSource",
    about: ids,
    apply: (document) => {
      const scenes = document.scenes.map((scene) =>
        scene.items.some(({ id }) => gone.has(id))
          ? { ...scene, items: scene.items.filter(({ id }) => !gone.has(id)) }
          : scene,
      );
      return scenes.some((scene, index) => scene !== document.scenes[index])
        ? dropUnplacedSources({ ...document, scenes })
        : document;
    },
  };
};

/** The items in a new order; those that move keep theirs among each other. */
const reordered = (
  items: readonly Item[],
  ids: ReadonlySet<ItemId>,
  to: "up" | "down" | "top" | "bottom",
): readonly Item[] => {
  const moving = items.filter(({ id }) => ids.has(id));
  const staying = items.filter(({ id }) => !ids.has(id));
  if (to === "top") return [...staying, ...moving];
  if (to === "bottom") return [...moving, ...staying];
  // From the end that they go to: each steps over its neighbour unless that one moves too.
  const list = to === "up" ? items.toReversed() : [...items];
  for (let index = 1; index < list.length; index += 1) {
    const [before, item] = [list[index - 1], list[index]];
    if (!before || !item || !ids.has(item.id) || ids.has(before.id)) continue;
    list[index - 1] = item;
    list[index] = before;
  }
  return to === "up" ? list.toReversed() : list;
};

const inEachScene = (
  document: SceneDocument,
  ids: ReadonlySet<ItemId>,
  order: (items: readonly Item[]) => readonly Item[],
): SceneDocument => {
  let next = document;
  for (const { id, items } of document.scenes) {
    if (!items.some((item) => ids.has(item.id))) continue;
    const ordered = order(items);
    if (ordered.some((item, index) => item !== items[index]))
      next = mapScene(next, id, (scene) => ({ ...scene, items: [...ordered] }));
  }
  return next;
};

/** One step, or to the end, in their scene. */
export const raiseItems = (ids: readonly ItemId[], to: "up" | "down" | "top" | "bottom"): Edit => ({
  label: "orderItem",
  about: ids,
  apply: (document) => {
    const set = new Set(ids);
    return inEachScene(document, set, (items) => reordered(items, set, to));
  },
});

/** `toIndex` counts from the bottom in the list without the items that move. */
export const orderItems = (ids: readonly ItemId[], toIndex: number): Edit => ({
  label: "orderItem",
  about: ids,
  apply: (document) => {
    const set = new Set(ids);
    const at = Math.max(0, toIndex);
    return inEachScene(document, set, (items) => {
      const staying = items.filter(({ id }) => !set.has(id));
      const moving = items.filter(({ id }) => set.has(id));
      return [...staying.slice(0, at), ...moving, ...staying.slice(at)];
    });
  },
});

/**
 * Places items, whose ids are new, on top of a scene; sources that are gone since they were copied come back. Changes
 * nothing where a scene would then show itself.
 */
export const pasteItems = (
  sceneId: SceneId,
  items: readonly Item[],
  sources: readonly Source[],
  label: "pasteItem" | "duplicateItem",
): Edit => ({
  label,
  about: items.map(({ id }) => id),
  apply: (document) => {
    if (items.length === 0 || !document.scenes.some(({ id }) => id === sceneId)) return document;
    const known = new Set(document.sources.map(({ id }) => id));
    const wanted = new Set(items.map(({ sourceId }) => sourceId));
    const back = sources.filter(({ id }) => wanted.has(id) && !known.has(id));
    for (const { id } of back) known.add(id);
    const placed = items.filter(({ sourceId }) => known.has(sourceId));
    const withSources =
      back.length === 0 ? document : { ...document, sources: [...document.sources, ...back] };
    if (placed.length === 0) return document;
    return nestingSafely(
      document,
      mapScene(withSources, sceneId, (scene) => ({
        ...scene,
        items: [...scene.items, ...placed],
      })),
    );
  },
});
