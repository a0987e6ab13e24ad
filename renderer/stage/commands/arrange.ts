import type { Size } from "../../../preload/contract/geometry.ts";
import type { ItemId } from "../../../preload/contract/ids.ts";
import { type Placement, type Rect, scaleAbout, unionOf } from "../../scene/transform.ts";
import type { Block, Layer } from "../layers.ts";

export type Edge = "left" | "centre" | "right" | "top" | "middle" | "bottom";

const movedBy = ({ crop, transform }: Placement, x: number, y: number): Placement => ({
  crop,
  transform: { ...transform, x: transform.x + x, y: transform.y + y },
});

const blockMovedBy = ({ layers }: Block, x: number, y: number) =>
  layers.map(({ item }) => [item.id, movedBy(item, x, y)] as const);

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

/** One block along the canvas, several along what they cover together. */
export const aligned = (
  blocks: readonly Block[],
  edge: Edge,
  canvas: Size,
): ReadonlyMap<ItemId, Placement> => {
  const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const frame = blocks.length > 1 ? (unionOf(blocks.map(({ bounds }) => bounds)) ?? whole) : whole;
  return new Map(
    blocks.flatMap((block) => {
      const by = offsetTo(block.bounds, frame, edge);
      return blockMovedBy(block, by.x, by.y);
    }),
  );
};

/** The outer ones stay, those between get equal gaps. */
export const distributed = (
  blocks: readonly Block[],
  axis: "x" | "y",
): ReadonlyMap<ItemId, Placement> => {
  const side = axis === "x" ? "width" : "height";
  const ordered = blocks.toSorted(
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
    ordered.flatMap((block) => {
      const by = at - block.bounds[axis];
      at += block.bounds[side] + gap;
      return axis === "x" ? blockMovedBy(block, by, 0) : blockMovedBy(block, 0, by);
    }),
  );
};

/** A layer that moves and is scaled with the rectangle it lies in, as far as it can be without leaning. */
export const reboxed = (
  { item, shownSize }: Pick<Layer, "item" | "shownSize">,
  from: Rect,
  to: Rect,
): Placement => {
  const factor = { x: to.width / from.width, y: to.height / from.height };
  return movedBy(scaleAbout(item, shownSize, from, factor), to.x - from.x, to.y - from.y);
};

const scaledBox = ({ width, height }: Rect, canvas: Size, scale: number): Rect => ({
  x: (canvas.width - width * scale) / 2,
  y: (canvas.height - height * scale) / 2,
  width: width * scale,
  height: height * scale,
});

/** As large as the canvas allows in its own ratio, centred. */
export const fittedBox = (box: Rect, canvas: Size): Rect =>
  scaledBox(box, canvas, Math.min(canvas.width / box.width, canvas.height / box.height));

/** As small as covers the canvas in its own ratio, centred. */
export const fillingBox = (box: Rect, canvas: Size): Rect =>
  scaledBox(box, canvas, Math.max(canvas.width / box.width, canvas.height / box.height));
