import type { GroupId, ItemId } from "../../../preload/contract/ids.ts";
import type { Group, Scene } from "../../../preload/contract/scene.ts";
import { collapseGroup, groupItems, ungroup } from "../../scene/edits/group-edits.ts";
import { orderItems } from "../../scene/edits/order-edits.ts";
import { freeName } from "../../scene/free-name.ts";
import { groupOfItem, membersOf, onlyGroup, runsOf } from "../../scene/groups.ts";
import { newGroupId } from "../../scene/new-id.ts";
import { selectionOf } from "../../scene/selection.ts";
import type { CommandContext } from "./command-context.ts";
import { type Command, idsOf, some } from "./command.ts";

/** Where the selected items go, in the list without them. */
interface Way {
  readonly groupId: GroupId | null;
  readonly toIndex: number;
}

/** How many of the scene's items that stay lie below one. */
const stayingBelow = ({ items }: Scene, ids: ReadonlySet<ItemId>, index: number): number =>
  items.slice(0, index).filter(({ id }) => !ids.has(id)).length;

const isInGroup = ({ selected }: CommandContext): boolean =>
  selected.some(({ item }) => item.groupId !== null);

const groupAlone = ({ scene, selected, inside }: CommandContext) =>
  onlyGroup(scene, new Set(idsOf(selected)), inside);

/** Into the group that lies right above the topmost selected item, else into the one right below the lowest. */
const wayIn = (context: CommandContext): Way | null => {
  const { scene, selected } = context;
  if (selected.length === 0 || isInGroup(context)) return null;
  const ids = new Set(idsOf(selected));
  const runs = runsOf(scene.items, ({ groupId }) => groupId);
  const isChosen = (run: (typeof runs)[number]) => run.some(({ id }) => ids.has(id));
  const above = runs[runs.findLastIndex(isChosen) + 1]?.[0];
  if (above && above.groupId !== null)
    return {
      groupId: above.groupId,
      toIndex: stayingBelow(scene, ids, scene.items.indexOf(above)),
    };
  const below = runs[runs.findIndex(isChosen) - 1]?.at(-1);
  if (below && below.groupId !== null)
    return {
      groupId: below.groupId,
      toIndex: stayingBelow(scene, ids, scene.items.indexOf(below) + 1),
    };
  return null;
};

/** In front of their group; the lowest ones behind it, so that nothing changes its place in the pile. */
const wayOut = ({ scene, selected, groups }: CommandContext): Way | null => {
  const groupId = selected[0]?.item.groupId ?? null;
  if (groupId === null || groups.length > 0) return null;
  if (selected.some(({ item }) => item.groupId !== groupId)) return null;
  const ids = new Set(idsOf(selected));
  const members = membersOf(scene, groupId);
  const first = scene.items.findIndex((item) => item.groupId === groupId);
  const areLowest = members.slice(0, ids.size).every((id) => ids.has(id));
  return {
    groupId: null,
    toIndex: stayingBelow(scene, ids, areLowest ? first : first + members.length),
  };
};

/** Selects an item of a group by itself, where the list shows it. */
export const goInto = (studio: CommandContext["studio"], group: Group, itemId: ItemId): void => {
  if (group.collapsed) studio.document.apply(collapseGroup(group.id, false));
  studio.view.setState({ selection: selectionOf([itemId], group.id) });
};

const moving = (key: string, wayOf: typeof wayIn, obstacle: Command["obstacle"]): Command => ({
  keys: [key],
  enabled: (context) => wayOf(context) !== null,
  run: (context) => {
    const way = wayOf(context);
    if (!way) return;
    const ids = idsOf(context.selected);
    const { studio } = context;
    studio.document.apply(orderItems(new Map(ids.map((id) => [id, way.groupId])), way.toIndex));
    studio.view.setState({ selection: selectionOf(ids, way.groupId) });
  },
  ...(obstacle && { obstacle }),
});

export const groupCommands = {
  /** With a group among what is selected the others join it. */
  group: {
    keys: ["Ctrl+G"],
    enabled: (context) =>
      some(context) &&
      !groupAlone(context) &&
      context.selected.every(
        ({ item }) => item.groupId === null || context.groups.some(({ id }) => id === item.groupId),
      ),
    run: ({ studio, scene, selected }, t) => {
      const topmost = selected.findLast(({ item }) => item.groupId !== null);
      const joined = topmost && groupOfItem(scene, topmost.item);
      const names = scene.groups.map(({ name }) => name);
      const group = joined ?? {
        id: newGroupId(),
        name: freeName(names, (number) => t("group.newName", { number })),
        visible: true,
        locked: false,
        collapsed: false,
      };
      const ids = idsOf(selected);
      studio.document.apply(groupItems(ids, group));
      studio.view.setState({ selection: selectionOf(ids) });
    },
    obstacle: (context) =>
      groupAlone(context)
        ? "command.obstacle.isGroup"
        : some(context)
          ? "command.obstacle.inGroup"
          : null,
  },
  ungroup: {
    keys: ["Ctrl+Shift+G"],
    enabled: ({ groups }) => groups.length > 0,
    run: ({ studio, groups }) => studio.document.apply(ungroup(groups.map(({ id }) => id))),
    obstacle: () => "command.obstacle.noGroup",
  },
  /** To its topmost item. */
  goIn: {
    keys: ["Enter"],
    enabled: (context) => groupAlone(context) !== undefined,
    run: (context) => {
      const group = groupAlone(context);
      const top = context.selected.at(-1);
      if (group && top) goInto(context.studio, group, top.item.id);
    },
  },
  goOut: {
    keys: ["Esc"],
    enabled: ({ inside }) => inside !== null,
    run: ({ studio, scene, inside }) =>
      studio.view.setState({ selection: selectionOf(inside ? membersOf(scene, inside) : []) }),
  },
  intoGroup: moving("Ctrl+Right", wayIn, (context) =>
    isInGroup(context) ? "command.obstacle.inGroup" : "command.obstacle.noGroupBeside",
  ),
  outOfGroup: moving("Ctrl+Left", wayOut, ({ groups }) =>
    groups.length > 0 ? null : "command.obstacle.notInGroup",
  ),
} as const satisfies Readonly<Record<string, Command>>;
