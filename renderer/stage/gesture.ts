import type { Size } from "../../preload/contract/geometry.ts";
import type { Item } from "../../preload/contract/scene.ts";
import {
  cropBy,
  type Handle,
  moveBy,
  type Placement,
  type Point,
  resizeBy,
} from "../scene/transform.ts";

/** A drag on the stage; `from` is where it began, in canvas pixels, and `item` what it was then. */
export type Gesture =
  | { readonly type: "move"; readonly from: Point; readonly item: Item }
  | {
      readonly type: "resize" | "crop";
      readonly from: Point;
      readonly item: Item;
      readonly size: Size;
      readonly handle: Handle;
    };

/** Where the item lies while the pointer is at `to`. */
export const placementDuring = (gesture: Gesture, to: Point, keepAspect: boolean): Placement => {
  const { item, from } = gesture;
  const delta = { x: to.x - from.x, y: to.y - from.y };
  switch (gesture.type) {
    case "move":
      return { crop: item.crop, transform: moveBy(item.transform, delta) };
    case "resize":
      return resizeBy(item, gesture.size, gesture.handle, delta, keepAspect);
    case "crop":
      return cropBy(item, gesture.size, gesture.handle, delta);
    default:
      return gesture satisfies never;
  }
};
