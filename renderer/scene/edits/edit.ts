import type { ItemId, SceneId, SourceId } from "../../../preload/contract/ids.ts";
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
  | "addFilter"
  | "changeFilter"
  | "moveFilter"
  | "removeFilter"
  | "pasteFilters"
  | "replaceFilters";

/** What an edit can be about: the undo button names it, and undoing selects it again. */
export type EditSubject = SceneId | ItemId | SourceId;

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
