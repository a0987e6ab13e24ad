import { visibleItems } from "./grouping.ts";
import type { GroupId, SceneId, SourceId } from "./ids.ts";

/** The part of a scene document that says which scene shows which. */
export interface Nested {
  readonly scenes: readonly {
    readonly id: SceneId;
    readonly items: readonly {
      readonly sourceId: SourceId;
      readonly visible: boolean;
      readonly groupId: GroupId | null;
    }[];
    readonly groups: readonly { readonly id: GroupId; readonly visible: boolean }[];
  }[];
  readonly sources: readonly {
    readonly id: SourceId;
    readonly kind: string;
    readonly sceneId?: SceneId;
  }[];
}

/** What one scene may come to with all that it shows: composing takes time for each item. */
export const mostDrawnItems = 2_000;

const nestedBySource = ({ sources }: Nested): ReadonlyMap<SourceId, SceneId> =>
  new Map(
    sources.flatMap(({ id, kind, sceneId }) =>
      kind === "scene" && sceneId !== undefined ? [[id, sceneId] as const] : [],
    ),
  );

/**
 * Why scenes cannot be drawn as they show each other: one would show itself, or one comes to more items than
 * `mostDrawnItems`. Null where they can.
 */
export const nestingFault = (document: Nested): "cycle" | "tooMany" | null => {
  const nested = nestedBySource(document);
  if (nested.size === 0) return null;
  const scenes = new Map(document.scenes.map((scene) => [scene.id, scene]));
  /** Null while the scene is being counted. */
  const counts = new Map<SceneId, number | null>();
  const countOf = (sceneId: SceneId): number => {
    const known = counts.get(sceneId);
    if (known !== undefined) return known ?? Number.NaN;
    counts.set(sceneId, null);
    let count = 0;
    for (const { sourceId } of scenes.get(sceneId)?.items ?? []) {
      const inner = nested.get(sourceId);
      count += 1 + (inner === undefined ? 0 : countOf(inner));
    }
    counts.set(sceneId, count);
    return count;
  };
  const all = document.scenes.map(({ id }) => countOf(id));
  if (all.some(Number.isNaN)) return "cycle";
  return all.some((count) => count > mostDrawnItems) ? "tooMany" : null;
};

/** The sources of a scene and of the scenes that it shows, each once; of visible items alone where that is asked. */
export const sourcesShownBy = (
  document: Nested,
  sceneId: SceneId,
  which: "all" | "visible" = "all",
): ReadonlySet<SourceId> => {
  const nested = nestedBySource(document);
  const scenes = new Map(document.scenes.map((scene) => [scene.id, scene]));
  const shown = new Set<SourceId>();
  const look = (id: SceneId): void => {
    const scene = scenes.get(id);
    if (!scene) return;
    for (const { sourceId } of which === "visible" ? visibleItems(scene) : scene.items) {
      if (shown.has(sourceId)) continue;
      shown.add(sourceId);
      const inner = nested.get(sourceId);
      if (inner !== undefined) look(inner);
    }
  };
  look(sceneId);
  return shown;
};
