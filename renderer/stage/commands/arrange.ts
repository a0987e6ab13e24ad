import type { Size } from "../../../preload/contract/geometry.ts";
import type { ItemId } from "../../../preload/contract/ids.ts";
import { type Placement, type Rect, unionOf } from "../../scene/transform.ts";
import type { Layer } from "../layers.ts";

export type Edge = "left" | "centre" | "right" | "top" | "middle" | "bottom";

const movedBy = ({ item }: Layer, x: number, y: number): Placement => ({
  crop: item.crop,
  transform: { ...item.transform, x: item.transform.x + x, y: item.transform.y + y },
});

const offsetTo = (
  bounds: Rect,
  frame: Rect,
  edge: Edge,
): { readonly x: number; readonly y: number } => {
  const x = frame.x - bounds.x;
  const y = frame.y - bounds.y;
  switch (edge) {
    case "left":
      return { x, y: 0 };
    case "centre":
      return { x: x + (frame.width - bounds.width) / 2, y: 0 };
    case "right":
      return { x: x + frame.width - bounds.width, y: 0 };
    case "top":
      return { x: 0, y };
    case "middle":
      return { x: 0, y: y + (frame.height - bounds.height) / 2 };
    case "bottom":
      return { x: 0, y: y + frame.height - bounds.height };
    default:
      return edge satisfies never;
  }
};

/** One layer along the canvas, several along what they cover together. */
export const aligned = (
  layers: readonly Layer[],
  edge: Edge,
  canvas: Size,
): ReadonlyMap<ItemId, Placement> => {
  const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const frame = layers.length > 1 ? (unionOf(layers.map(({ bounds }) => bounds)) ?? whole) : whole;
  return new Map(
    layers.map((layer) => {
      const by = offsetTo(layer.bounds, frame, edge);
      return [layer.item.id, movedBy(layer, by.x, by.y)];
    }),
  );
};

/** The outer ones stay, those between get equal gaps. */
export const distributed = (
  layers: readonly Layer[],
  axis: "x" | "y",
): ReadonlyMap<ItemId, Placement> => {
  const side = axis === "x" ? "width" : "height";
  const ordered = layers.toSorted(
    (a, b) => a.bounds[axis] + a.bounds[side] / 2 - (b.bounds[axis] + b.bounds[side] / 2),
  );
  const [first] = ordered;
  const last = ordered.at(-1);
  if (!first || !last) return new Map();
  const room = last.bounds[axis] + last.bounds[side] - first.bounds[axis];
  const taken = ordered.reduce((sum, { bounds }) => sum + bounds[side], 0);
  const gap = (room - taken) / Math.max(1, ordered.length - 1);
  let at = first.bounds[axis];
  return new Map(
    ordered.map((layer) => {
      const by = at - layer.bounds[axis];
      at += layer.bounds[side] + gap;
      return [layer.item.id, axis === "x" ? movedBy(layer, by, 0) : movedBy(layer, 0, by)];
    }),
  );
};
