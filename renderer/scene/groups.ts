import type { GroupId, ItemId } from "../../preload/contract/ids.ts";
import type { Group, Item } from "../../preload/contract/scene.ts";
import { type Selection, selectionOf } from "./selection.ts";

/** A list in its order, the entries of a group together, each other entry alone. A group's entries lie side by side. */
export const runsOf = <T>(
  list: readonly T[],
  groupOf: (entry: T) => GroupId | null,
): readonly (readonly T[])[] => {
  const runs: T[][] = [];
  let before: GroupId | null = null;
  for (const entry of list) {
    const groupId = groupOf(entry);
    if (groupId !== null && groupId === before) runs.at(-1)?.push(entry);
    else runs.push([entry]);
    before = groupId;
  }
  return runs;
};

/** The part of a scene that says which item is in which group; `items` from the bottom to the top. */
export interface Grouped {
  readonly items: readonly Pick<Item, "id" | "groupId">[];
  readonly groups: readonly Group[];
}

export const groupOfItem = (
  scene: Grouped,
  { groupId }: Pick<Item, "groupId">,
): Group | undefined =>
  groupId === null ? undefined : scene.groups.find(({ id }) => id === groupId);

/** From the bottom to the top. */
export const membersOf = (scene: Grouped, groupId: GroupId): readonly ItemId[] =>
  scene.items.filter((item) => item.groupId === groupId).map(({ id }) => id);

/** What picking an item picks: all of its group, unless that was gone into (`inside`). */
export const pickedWith = (
  scene: Grouped,
  { id, groupId }: Pick<Item, "id" | "groupId">,
  inside: GroupId | null,
): readonly ItemId[] => (groupId === null || groupId === inside ? [id] : membersOf(scene, groupId));

/** Picks an item, which leaves the group that was gone into, unless it is in there. */
export const pick = (
  scene: Grouped,
  item: Pick<Item, "id" | "groupId">,
  inside: GroupId | null,
): Selection | null =>
  selectionOf(pickedWith(scene, item, inside), item.groupId === inside ? inside : null);

/** The groups that are chosen as a whole: with all of their items, and without having been gone into. */
export const wholeGroups = (
  scene: Grouped,
  ids: ReadonlySet<ItemId>,
  inside: GroupId | null,
): readonly Group[] =>
  scene.groups.filter(
    ({ id }) => id !== inside && membersOf(scene, id).every((itemId) => ids.has(itemId)),
  );

/** The group that is chosen as a whole, and nothing else. */
export const onlyGroup = (
  scene: Grouped,
  ids: ReadonlySet<ItemId>,
  inside: GroupId | null,
): Group | undefined => {
  const [group] = wholeGroups(scene, ids, inside);
  return group && membersOf(scene, group.id).length === ids.size ? group : undefined;
};

/** The group that items are in which are not all of it, as who chooses them has gone into it. */
export const groupAround = (scene: Grouped, ids: readonly ItemId[]): GroupId | null => {
  const [first] = ids;
  const groupId = scene.items.find(({ id }) => id === first)?.groupId ?? null;
  if (groupId === null) return null;
  const members = membersOf(scene, groupId);
  return members.length > ids.length && ids.every((id) => members.includes(id)) ? groupId : null;
};
