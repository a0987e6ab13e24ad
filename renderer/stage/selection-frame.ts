import {
  cornersOf,
  type Handle,
  handlePoint,
  type Point,
  pointOf,
  toStage,
  type View,
} from "../scene/transform.ts";
import { boundsOfLayers, type Layer } from "./layers.ts";
import { onStage } from "./on-stage.ts";

/** What the selection's handles are on: one item as it lies, or what several cover together. */
export interface Frame {
  /** All in the stage's CSS pixels. */
  readonly corners: readonly Point[];
  readonly nw: Point;
  readonly at: (handle: Handle) => Point;
  readonly rotationDeg: number;
  readonly width: number;
  readonly height: number;
}

export const frameOf = (layers: readonly Layer[], view: View): Frame | null => {
  const [only] = layers;
  if (layers.length === 1 && only) {
    const { item, shownSize } = only;
    const corners = cornersOf(item, shownSize).map((corner) => toStage(view, corner));
    const [nw, ne, , sw] = corners;
    if (!nw || !ne || !sw) return null;
    return {
      corners,
      nw,
      at: (handle) => toStage(view, handlePoint(item, shownSize, handle)),
      rotationDeg: item.transform.rotationDeg,
      width: Math.hypot(ne.x - nw.x, ne.y - nw.y),
      height: Math.hypot(sw.x - nw.x, sw.y - nw.y),
    };
  }
  const bounds = boundsOfLayers(layers);
  if (!bounds) return null;
  const rect = onStage(view, bounds);
  return {
    corners: (["nw", "ne", "se", "sw"] as const).map((corner) => pointOf(rect, corner)),
    nw: pointOf(rect, "nw"),
    at: (handle) => pointOf(rect, handle),
    rotationDeg: 0,
    width: rect.width,
    height: rect.height,
  };
};
