import type { GroupId } from "../../../preload/contract/ids.ts";
import type { Canvas, Group, Scene, SceneDocument } from "../../../preload/contract/scene.ts";
import { wholeGroups } from "../../scene/groups.ts";
import { insideOf, selectedIds } from "../../scene/selection.ts";
import type { View } from "../../scene/transform.ts";
import type { ViewState } from "../../scene/view-store.ts";
import { canvasOf, sceneOf, type Studio } from "../../studio/studio-context.ts";
import { type Layer, layersNow } from "../layers.ts";
import { viewOf } from "../zoom.ts";

/** What commands look at and act on, as it is now. */
export interface CommandContext {
  readonly studio: Pick<Studio, "document" | "view">;
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly view: ViewState;
  readonly layers: readonly Layer[];
  /** From the bottom to the top. */
  readonly selected: readonly Layer[];
  /** The selected ones that are not locked. */
  readonly movable: readonly Layer[];
  /** The groups that are selected as a whole. */
  readonly groups: readonly Group[];
  /** The group that was gone into. */
  readonly inside: GroupId | null;
  /** How the stage shows the canvas; null until it has been measured. */
  readonly shown: View | null;
}

type Needed = Pick<Studio, "document" | "view" | "engine">;

interface Known {
  readonly states: readonly unknown[];
  readonly context: CommandContext;
}
/** Many buttons ask while nothing changes. */
const known = new WeakMap<Needed["document"], Known>();

export const commandContext = (studio: Needed): CommandContext => {
  const states = [
    studio.document.state.getState(),
    studio.view.getState(),
    studio.engine.sources.getState(),
  ] as const;
  const last = known.get(studio.document);
  if (last?.states.every((state, index) => state === states[index])) return last.context;
  const context = makeContext(studio, ...states);
  known.set(studio.document, { states, context });
  return context;
};

const makeContext = (
  studio: Needed,
  document: SceneDocument,
  view: ViewState,
  sources: ReturnType<Needed["engine"]["sources"]["getState"]>,
): CommandContext => {
  const scene = sceneOf(document);
  const canvas = canvasOf(document);
  const layers = layersNow(document, scene, sources);
  const ids = new Set(selectedIds(view.selection));
  const selected = layers.filter(({ item }) => ids.has(item.id));
  return {
    studio,
    canvas,
    scene,
    view,
    layers,
    selected,
    movable: selected.filter(({ locked }) => !locked),
    groups: wholeGroups(scene, ids, insideOf(view.selection)),
    inside: insideOf(view.selection),
    shown: view.stageArea && viewOf(view.stageView, canvas, view.stageArea),
  };
};
