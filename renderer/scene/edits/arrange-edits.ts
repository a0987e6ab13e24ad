import type { GroupId, ItemId, SceneId } from "../../../preload/contract/ids.ts";
import type {
  BlendMode,
  Group,
  Item,
  SceneDocument,
  Source,
} from "../../../preload/contract/scene.ts";
import type { Placement } from "../transform.ts";
import {
  dropUnplacedSources,
  type Edit,
  type EditLabel,
  mapScene,
  nestingSafely,
  tidyGroups,
  withoutItems,
} from "./edit.ts";

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

/** A group is switched by itself: what its items are stays as it was. */
const switchEach = (
  ids: readonly (ItemId | GroupId)[],
  label: EditLabel,
  fields: Partial<Pick<Item & Group, "visible" | "locked">>,
): Edit => ({
  label,
  about: ids,
  apply: (document) => {
    const all = new Set<ItemId | GroupId>(ids);
    const change = <T extends Item | Group>(list: T[]): T[] =>
      list.map((each) => (all.has(each.id) ? { ...each, ...fields } : each));
    let next = document;
    for (const { id, items, groups } of document.scenes)
      if ([...items, ...groups].some((each) => all.has(each.id)))
        next = mapScene(next, id, (scene) => ({
          ...scene,
          items: change(items),
          groups: change(groups),
        }));
    return next;
  },
});

export const setVisible = (ids: readonly (ItemId | GroupId)[], visible: boolean): Edit =>
  switchEach(ids, visible ? "showItem" : "hideItem", { visible });

export const setLocked = (ids: readonly (ItemId | GroupId)[], locked: boolean): Edit =>
  switchEach(ids, locked ? "lockItem" : "unlockItem", { locked });

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
    apply: (document) =>
      document.scenes.some(({ items }) => items.some(({ id }) => gone.has(id)))
        ? dropUnplacedSources(withoutItems(document, ({ id }) => gone.has(id)))
        : document,
  };
};

/**
 * Copied items, from the bottom to the top, with their groups, where all of these were copied, and their sources: those may be
 * gone by the time of pasting.
 */
export interface CopiedItems {
  readonly items: readonly Item[];
  readonly groups: readonly Group[];
  readonly sources: readonly Source[];
}

/**
 * Places items, whose ids are new like their groups', on top of a scene, or on top of the group `into`; sources that are
 * gone since they were copied come back. Changes nothing where a scene would then show itself.
 */
export const pasteItems = (
  sceneId: SceneId,
  { items, groups, sources }: CopiedItems,
  label: "pasteItem" | "duplicateItem",
  into: GroupId | null = null,
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
      mapScene(withSources, sceneId, (scene) => {
        const top = scene.items.findLastIndex((item) => into !== null && item.groupId === into);
        const at = top < 0 ? scene.items.length : top + 1;
        const pasted = top < 0 ? placed : placed.map((item) => ({ ...item, groupId: into }));
        return tidyGroups({
          ...scene,
          items: [...scene.items.slice(0, at), ...pasted, ...scene.items.slice(at)],
          groups: [...scene.groups, ...groups],
        });
      }),
    );
  },
});
