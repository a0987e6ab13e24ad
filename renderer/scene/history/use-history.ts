import { App } from "antd";
import { useWords, type Words } from "../../i18n/words.ts";
import { sceneOf, useStudio } from "../../studio/studio-context.ts";
import type { TravelOutcome } from "../document-store.ts";
import { groupAround } from "../groups.ts";
import { selectedIds, selectionOf } from "../selection.ts";
import type { ViewState } from "../view-store.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import type { Step } from "./history.ts";

/** What a step did and to what, in words. */
export const stepInWords = (t: Words, { label, about, name }: Step): string =>
  t(`edit.label.${label}`, {
    name: about.length > 1 ? t("edit.several", { count: about.length }) : (name ?? ""),
  });

/** What of a step is there to be selected in the scene on the stage; else the selection as far as it is still there. */
const selectionAfter = (
  document: SceneDocument,
  { about }: Step,
  selection: ViewState["selection"],
): ViewState["selection"] => {
  const scene = sceneOf(document);
  const { items } = scene;
  const ids = new Set<string>(about);
  const isAbout = (id: string | null): boolean => id !== null && ids.has(id);
  const touched = items.filter(({ id, groupId }) => isAbout(id) || isAbout(groupId));
  const touchedIds = touched.map(({ id }) => id);
  if (touched.length > 0) return selectionOf(touchedIds, groupAround(scene, touchedIds));
  const selected = new Set(selectedIds(selection));
  const kept = items.filter(({ id }) => selected.has(id));
  const placing = items.filter(({ sourceId }) => ids.has(sourceId));
  const [first] = placing;
  if (first && !kept.some(({ sourceId }) => ids.has(sourceId))) return selectionOf([first.id]);
  const source = document.sources.find(({ id, kind }) => kind === "microphone" && ids.has(id));
  if (source) return { type: "source", sourceId: source.id };
  if (selection?.type === "source")
    return document.sources.some(({ id }) => id === selection.sourceId) ? selection : null;
  return selectionOf(kept.map(({ id }) => id));
};

/** Where a step was, if not in the scene on the stage. */
const sceneElsewhere = (document: SceneDocument, { about }: Step): string | undefined => {
  const ids = new Set<string>(about);
  const shown = sceneOf(document);
  const scene = document.scenes.find(({ items, groups }) =>
    [...items, ...groups].some(({ id }) => ids.has(id)),
  );
  return scene && scene.id !== shown.id ? scene.name : undefined;
};

/** Undo and redo as the anchor asks for them: what was touched is selected, and what cannot be seen or done is said. */
export const useHistory = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { document, view } = useStudio();
  const follow = (
    before: SceneDocument,
    outcome: TravelOutcome,
    way: "undone" | "redone",
  ): void => {
    if (outcome.type === "nothing") return;
    if (outcome.type === "sceneOnAir") {
      void message.warning(t("edit.sceneOnAir", { name: outcome.sceneName }));
      return;
    }
    const { step } = outcome;
    const now = document.state.getState();
    view.setState(({ selection }) => ({ selection: selectionAfter(now, step, selection) }));
    const scene = sceneElsewhere(now, step) ?? sceneElsewhere(before, step);
    if (scene !== undefined)
      void message.info(t(`edit.${way}Elsewhere`, { step: stepInWords(t, step), scene }));
  };
  return {
    undo: () => follow(document.state.getState(), document.undo(), "undone"),
    redo: () => follow(document.state.getState(), document.redo(), "redone"),
  };
};
