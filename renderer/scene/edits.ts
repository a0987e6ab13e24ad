import type { CanvasId, FilterId, ItemId, SceneId, SourceId } from "../../preload/contract/ids.ts";
import type { Filter, Item, Scene, SceneDocument, Source } from "../../preload/contract/scene.ts";
import type { Placement } from "./transform.ts";

/** What the anchor did, as an undo list would call it: `edit.<label>` in the locales. */
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
  | "placeItem"
  | "orderItem"
  | "showItem"
  | "hideItem"
  | "addFilter"
  | "changeFilter"
  | "moveFilter"
  | "removeFilter";

/** One change of the document. Where what it names is gone, it answers the document it was given. */
export interface Edit {
  readonly label: EditLabel;
  readonly apply: (document: SceneDocument) => SceneDocument;
}

const mapScene = (
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

const mapItem = (
  document: SceneDocument,
  itemId: ItemId,
  change: (item: Item) => Item,
): SceneDocument => {
  const scene = document.scenes.find(({ items }) => items.some((item) => item.id === itemId));
  if (!scene) return document;
  return mapScene(document, scene.id, (found) => ({
    ...found,
    items: found.items.map((item) => (item.id === itemId ? change(item) : item)),
  }));
};

const mapSource = (
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
const dropUnplacedSources = (document: SceneDocument): SceneDocument => {
  const placed = new Set(
    document.scenes.flatMap(({ items }) => items.map((item) => item.sourceId)),
  );
  const sources = document.sources.filter(
    (source) => source.kind === "microphone" || placed.has(source.id),
  );
  return sources.length === document.sources.length ? document : { ...document, sources };
};

const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const next = [...list];
  const [entry] = next.splice(from, 1);
  if (entry !== undefined) next.splice(Math.min(Math.max(to, 0), next.length), 0, entry);
  return next;
};

export const addScene = (scene: Scene): Edit => ({
  label: "addScene",
  apply: (document) => ({ ...document, scenes: [...document.scenes, scene] }),
});

export const renameScene = (sceneId: SceneId, name: string): Edit => ({
  label: "renameScene",
  apply: (document) => mapScene(document, sceneId, (scene) => ({ ...scene, name })),
});

/** The last scene stays. A canvas that shows the scene goes on with its neighbour. */
export const removeScene = (sceneId: SceneId): Edit => ({
  label: "removeScene",
  apply: (document) => {
    const index = document.scenes.findIndex((scene) => scene.id === sceneId);
    const neighbour = document.scenes[index + 1] ?? document.scenes[index - 1];
    if (index < 0 || !neighbour) return document;
    return dropUnplacedSources({
      ...document,
      scenes: document.scenes.filter((scene) => scene.id !== sceneId),
      canvases: document.canvases.map((canvas) =>
        canvas.sceneId === sceneId ? { ...canvas, sceneId: neighbour.id } : canvas,
      ),
    });
  },
});

/** `toIndex` counts in the list without the scene that moves. */
export const moveScene = (sceneId: SceneId, toIndex: number): Edit => ({
  label: "moveScene",
  apply: (document) => {
    const index = document.scenes.findIndex((scene) => scene.id === sceneId);
    return index < 0 ? document : { ...document, scenes: moved(document.scenes, index, toIndex) };
  },
});

/** Takes a scene into the programme. */
export const switchScene = (canvasId: CanvasId, sceneId: SceneId): Edit => ({
  label: "switchScene",
  apply: (document) =>
    document.scenes.some((scene) => scene.id === sceneId)
      ? {
          ...document,
          canvases: document.canvases.map((canvas) =>
            canvas.id === canvasId ? { ...canvas, sceneId } : canvas,
          ),
        }
      : document,
});

/** Adds a source and places it on top of a scene; a microphone comes without an item. */
export const addSource = (
  source: Source,
  place: { sceneId: SceneId; item: Item } | null,
): Edit => ({
  label: "addSource",
  apply: (document) => {
    const added = { ...document, sources: [...document.sources, source] };
    return place
      ? mapScene(added, place.sceneId, (scene) => ({
          ...scene,
          items: [...scene.items, place.item],
        }))
      : added;
  },
});

/** Places a source that the document has on top of a scene. */
export const addItem = (sceneId: SceneId, item: Item): Edit => ({
  label: "addSource",
  apply: (document) =>
    document.sources.some((source) => source.id === item.sourceId)
      ? mapScene(document, sceneId, (scene) => ({ ...scene, items: [...scene.items, item] }))
      : document,
});

/** `change` gets and answers a source of the same id and kind. */
export const changeSource = (sourceId: SourceId, change: (source: Source) => Source): Edit => ({
  label: "changeSource",
  apply: (document) => mapSource(document, sourceId, change),
});

export const renameSource = (sourceId: SourceId, name: string): Edit => ({
  label: "renameSource",
  apply: (document) => mapSource(document, sourceId, (source) => ({ ...source, name })),
});

/** Removes a source with every item of it. */
export const removeSource = (sourceId: SourceId): Edit => ({
  label: "removeSource",
  apply: (document) => ({
    ...document,
    sources: document.sources.filter((source) => source.id !== sourceId),
    scenes: document.scenes.map((scene) =>
      scene.items.some((item) => item.sourceId === sourceId)
        ? { ...scene, items: scene.items.filter((item) => item.sourceId !== sourceId) }
        : scene,
    ),
  }),
});

/** Removes an item, and its source where no other item places it. */
export const removeItem = (itemId: ItemId): Edit => ({
  label: "removeSource",
  apply: (document) => {
    const scene = document.scenes.find(({ items }) => items.some((item) => item.id === itemId));
    if (!scene) return document;
    return dropUnplacedSources(
      mapScene(document, scene.id, (found) => ({
        ...found,
        items: found.items.filter((item) => item.id !== itemId),
      })),
    );
  },
});

/** `toIndex` counts from the bottom in the list without the item that moves; beyond the ends is the end. */
export const orderItem = (itemId: ItemId, toIndex: number): Edit => ({
  label: "orderItem",
  apply: (document) => {
    const scene = document.scenes.find(({ items }) => items.some((item) => item.id === itemId));
    if (!scene) return document;
    const index = scene.items.findIndex((item) => item.id === itemId);
    return mapScene(document, scene.id, (found) => ({
      ...found,
      items: moved(found.items, index, toIndex),
    }));
  },
});

/** Up (1) or down (-1) by one in its scene. */
export const raiseItem = (itemId: ItemId, by: 1 | -1): Edit => ({
  label: "orderItem",
  apply: (document) => {
    for (const { items } of document.scenes) {
      const index = items.findIndex((item) => item.id === itemId);
      if (index >= 0) return orderItem(itemId, index + by).apply(document);
    }
    return document;
  },
});

export const placeItem = (itemId: ItemId, { transform, crop }: Placement): Edit => ({
  label: "placeItem",
  apply: (document) => mapItem(document, itemId, (item) => ({ ...item, transform, crop })),
});

export const setItemVisible = (itemId: ItemId, visible: boolean): Edit => ({
  label: visible ? "showItem" : "hideItem",
  apply: (document) => mapItem(document, itemId, (item) => ({ ...item, visible })),
});

const mapFilters = (
  document: SceneDocument,
  itemId: ItemId,
  change: (filters: Filter[]) => Filter[],
): SceneDocument =>
  mapItem(document, itemId, (item) => ({ ...item, filters: change(item.filters) }));

/** The new filter is applied after those that are there. */
export const addFilter = (itemId: ItemId, filter: Filter): Edit => ({
  label: "addFilter",
  apply: (document) => mapFilters(document, itemId, (filters) => [...filters, filter]),
});

/** `change` gets and answers a filter of the same id and kind. */
export const changeFilter = (
  itemId: ItemId,
  filterId: FilterId,
  change: (filter: Filter) => Filter,
): Edit => ({
  label: "changeFilter",
  apply: (document) =>
    mapFilters(document, itemId, (filters) =>
      filters.map((filter) => (filter.id === filterId ? change(filter) : filter)),
    ),
});

/** `toIndex` counts in the list without the filter that moves; beyond the ends is the end. */
export const moveFilter = (itemId: ItemId, filterId: FilterId, toIndex: number): Edit => ({
  label: "moveFilter",
  apply: (document) =>
    mapFilters(document, itemId, (filters) => {
      const index = filters.findIndex(({ id }) => id === filterId);
      return index < 0 ? filters : moved(filters, index, toIndex);
    }),
});

export const removeFilter = (itemId: ItemId, filterId: FilterId): Edit => ({
  label: "removeFilter",
  apply: (document) =>
    mapFilters(document, itemId, (filters) => filters.filter(({ id }) => id !== filterId)),
});
