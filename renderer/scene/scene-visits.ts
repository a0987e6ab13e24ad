import type { SceneId } from "../../preload/contract/ids.ts";
import type { AlertRule } from "../../preload/contract/settings.ts";
import type { DocumentStore } from "./document-store.ts";
import { switchScene } from "./edits/scene-edits.ts";

/**
 * Shows a scene in the programme for some seconds and then the one before, unless the anchor has switched meanwhile:
 * then it is the anchor's. `onSwitch` is called after each switch.
 */
export const createSceneVisits = (
  document: Pick<DocumentStore, "state" | "apply">,
  onSwitch: () => void,
) => {
  let visit:
    | {
        readonly at: SceneId;
        readonly backTo: SceneId;
        readonly timer: ReturnType<typeof setTimeout>;
      }
    | undefined;
  const canvas = () => {
    const [first] = document.state.getState().canvases;
    if (!first) throw new Error("a document without a canvas");
    return first;
  };
  const current = (): SceneId => canvas().sceneId;
  const show = (sceneId: SceneId): void => {
    document.apply(switchScene(canvas().id, sceneId), { origin: "automatic" });
    onSwitch();
  };
  const end = (): void => {
    const over = visit;
    visit = undefined;
    if (over && current() === over.at) show(over.backTo);
  };
  return {
    visit({ sceneId, seconds }: NonNullable<AlertRule["scene"]>): void {
      if (!document.state.getState().scenes.some(({ id }) => id === sceneId)) return;
      const before = visit && current() === visit.at ? visit.backTo : current();
      clearTimeout(visit?.timer);
      visit = undefined;
      if (current() !== sceneId) show(sceneId);
      if (before !== sceneId)
        visit = { at: sceneId, backTo: before, timer: setTimeout(end, seconds * 1_000) };
    },
    /** Goes back at once: nothing else would, once the window has gone. */
    close(): void {
      clearTimeout(visit?.timer);
      end();
    },
  };
};
