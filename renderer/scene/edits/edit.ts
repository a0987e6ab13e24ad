import type { GroupId, ItemId, SceneId, SourceId } from "../../../preload/contract/ids.ts";
import { groupingFault } from "../../../preload/contract/grouping.ts";
import { nestingFault } from "../../../preload/contract/nesting.ts";
import type { Item, Scene, SceneDocument, Source } from "../../../preload/contract/scene.ts";

/** What the anchor did, as the undo button says it: `edit.<label>` in the locales. */
export type EditLabel =
  | "addScene"
  | "renameScene"
  | "removeScene"
  | "moveScene"
  | "switchScene"
  | "addSource"
  | "changeSource"
  | "renameSource"
  | "removeSource"
  | "moveItem"
  | "resizeItem"
  | "cropItem"
  | "turnItem"
  | "flipItem"
  | "alignItem"
  | "placeItem"
  | "orderItem"
  | "showItem"
  | "hideItem"
  | "lockItem"
  | "unlockItem"
  | "fadeItem"
  | "blendItem"
  | "pasteItem"
  | "duplicateItem"
  | "groupItems"
  | "ungroup"
  | "renameGroup"
  | "collapseGroup"
  | "addFilter"
  | "changeFilter"
  | "moveFilter"
  | "removeFilter"
  | "pasteFilters"
  | "replaceFilters";

/** What an edit can be about: the undo button names it, and undoing selects it again. */
export type EditSubject = SceneId | ItemId | GroupId | SourceId;

/** One change of the document. Where what it names is gone, it answers the document it was given. */
export interface Edit {
  readonly label: EditLabel;
  readonly about: readonly EditSubject[];
  readonly apply: (document: SceneDocument) => SceneDocument;
}

export const mapScene = (
  document: SceneDocument,
  sceneId: SceneId,
  change: (scene: Scene) => Scene,
): SceneDocument => {
  let changed = false;
  const scenes = document.scenes.map((scene) => {
    if (scene.id !== sceneId) return scene;
    const next = change(scene);
    changed ||= next !== scene;
    return next;
  });
  return changed ? { ...document, scenes } : document;
};

export const sceneHolding = (document: SceneDocument, itemId: ItemId): Scene | undefined =>
  document.scenes.find(({ items }) => items.some((item) => item.id === itemId));

export const mapItem = (
  document: SceneDocument,
  itemId: ItemId,
  change: (item: Item) => Item,
): SceneDocument => {
  const scene = sceneHolding(document, itemId);
  if (!scene) return document;
  return mapScene(document, scene.id, (found) => ({
    ...found,
    items: found.items.map((item) => (item.id === itemId ? change(item) : item)),
  }));
};

export const mapSource = (
  document: SceneDocument,
  sourceId: SourceId,
  change: (source: Source) => Source,
): SceneDocument => {
  if (!document.sources.some((source) => source.id === sourceId)) return document;
  return {
    ...document,
    sources: document.sources.map((source) => (source.id === sourceId ? change(source) : source)),
  };
};

/** Microphones are heard without an item; every other source lives as long as an item places it. */
export const dropUnplacedSources = (document: SceneDocument): SceneDocument => {
  const placed = new Set(
    document.scenes.flatMap(({ items }) => items.map((item) => item.sourceId)),
  );
  const sources = document.sources.filter(
    (source) => source.kind === "microphone" || placed.has(source.id),
  );
  return sources.length === document.sources.length ? document : { ...document, sources };
};

/**
 * A scene whose groups are whole: the items of each lie together, where the topmost of them was, and a group without items
 * is gone. Called by whatever takes items away, puts them in order or into groups.
 */
export const tidyGroups = (scene: Scene): Scene => {
  if (!groupingFault(scene)) return scene;
  const known = new Set(scene.groups.map(({ id }) => id));
  const filled = new Set<GroupId>();
  const fromTop: Item[] = [];
  for (const item of scene.items.toReversed()) {
    const { groupId } = item;
    if (groupId === null) fromTop.push(item);
    else if (!known.has(groupId)) fromTop.push({ ...item, groupId: null });
    else if (!filled.has(groupId)) {
      filled.add(groupId);
      fromTop.push(...scene.items.filter((each) => each.groupId === groupId).toReversed());
    }
  }
  return {
    ...scene,
    items: fromTop.toReversed(),
    groups: scene.groups.filter(({ id }) => filled.has(id)),
  };
};

/** Takes items out of every scene. */
export const withoutItems = (
  document: SceneDocument,
  isGone: (item: Item) => boolean,
): SceneDocument => ({
  ...document,
  scenes: document.scenes.map((scene) =>
    scene.items.some(isGone)
      ? tidyGroups({ ...scene, items: scene.items.filter((item) => !isGone(item)) })
      : scene,
  ),
});

/** The document after a change, or the one before it, where scenes would then show themselves, too much or what is gone. */
export const nestingSafely = (before: SceneDocument, after: SceneDocument): SceneDocument => {
  const scenes = new Set(after.scenes.map(({ id }) => id));
  const showsNothing = after.sources.some(
    (source) => source.kind === "scene" && !scenes.has(source.sceneId),
  );
  return showsNothing || nestingFault(after) ? before : after;
};

/** `to` counts in the list without the entry that moves; beyond the ends is the end. */
export const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const next = [...list];
  const [entry] = next.splice(from, 1);
  if (entry !== undefined) next.splice(Math.min(Math.max(to, 0), next.length), 0, entry);
  return next;
};
