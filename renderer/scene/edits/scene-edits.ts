import type { CanvasId, SceneId } from "../../../preload/contract/ids.ts";
import type { Scene } from "../../../preload/contract/scene.ts";
import { dropUnplacedSources, type Edit, mapScene, moved, withoutItems } from "./edit.ts";

export const addScene = (scene: Scene): Edit => ({
  label: "addScene",
  about: [scene.id],
  apply: (document) => ({ ...document, scenes: [...document.scenes, scene] }),
});

/** With every source that shows it. */
export const renameScene = (sceneId: SceneId, name: string): Edit => ({
  label: "renameScene",
  about: [sceneId],
  apply: (document) => {
    const renamed = mapScene(document, sceneId, (scene) => ({ ...scene, name }));
    if (renamed === document) return document;
    return {
      ...renamed,
      sources: renamed.sources.map((source) =>
        source.kind === "scene" && source.sceneId === sceneId ? { ...source, name } : source,
      ),
    };
  },
});

/**
 * The last scene stays. A canvas that shows the scene goes on with its neighbour; within other scenes it is gone.
 */
export const removeScene = (sceneId: SceneId): Edit => ({
  label: "removeScene",
  about: [sceneId],
  apply: (document) => {
    const index = document.scenes.findIndex((scene) => scene.id === sceneId);
    const neighbour = document.scenes[index + 1] ?? document.scenes[index - 1];
    if (index < 0 || !neighbour) return document;
    const nested = new Set(
      document.sources
        .filter((source) => source.kind === "scene" && source.sceneId === sceneId)
        .map(({ id }) => id),
    );
    const without = {
      ...document,
      scenes: document.scenes.filter((scene) => scene.id !== sceneId),
      canvases: document.canvases.map((canvas) =>
        canvas.sceneId === sceneId ? { ...canvas, sceneId: neighbour.id } : canvas,
      ),
    };
    return dropUnplacedSources(withoutItems(without, (item) => nested.has(item.sourceId)));
  },
});

/** `toIndex` counts in the list without the scene that moves. */
export const moveScene = (sceneId: SceneId, toIndex: number): Edit => ({
  label: "moveScene",
  about: [sceneId],
  apply: (document) => {
    const index = document.scenes.findIndex((scene) => scene.id === sceneId);
    return index < 0 ? document : { ...document, scenes: moved(document.scenes, index, toIndex) };
  },
});

/** Takes a scene into the programme. */
export const switchScene = (canvasId: CanvasId, sceneId: SceneId): Edit => ({
  label: "switchScene",
  about: [sceneId],
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
