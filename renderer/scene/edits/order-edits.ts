import type { GroupId, ItemId } from "../../../preload/contract/ids.ts";
import type { Item, Scene, SceneDocument } from "../../../preload/contract/scene.ts";
import { runsOf } from "../groups.ts";
import { type Edit, mapScene, tidyGroups } from "./edit.ts";

export type Way = "up" | "down" | "top" | "bottom";

/** A list in a new order; the entries that move keep theirs among each other. */
const stepped = <T>(list: readonly T[], moves: (entry: T) => boolean, to: Way): readonly T[] => {
  const moving = list.filter(moves);
  const staying = list.filter((entry) => !moves(entry));
  if (to === "top") return [...staying, ...moving];
  if (to === "bottom") return [...moving, ...staying];
  // From the end that they go to: each steps over its neighbour unless that one moves too.
  const next = to === "up" ? list.toReversed() : [...list];
  for (let index = 1; index < next.length; index += 1) {
    const [before, entry] = [next[index - 1], next[index]];
    if (before === undefined || entry === undefined || !moves(entry) || moves(before)) continue;
    next[index - 1] = entry;
    next[index] = before;
  }
  return to === "up" ? next.toReversed() : next;
};

/**
 * A scene's items in a new order. A group that is chosen as a whole goes past its neighbours, and everything else past whole
 * groups; items of a group that is not, or was gone into (`inside`), move within it.
 */
export const reordered = (
  { items }: Scene,
  ids: ReadonlySet<ItemId>,
  to: Way,
  inside: GroupId | null,
): readonly Item[] => {
  const goes = (run: readonly Item[]): boolean =>
    run.every(({ id, groupId }) => ids.has(id) && (groupId === null || groupId !== inside));
  return stepped(
    runsOf(items, ({ groupId }) => groupId),
    goes,
    to,
  ).flatMap((run) => (goes(run) ? run : stepped(run, ({ id }) => ids.has(id), to)));
};

const inEachScene = (
  document: SceneDocument,
  ids: ReadonlySet<ItemId>,
  change: (scene: Scene) => Scene,
): SceneDocument =>
  document.scenes.reduce(
    (before, { id, items }) =>
      items.some((item) => ids.has(item.id)) ? mapScene(before, id, change) : before,
    document,
  );

/** One step, or to the end, in their scene or their group. */
export const raiseItems = (
  ids: readonly ItemId[],
  to: Way,
  inside: GroupId | null = null,
): Edit => ({
  label: "orderItem",
  about: ids,
  apply: (document) => {
    const set = new Set(ids);
    return inEachScene(document, set, (scene) => {
      const items = reordered(scene, set, to, inside);
      return items.some((item, index) => item !== scene.items[index])
        ? { ...scene, items: [...items] }
        : scene;
    });
  },
});

/**
 * Moves items to a place in their scene, and into the groups that are named, or out of them. `toIndex` counts from the
 * bottom in the list without the items that move.
 */
export const orderItems = (
  groupIds: ReadonlyMap<ItemId, GroupId | null>,
  toIndex: number,
): Edit => ({
  label: "orderItem",
  about: [...groupIds.keys()],
  apply: (document) => {
    const ids = new Set(groupIds.keys());
    const at = Math.max(0, toIndex);
    return inEachScene(document, ids, (scene) => {
      const staying = scene.items.filter(({ id }) => !ids.has(id));
      const moving = scene.items
        .filter(({ id }) => ids.has(id))
        .map((item) => ({ ...item, groupId: groupIds.get(item.id) ?? null }));
      return tidyGroups({
        ...scene,
        items: [...staying.slice(0, at), ...moving, ...staying.slice(at)],
      });
    });
  },
});
