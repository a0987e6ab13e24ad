import type { GroupId } from "./ids.ts";

/** The part of a scene that says which item is in which group. */
interface Grouped<I extends { readonly groupId: GroupId | null }> {
  readonly items: readonly I[];
  readonly groups: readonly { readonly id: GroupId; readonly visible: boolean }[];
}

/** The items that are seen: neither they nor their groups are hidden. */
export const visibleItems = <
  I extends { readonly groupId: GroupId | null; readonly visible: boolean },
>({
  items,
  groups,
}: Grouped<I>): readonly I[] => {
  const hidden = new Set<GroupId | null>();
  for (const { id, visible } of groups) if (!visible) hidden.add(id);
  return items.filter(({ groupId, visible }) => visible && !hidden.has(groupId));
};

/** Why a scene's groups are none: an item's group is not there, a group has no items, or others lie between them. */
export const groupingFault = ({
  items,
  groups,
}: Grouped<{ readonly groupId: GroupId | null }>): "unknown" | "empty" | "apart" | null => {
  const known = new Set(groups.map(({ id }) => id));
  const seen = new Set<GroupId>();
  let before: GroupId | null = null;
  for (const { groupId } of items) {
    if (groupId !== null && groupId !== before) {
      if (!known.has(groupId)) return "unknown";
      if (seen.has(groupId)) return "apart";
      seen.add(groupId);
    }
    before = groupId;
  }
  return seen.size < known.size ? "empty" : null;
};
