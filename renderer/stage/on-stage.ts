import { cornersOf, type Rect, toStage, type View } from "../scene/transform.ts";
import type { Layer } from "./layers.ts";

/** A rectangle of the canvas in the stage's CSS pixels. */
export const onStage = (view: View, bounds: Rect): Rect => ({
  ...toStage(view, bounds),
  width: bounds.width * view.scale,
  height: bounds.height * view.scale,
});

/** A layer's corners in the stage's CSS pixels, as an SVG polygon has them. */
export const pointsOf = ({ item, shownSize }: Layer, view: View): string =>
  cornersOf(item, shownSize)
    .map((corner) => toStage(view, corner))
    .map(({ x, y }) => `${x},${y}`)
    .join(" ");
