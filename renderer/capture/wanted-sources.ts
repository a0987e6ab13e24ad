import { sourcesShownBy } from "../../preload/contract/nesting.ts";
import type { SceneDocument, Source } from "../../preload/contract/scene.ts";

/**
 * What has to be open: the sources of the scenes in the programme and of those that they show, also those of hidden items (showing one again must not
 * wait for a device), each once; and every microphone. Sources of other scenes are opened when their scene is chosen.
 */
export const wantedSources = (document: SceneDocument): readonly Source[] => {
  const used = document.canvases.map(({ sceneId }) => sourcesShownBy(document, sceneId));
  return document.sources.filter(
    ({ id, kind }) => kind === "microphone" || used.some((shown) => shown.has(id)),
  );
};
