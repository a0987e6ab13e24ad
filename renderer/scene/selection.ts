import type { ItemId, SourceId } from "../../preload/contract/ids.ts";

/** `others` are selected besides `itemId`, which was chosen last and is the one whose properties are shown. */
export type Selection =
  | { readonly type: "item"; readonly itemId: ItemId; readonly others?: readonly ItemId[] }
  /** A microphone: it has no item. */
  | { readonly type: "source"; readonly sourceId: SourceId };

export const selectedIds = (selection: Selection | null): readonly ItemId[] =>
  selection?.type === "item" ? [...(selection.others ?? []), selection.itemId] : [];

/** The last of `ids` leads; null of none. */
export const selectionOf = (ids: readonly ItemId[]): Selection | null => {
  const itemId = ids.at(-1);
  if (itemId === undefined) return null;
  const others = ids.slice(0, -1);
  return others.length === 0 ? { type: "item", itemId } : { type: "item", itemId, others };
};

/** With the item where it was not selected, else without it. */
export const toggled = (selection: Selection | null, itemId: ItemId): Selection | null => {
  const ids = selectedIds(selection);
  return selectionOf(ids.includes(itemId) ? ids.filter((id) => id !== itemId) : [...ids, itemId]);
};

/** Besides what is selected, everything in `ids` from the leading item's to this one. */
export const extendedTo = (
  selection: Selection | null,
  itemId: ItemId,
  ids: readonly ItemId[],
): Selection | null => {
  const from = selection?.type === "item" ? ids.indexOf(selection.itemId) : -1;
  const to = ids.indexOf(itemId);
  if (from < 0 || to < 0) return selectionOf([itemId]);
  const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  const before = selectedIds(selection).filter((id) => !range.includes(id));
  return selectionOf([...before, ...range.filter((id) => id !== itemId), itemId]);
};
