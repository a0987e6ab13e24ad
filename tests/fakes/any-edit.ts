import * as fc from "fast-check";
import { FilterId } from "../../preload/contract/ids.ts";
import {
  pasteItems,
  placeItems,
  removeItems,
  setItemsBlend,
  setItemsOpacity,
  setLocked,
  setVisible,
} from "../../renderer/scene/edits/arrange-edits.ts";
import type { Edit } from "../../renderer/scene/edits/edit.ts";
import {
  addFilter,
  changeFilter,
  moveFilter,
  pasteFilters,
  removeFilter,
  replaceFilters,
} from "../../renderer/scene/edits/filter-edits.ts";
import {
  collapseGroup,
  groupItems,
  renameGroup,
  ungroup,
} from "../../renderer/scene/edits/group-edits.ts";
import { addItem, placeItem } from "../../renderer/scene/edits/item-edits.ts";
import { orderItems, raiseItems } from "../../renderer/scene/edits/order-edits.ts";
import {
  addScene,
  moveScene,
  removeScene,
  renameScene,
  switchScene,
} from "../../renderer/scene/edits/scene-edits.ts";
import {
  addSource,
  changeSource,
  removeSource,
  renameSource,
} from "../../renderer/scene/edits/source-edits.ts";
import {
  at,
  canvasId,
  colour,
  group,
  groupId,
  item,
  itemId,
  key,
  sceneId,
  sceneSource,
  sourceId,
} from "./edited-document.ts";

let made = 0;
const fresh = () => `new-${made++}`;
const anyScene = fc.constantFrom("a", "b", "x").map(sceneId);
export const anyItem = fc.constantFrom("a1", "a2", "a3", "b1", "gone").map(itemId);
const anyItems = fc.subarray(["a1", "a2", "a3", "b1", "gone"].map(itemId));
export const anySource = fc.constantFrom("red", "blue", "mic", "gone").map(sourceId);
const anyFilter = fc.constantFrom("k1", "k2").map((id) => FilterId.parse(id));
const groups = ["ga", "ga2", "gb", "gone"].map(groupId);
const anyGroup = fc.constantFrom(...groups);
const anyGroups = fc.subarray(groups);
const anyGroupOrNone = fc.option(anyGroup);
const anyInt = fc.integer({ min: -2, max: 5 });
/** Every kind of edit, on what the document holds, and on what is not there. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .constant(null)
    .map(() => addScene({ id: sceneId(fresh()), name: "new", items: [], groups: [] })),
  anyScene.map((id) => renameScene(id, "other")),
  anyScene.map(removeScene),
  fc.tuple(anyScene, anyInt).map(([id, to]) => moveScene(id, to)),
  anyScene.map((id) => switchScene(canvasId, id)),
  anyScene.map((scene) => {
    const source = fresh();
    return addSource(colour(source), { sceneId: scene, item: item(fresh(), source) });
  }),
  fc.tuple(anyScene, anySource).map(([scene, source]) => addItem(scene, item(fresh(), source))),
  fc.tuple(anyScene, anyScene).map(([into, shown]) => {
    const source = fresh();
    return addSource(sceneSource(source, shown), {
      sceneId: into,
      item: item(fresh(), source),
    });
  }),
  fc.tuple(anyScene, anyScene).map(([into, shown]) => addItem(into, item(fresh(), `to-${shown}`))),
  anySource.map((id) => renameSource(id, "other")),
  anySource.map((id) => changeSource(id, (source) => ({ ...source, name: "changed" }))),
  anySource.map(removeSource),
  fc.tuple(anyItem, anyInt).map(([id, x]) => placeItem(id, at(x))),
  fc
    .tuple(anyItems, anyInt)
    .map(([ids, x]) => placeItems(new Map(ids.map((id) => [id, at(x)])), "alignItem")),
  fc
    .tuple(anyItems, fc.constantFrom("up", "down", "top", "bottom"), anyGroupOrNone)
    .map(([ids, to, inside]) => raiseItems(ids, to, inside)),
  fc
    .tuple(fc.array(fc.tuple(anyItem, anyGroupOrNone), { maxLength: 4 }), anyInt)
    .map(([groupIds, to]) => orderItems(new Map(groupIds), to)),
  anyItems.map(removeItems),
  fc
    .tuple(anyItems, anyGroups, fc.boolean())
    .map(([ids, groups, on]) => setVisible([...ids, ...groups], on)),
  fc
    .tuple(anyItems, anyGroups, fc.boolean())
    .map(([ids, groups, on]) => setLocked([...ids, ...groups], on)),
  // A group is of one scene.
  fc
    .tuple(anyItems, fc.constantFrom("ga", "ga2"))
    .map(([ids, name]) => groupItems(ids, group(ids[0]?.startsWith("a") ? name : "gb"))),
  anyGroups.map(ungroup),
  fc.tuple(anyGroup, fc.constantFrom("other", "third")).map(([id, name]) => renameGroup(id, name)),
  fc.tuple(anyGroup, fc.boolean()).map(([id, on]) => collapseGroup(id, on)),
  anyItems.map((ids) => setItemsOpacity(ids, 0.5)),
  anyItems.map((ids) => setItemsBlend(ids, "screen")),
  anyScene.map((scene) => {
    const source = fresh();
    const made = group(fresh());
    const items = [
      { ...item(fresh(), source), groupId: made.id },
      { ...item(fresh(), "gone"), groupId: made.id },
      item(fresh(), "red"),
    ];
    const sources = [colour(source), colour("red")];
    return pasteItems(scene, { items, groups: [made], sources }, "pasteItem");
  }),
  fc.tuple(anyScene, anyGroup).map(([scene, into]) => {
    const items = [item(fresh(), "red"), item(fresh(), "blue")];
    return pasteItems(scene, { items, groups: [], sources: [] }, "duplicateItem", into);
  }),
  anyItem.map((id) => addFilter(id, key(fresh()))),
  fc
    .tuple(anyItem, fc.constantFrom(pasteFilters, replaceFilters), fc.integer({ min: 0, max: 30 }))
    .map(([id, edit, count]) =>
      edit(
        id,
        Array.from({ length: count }, () => key(fresh())),
      ),
    ),
  fc.tuple(anyItem, anyFilter).map(([id, filter]) => removeFilter(id, filter)),
  fc.tuple(anyItem, anyFilter, anyInt).map(([id, filter, to]) => moveFilter(id, filter, to)),
  fc
    .tuple(anyItem, anyFilter, fc.boolean())
    .map(([id, filter, enabled]) => changeFilter(id, filter, (f) => ({ ...f, enabled }))),
);
