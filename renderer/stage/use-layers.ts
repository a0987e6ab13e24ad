import { useStore } from "zustand";
import type { Group } from "../../preload/contract/scene.ts";
import { onlyGroup } from "../scene/groups.ts";
import { insideOf, selectedIds } from "../scene/selection.ts";
import { sceneOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { type Layer, layersNow } from "./layers.ts";

/** The layers of the programme's scene, from the bottom to the top. */
export const useLayers = (): readonly Layer[] => {
  const { engine } = useStudio();
  const document = useDocument((whole) => whole);
  const statuses = useStore(engine.sources);
  return layersNow(document, sceneOf(document), statuses);
};

/** The group that is selected as a whole, and nothing else. */
export const useSelectedGroup = (): Group | undefined => {
  const scene = useDocument(sceneOf);
  const selection = useStore(useStudio().view, (view) => view.selection);
  return onlyGroup(scene, new Set(selectedIds(selection)), insideOf(selection));
};

/** The layer whose properties are shown: the one selected last. */
export const useSelectedLayer = (layers: readonly Layer[]): Layer | undefined => {
  const selection = useStore(useStudio().view, (view) => view.selection);
  return selection?.type === "item"
    ? layers.find(({ item }) => item.id === selection.itemId)
    : undefined;
};
