import { type SceneId, SourceId } from "../../preload/contract/ids.ts";
import { nestingFault } from "../../preload/contract/nesting.ts";
import type { Scene, SceneDocument, SourceOf } from "../../preload/contract/scene.ts";

export interface NestableScene {
  readonly scene: Scene;
  /** The source that shows it already, somewhere. */
  readonly source: SourceOf<"scene"> | undefined;
  /** Why it cannot be placed; null where it can. */
  readonly fault: ReturnType<typeof nestingFault>;
}

const triedId = SourceId.parse("tried");

/** The other scenes that could be placed in one, and those that cannot, since they show it or too much. */
export const nestableScenes = (document: SceneDocument, into: SceneId): readonly NestableScene[] =>
  document.scenes
    .filter(({ id }) => id !== into)
    .map((scene) => {
      const source = document.sources.find(
        (each): each is SourceOf<"scene"> => each.kind === "scene" && each.sceneId === scene.id,
      );
      const tried = { id: triedId, kind: "scene", sceneId: scene.id };
      const placed = { sourceId: triedId, visible: true, groupId: null };
      const fault = nestingFault({
        scenes: document.scenes.map((each) =>
          each.id === into ? { ...each, items: [...each.items, placed] } : each,
        ),
        sources: [...document.sources, tried],
      });
      return { scene, source, fault };
    });
