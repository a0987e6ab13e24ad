import type { Filter } from "../../../preload/contract/filter.ts";
import type { FilterId, ItemId } from "../../../preload/contract/ids.ts";
import { mostFilters, type SceneDocument } from "../../../preload/contract/scene.ts";
import { type Edit, mapItem, moved } from "./edit.ts";

/** Where the item would have more filters than fit, the document as it was. */
const mapFilters = (
  document: SceneDocument,
  itemId: ItemId,
  change: (filters: Filter[]) => Filter[],
): SceneDocument => {
  let isTooMany = false;
  const changed = mapItem(document, itemId, (item) => {
    const filters = change(item.filters);
    isTooMany = filters.length > mostFilters;
    return { ...item, filters };
  });
  return isTooMany ? document : changed;
};

/** The new filter is applied after those that are there. */
export const addFilter = (itemId: ItemId, filter: Filter): Edit => ({
  label: "addFilter",
  about: [itemId],
  apply: (document) => mapFilters(document, itemId, (filters) => [...filters, filter]),
});

/** Copies with ids of their own, after those that are there. */
export const pasteFilters = (itemId: ItemId, filters: readonly Filter[]): Edit => ({
  label: "pasteFilters",
  about: [itemId],
  apply: (document) => mapFilters(document, itemId, (before) => [...before, ...filters]),
});

/** These, with ids of their own, in place of those that are there. */
export const replaceFilters = (itemId: ItemId, filters: readonly Filter[]): Edit => ({
  label: "replaceFilters",
  about: [itemId],
  apply: (document) => mapFilters(document, itemId, () => [...filters]),
});

/** `change` gets and answers a filter of the same id and kind. */
export const changeFilter = (
  itemId: ItemId,
  filterId: FilterId,
  change: (filter: Filter) => Filter,
): Edit => ({
  label: "changeFilter",
  about: [itemId],
  apply: (document) =>
    mapFilters(document, itemId, (filters) =>
      filters.map((filter) => (filter.id === filterId ? change(filter) : filter)),
    ),
});

/** `toIndex` counts in the list without the filter that moves; beyond the ends is the end. */
export const moveFilter = (itemId: ItemId, filterId: FilterId, toIndex: number): Edit => ({
  label: "moveFilter",
  about: [itemId],
  apply: (document) =>
    mapFilters(document, itemId, (filters) => {
      const index = filters.findIndex(({ id }) => id === filterId);
      return index < 0 ? filters : moved(filters, index, toIndex);
    }),
});

export const removeFilter = (itemId: ItemId, filterId: FilterId): Edit => ({
  label: "removeFilter",
  about: [itemId],
  apply: (document) =>
    mapFilters(document, itemId, (filters) => filters.filter(({ id }) => id !== filterId)),
});
