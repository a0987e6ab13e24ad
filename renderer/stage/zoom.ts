import type { Size } from "../../preload/contract/geometry.ts";
import { fitView, type Point, type View } from "../scene/transform.ts";

interface Area {
  readonly width: number;
  readonly height: number;
}

/** Around the canvas when all of it is shown, in CSS pixels. */
export const marginPx = 16;
const minScale = 0.05;
const maxScale = 8;
/** At least this much of the canvas stays in sight, in CSS pixels. */
const keptPx = 48;

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

/** The view with some of the canvas in sight. */
const held = (view: View, canvas: Size, area: Area): View => ({
  ...view,
  left: clamp(view.left, keptPx - canvas.width * view.scale, area.width - keptPx),
  top: clamp(view.top, keptPx - canvas.height * view.scale, area.height - keptPx),
});

/** How the stage shows the canvas: as the anchor has zoomed, else all of it. */
export const viewOf = (zoomed: View | null, canvas: Size, area: Area): View =>
  zoomed ? held(zoomed, canvas, area) : fitView(canvas, area, marginPx);

/** With another scale (CSS pixels a canvas pixel), so that what is at `point` of the stage stays there. */
export const zoomAt = (view: View, scale: number, point: Point, canvas: Size, area: Area): View => {
  const next = clamp(scale, minScale, maxScale);
  const factor = next / view.scale;
  return held(
    {
      scale: next,
      left: point.x - (point.x - view.left) * factor,
      top: point.y - (point.y - view.top) * factor,
    },
    canvas,
    area,
  );
};

export const panBy = (view: View, delta: Point, canvas: Size, area: Area): View =>
  held({ ...view, left: view.left + delta.x, top: view.top + delta.y }, canvas, area);

/** What a turn of the wheel by `deltaY` CSS pixels zooms by. */
export const wheelFactor = (deltaY: number): number => Math.exp(-clamp(deltaY, -240, 240) / 480);

const steps = [0.05, 0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.5, 2, 3, 4, 6, 8];

/** The next round scale, up or down. */
export const steppedScale = (scale: number, by: 1 | -1): number =>
  (by === 1
    ? steps.find((step) => step > scale * 1.01)
    : steps.findLast((step) => step < scale * 0.99)) ?? scale;
