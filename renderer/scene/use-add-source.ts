import type { Size } from "../../preload/contract/geometry.ts";
import type { ItemId } from "../../preload/contract/ids.ts";
import type { Source } from "../../preload/contract/scene.ts";
import { naturalSize } from "./natural-size.ts";
import { canvasOf, sceneOf, useStudio } from "../studio/studio-context.ts";
import { addItem } from "./edits/item-edits.ts";
import { addSource } from "./edits/source-edits.ts";
import { newItemId, newSourceId } from "./new-id.ts";
import { newItem } from "./new-item.ts";
import { placeWhenOpen } from "./place-when-open.ts";
import {
  centreOnCanvas,
  fitToCanvas,
  noCrop,
  type Placement,
  plainTransform,
} from "./transform.ts";

/** `Source` without its id, kind by kind. */
type NewSource = Source extends infer S ? (S extends Source ? Omit<S, "id"> : never) : never;

const longestName = 100;

/** A placement in its own pixels for now; where the picture's size is still unknown, in the top-left corner. */
const firstPlacement = (source: Source, canvas: Size): Placement => {
  const size = naturalSize(source, undefined);
  return size ? centreOnCanvas(size, canvas) : { transform: plainTransform, crop: noCrop };
};

/**
 * Adds sources to the scene in the programme, selects them, gives their rows the focus, and places them as soon as their
 * size is known.
 */
export const useAddSource = () => {
  const { document, engine, view } = useStudio();
  const place = (source: Source) => {
    const canvas = canvasOf(document.state.getState());
    const item = newItem(newItemId(), source.id, firstPlacement(source, canvas));
    return { sceneId: sceneOf(document.state.getState()).id, item };
  };
  const settle = (source: Source, itemId: ItemId) => {
    view.setState({ selection: { type: "item", itemId }, awaitedRow: itemId });
    if (naturalSize(source, undefined)) return;
    const canvas = canvasOf(document.state.getState());
    placeWhenOpen(document, engine.sources, { itemId, sourceId: source.id }, (size) =>
      source.kind === "text"
        ? centreOnCanvas(size, canvas)
        : fitToCanvas({ transform: plainTransform, crop: noCrop }, size, canvas),
    );
  };
  return {
    addNew: (made: NewSource): void => {
      const source: Source = {
        ...made,
        id: newSourceId(),
        name: made.name.trim().slice(0, longestName) || made.kind,
      };
      if (source.kind === "microphone") {
        document.apply(addSource(source, null));
        view.setState({
          selection: { type: "source", sourceId: source.id },
          awaitedRow: source.id,
        });
        return;
      }
      const placed = place(source);
      document.apply(addSource(source, placed));
      settle(source, placed.item.id);
    },
    addExisting: (source: Source): void => {
      const { sceneId, item } = place(source);
      document.apply(addItem(sceneId, item));
      settle(source, item.id);
    },
  };
};
