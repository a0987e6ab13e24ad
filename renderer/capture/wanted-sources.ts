import type { SceneDocument, Source } from "../../preload/contract/scene.ts";

/**
 * What has to be open: the sources of the scenes in the programme, also those of hidden items (showing one again must not
 * wait for a device), each once; and every microphone. Sources of other scenes are opened when their scene is chosen.
 */
export const wantedSources = (document: SceneDocument): readonly Source[] => {
  const scenes = new Set(document.canvases.map(({ sceneId }) => sceneId));
  const used = new Set(
    document.scenes
      .filter(({ id }) => scenes.has(id))
      .flatMap(({ items }) => items.map(({ sourceId }) => sourceId)),
  );
  return document.sources.filter(({ id, kind }) => kind === "microphone" || used.has(id));
};
