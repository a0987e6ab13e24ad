import type { GroupId, ItemId } from "../../../preload/contract/ids.ts";
import type { Group, Item, Scene, SceneDocument } from "../../../preload/contract/scene.ts";
import { groupOfItem } from "../groups.ts";
import { type Edit, mapScene, sceneHolding, tidyGroups } from "./edit.ts";

/** Visible and locked as its group has it: out of the group it goes on looking as it did. */
const asItIs = (scene: Scene, item: Item): Item => {
  const group = groupOfItem(scene, item);
  if (!group) return item;
  return {
    ...item,
    visible: item.visible && group.visible,
    locked: item.locked || group.locked,
  };
};

/**
 * Makes one group of items of one scene, where the topmost of them is; groups that they all were in are gone. `group` may
 * be one of the scene's. Nothing looks otherwise than before, unless something else lay between the items.
 */
export const groupItems = (ids: readonly ItemId[], { id, name, collapsed }: Group): Edit => ({
  label: "groupItems",
  about: ids,
  apply: (document) => {
    const [first] = ids;
    const scene = first && sceneHolding(document, first);
    if (!scene) return document;
    const all = new Set(ids);
    const group = { id, name, collapsed, visible: true, locked: false };
    return mapScene(document, scene.id, (found) =>
      tidyGroups({
        ...found,
        items: found.items.map((item) =>
          all.has(item.id) ? { ...asItIs(found, item), groupId: id } : item,
        ),
        groups: found.groups.some((each) => each.id === id)
          ? found.groups.map((each) => (each.id === id ? group : each))
          : [...found.groups, group],
      }),
    );
  },
});

const mapScenesOf = (
  document: SceneDocument,
  groupIds: ReadonlySet<GroupId>,
  change: (scene: Scene) => Scene,
): SceneDocument =>
  document.scenes.reduce(
    (before, { id, groups }) =>
      groups.some((group) => groupIds.has(group.id)) ? mapScene(before, id, change) : before,
    document,
  );

/** The items stay where they are, and hidden or locked where their group was. */
export const ungroup = (groupIds: readonly GroupId[]): Edit => ({
  label: "ungroup",
  about: groupIds,
  apply: (document) => {
    const gone = new Set<GroupId | null>(groupIds);
    return mapScenesOf(document, new Set(groupIds), (scene) => ({
      ...scene,
      items: scene.items.map((item) =>
        gone.has(item.groupId) ? { ...asItIs(scene, item), groupId: null } : item,
      ),
      groups: scene.groups.filter(({ id }) => !gone.has(id)),
    }));
  },
});

const changeGroup = (document: SceneDocument, groupId: GroupId, fields: Partial<Group>) =>
  mapScenesOf(document, new Set([groupId]), (scene) => ({
    ...scene,
    groups: scene.groups.map((group) => (group.id === groupId ? { ...group, ...fields } : group)),
  }));

export const renameGroup = (groupId: GroupId, name: string): Edit => ({
  label: "renameGroup",
  about: [groupId],
  apply: (document) => changeGroup(document, groupId, { name }),
});

/** How the list shows it. Like the scene in the programme no step of undoing. */
export const collapseGroup = (groupId: GroupId, collapsed: boolean): Edit => ({
  label: "collapseGroup",
  about: [groupId],
  apply: (document) => changeGroup(document, groupId, { collapsed }),
});
