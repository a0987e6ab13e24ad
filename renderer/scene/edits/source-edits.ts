import type { SceneId, SourceId } from "../../../preload/contract/ids.ts";
import type { Item, Source } from "../../../preload/contract/scene.ts";
import { renameScene } from "./scene-edits.ts";
import { type Edit, mapScene, mapSource, nestingSafely, withoutItems } from "./edit.ts";

/** Adds a source and places it on top of a scene, unless it is a scene that shows that one; a microphone comes without an item. */
export const addSource = (
  source: Source,
  place: { sceneId: SceneId; item: Item } | null,
): Edit => ({
  label: "addSource",
  about: [place?.item.id ?? source.id],
  apply: (document) => {
    const added = { ...document, sources: [...document.sources, source] };
    return place
      ? nestingSafely(
          document,
          mapScene(added, place.sceneId, (scene) => ({
            ...scene,
            items: [...scene.items, place.item],
          })),
        )
      : added;
  },
});

/** `change` gets and answers a source of the same id and kind. */
export const changeSource = (sourceId: SourceId, change: (source: Source) => Source): Edit => ({
  label: "changeSource",
  about: [sourceId],
  apply: (document) => mapSource(document, sourceId, change),
});

/** A scene is renamed with every source that shows it. */
export const renameSource = (sourceId: SourceId, name: string): Edit => ({
  label: "renameSource",
  about: [sourceId],
  apply: (document) => {
    const found = document.sources.find(({ id }) => id === sourceId);
    return found?.kind === "scene"
      ? renameScene(found.sceneId, name).apply(document)
      : mapSource(document, sourceId, (source) => ({ ...source, name }));
  },
});

/** Removes a source with every item of it. */
export const removeSource = (sourceId: SourceId): Edit => ({
  label: "removeSource",
  about: [sourceId],
  apply: (document) =>
    withoutItems(
      { ...document, sources: document.sources.filter((source) => source.id !== sourceId) },
      (item) => item.sourceId === sourceId,
    ),
});
