import type { GroupId, ItemId, SourceId } from "../../preload/contract/ids.ts";

/**
 * `others` are selected besides `itemId`, which was chosen last and is the one whose properties are shown. A group is
 * selected by all of its items, unless it was gone into (`inside`): then these are selected one by one.
 */
export type Selection =
  | {
      readonly type: "item";
      readonly itemId: ItemId;
      readonly others?: readonly ItemId[];
      readonly inside?: GroupId;
    }
  /** A microphone: it has no item. */
  | { readonly type: "source"; readonly sourceId: SourceId };

export const selectedIds = (selection: Selection | null): readonly ItemId[] =>
  selection?.type === "item" ? [...(selection.others ?? []), selection.itemId] : [];

export const insideOf = (selection: Selection | null): GroupId | null =>
  (selection?.type === "item" && selection.inside) || null;

/** The last of `ids` leads; null of none. */
export const selectionOf = (
  ids: readonly ItemId[],
  inside: GroupId | null = null,
): Selection | null => {
  const itemId = ids.at(-1);
  if (itemId === undefined) return null;
  const others = ids.slice(0, -1);
  return {
    type: "item",
    itemId,
    ...(others.length > 0 && { others }),
    ...(inside !== null && { inside }),
  };
};

/** With all of `ids` where one of them was not selected, else without them. */
export const toggled = (selected: readonly ItemId[], ids: readonly ItemId[]): readonly ItemId[] => {
  const others = selected.filter((id) => !ids.includes(id));
  return others.length + ids.length === selected.length ? others : [...others, ...ids];
};
