import { visibleItems } from "../../../preload/contract/grouping.ts";
import type { CanvasId, SceneId, SourceId } from "../../../preload/contract/ids.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";

/** Of these a picture can be had, in which people are looked for. */
export const picturedKinds: ReadonlySet<string> = new Set(["camera", "screen", "window", "image"]);

/** The sources in whose pictures people have to be found: those of visible items with a background filter in use. */
export const segmentedSources = (
  document: SceneDocument,
  canvasId: CanvasId,
): ReadonlySet<SourceId> => {
  const canvas = document.canvases.find(({ id }) => id === canvasId);
  const sources = new Map(document.sources.map((source) => [source.id, source]));
  const scenes = new Map(document.scenes.map((scene) => [scene.id, scene]));
  const found = new Set<SourceId>();
  const seen = new Set<SceneId>();
  const look = (sceneId: SceneId): void => {
    if (seen.has(sceneId)) return;
    seen.add(sceneId);
    const scene = scenes.get(sceneId);
    for (const item of scene ? visibleItems(scene) : []) {
      const source = sources.get(item.sourceId);
      if (!source) continue;
      if (source.kind === "scene") look(source.sceneId);
      else if (
        picturedKinds.has(source.kind) &&
        item.filters.some(({ kind, enabled }) => kind === "background" && enabled)
      )
        found.add(source.id);
    }
  };
  if (canvas) look(canvas.sceneId);
  return found;
};
