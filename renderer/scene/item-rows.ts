import type { GroupId, ItemId } from "../../preload/contract/ids.ts";
import type { Group } from "../../preload/contract/scene.ts";
import type { Drop } from "../ui/row-drop.ts";
import type { Edit } from "./edits/edit.ts";
import { orderItems } from "./edits/order-edits.ts";
import { type Grouped, groupOfItem, membersOf, runsOf, wholeGroups } from "./groups.ts";
import { insideOf, type Selection, selectedIds, selectionOf, toggled } from "./selection.ts";

type RowId = ItemId | GroupId;

/** A row of the list of sources: a group, above its items, or an item. */
export type ItemRow<I = unknown> =
  | {
      readonly type: "group";
      readonly id: GroupId;
      readonly group: Group;
      readonly count: number;
    }
  | {
      readonly type: "item";
      readonly id: ItemId;
      readonly group: Group | undefined;
      readonly item: I;
    };

/** From the top to the bottom, without the items of collapsed groups. */
export const itemRowsOf = <I extends Grouped["items"][number]>(scene: {
  readonly items: readonly I[];
  readonly groups: readonly Group[];
}): readonly ItemRow<I>[] =>
  runsOf(scene.items.toReversed(), ({ groupId }) => groupId).flatMap((run): ItemRow<I>[] => {
    const group = run[0] && groupOfItem(scene, run[0]);
    const items = run.map((item) => ({ type: "item", id: item.id, group, item }) as const);
    if (!group) return items;
    const head = { type: "group", id: group.id, group, count: run.length } as const;
    return group.collapsed ? [head] : [head, ...items];
  });

type Rows = readonly ItemRow[];

/** The items that a row stands for. */
const itemsOfRow = (scene: Grouped, row: ItemRow): readonly ItemId[] =>
  row.type === "group" ? membersOf(scene, row.id) : [row.id];

/** The rows that show a selection, the leading one last: a group's row where all of it is selected, or where it is collapsed. */
export const chosenRows = (scene: Grouped, selection: Selection | null): readonly RowId[] => {
  const ids = selectedIds(selection);
  const wholes = wholeGroups(scene, new Set(ids), insideOf(selection));
  const groups = new Map(
    scene.items.map(({ id, groupId }) => [id, groupId === null ? undefined : groupId]),
  );
  const shown = ids.map((id) => {
    const group = scene.groups.find((each) => each.id === groups.get(id));
    return group && (group.collapsed || wholes.includes(group)) ? group.id : id;
  });
  return [...new Set(shown.toReversed())].toReversed();
};

/** The group that these items are in, all of them, where it was not chosen itself. */
const insideBy = (scene: Grouped, ids: readonly ItemId[], rows: Rows): GroupId | null => {
  const set = new Set(ids);
  const [first, ...others] = new Set(
    scene.items.filter(({ id }) => set.has(id)).map(({ groupId }) => groupId),
  );
  return others.length > 0 || rows.some(({ type }) => type === "group") ? null : (first ?? null);
};

/** The selection after a row was chosen alone, besides what was selected, or with all up to it. */
export const chooseRow = (
  scene: Grouped,
  rows: Rows,
  selection: Selection | null,
  rowId: RowId,
  how: "only" | "toggle" | "extend",
): Selection | null => {
  const to = rows.findIndex(({ id }) => id === rowId);
  const lead = chosenRows(scene, selection).at(-1);
  const from = how === "extend" ? rows.findIndex(({ id }) => id === lead) : to;
  const range = rows.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1);
  const chosen = to < from ? range.toReversed() : range;
  const ids = [...new Set(chosen.flatMap((row) => itemsOfRow(scene, row)))];
  const before = how === "only" || from < 0 ? [] : selectedIds(selection);
  const all =
    how === "toggle" ? toggled(before, ids) : [...before.filter((id) => !ids.includes(id)), ...ids];
  return selectionOf(all, insideBy(scene, all, chosen));
};

/** What dropping a row does, which takes the other chosen ones with it where it is one of them. */
export const dropRow = (
  scene: Grouped,
  rows: Rows,
  selection: Selection | null,
  rowId: RowId,
  drop: Drop<RowId>,
): { readonly edit: Edit; readonly selection: Selection | null } | null => {
  const row = rows.find(({ id }) => id === rowId);
  if (!row) return null;
  const selected = selectedIds(selection);
  const isChosen =
    chosenRows(scene, selection).includes(rowId) &&
    itemsOfRow(scene, row).every((id) => selected.includes(id));
  const ids = isChosen ? selected : itemsOfRow(scene, row);
  const moving = new Set(ids);
  const own = row.type === "item" ? (row.group?.id ?? null) : null;
  const inside = isChosen ? insideOf(selection) : own;
  const wholes = wholeGroups(scene, moving, inside);
  const into = scene.groups.find(({ id }) => id === drop.parentId);
  // Groups are not held by others: what comes with one goes above the group that it was dropped into.
  const above = into && wholes.length > 0 ? rows.findIndex(({ id }) => id === into.id) : -1;
  const gap = above < 0 ? drop.gap : above;
  const target = above < 0 ? (into?.id ?? null) : null;
  const hiddenBelow = target !== null && into?.collapsed ? membersOf(scene, target) : [];
  const below = [
    ...rows
      .slice(gap)
      .flatMap((each) =>
        each.type === "item" || each.group.collapsed ? itemsOfRow(scene, each) : [],
      ),
    ...hiddenBelow,
  ];
  const groupIds = new Map(
    ids.map((id) => {
      const before = scene.items.find((item) => item.id === id)?.groupId ?? null;
      return [id, wholes.some((group) => group.id === before) ? before : target];
    }),
  );
  return {
    edit: orderItems(groupIds, below.filter((id) => !moving.has(id)).length),
    selection: selectionOf(ids, target),
  };
};
