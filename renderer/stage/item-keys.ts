import type { Size } from "../../preload/contract/geometry.ts";
import type { Edit } from "../scene/edits/edit.ts";
import { placeItem, raiseItem, removeItem, setItemVisible } from "../scene/edits/item-edits.ts";
import { fitToCanvas, moveBy } from "../scene/transform.ts";
import type { Layer } from "./layers.ts";

/** The part of a KeyboardEvent that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The edit that a key makes on the selected layer, on the stage and in the list of sources; null for other keys. */
export const editOfKey = (press: KeyPress, layer: Layer, canvas: Size): Edit | null => {
  const { item, size } = layer;
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    if (press.key === "]") return raiseItem(item.id, 1);
    if (press.key === "[") return raiseItem(item.id, -1);
    return null;
  }
  switch (press.key) {
    case "Delete":
    case "Backspace":
      return removeItem(item.id);
    case "h":
    case "H":
      return setItemVisible(item.id, !item.visible);
    case "f":
    case "F":
      return size && placeItem(item.id, fitToCanvas(item.crop, size, canvas));
    default:
      return null;
  }
};

/** The edit that an arrow key makes on the stage: one canvas pixel, with Shift ten. */
export const nudgeOfKey = (press: KeyPress, { item }: Layer): Edit | null => {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const step = press.shiftKey ? 10 : 1;
  const delta = {
    ArrowLeft: { x: -step, y: 0 },
    ArrowRight: { x: step, y: 0 },
    ArrowUp: { x: 0, y: -step },
    ArrowDown: { x: 0, y: step },
  }[press.key];
  return delta
    ? placeItem(item.id, { crop: item.crop, transform: moveBy(item.transform, delta) }, "moveItem")
    : null;
};
