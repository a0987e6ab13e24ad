import type { Size } from "../../preload/contract/geometry.ts";
import type { ItemId } from "../../preload/contract/ids.ts";
import {
  boundsOf,
  cropBy,
  type Handle,
  handlePoint,
  moveBy,
  oppositeOf,
  type Placement,
  type Point,
  pointOf,
  type Rect,
  resizeBy,
  scaleAbout,
  sidesOf,
  turnBy,
  unionOf,
} from "../scene/transform.ts";
import { type Guide, guidesOn, type SnapLines, snapPoint, snapRect } from "./snapping.ts";

/** An item that takes part in a drag, as it was when that began. */
export interface Member {
  readonly id: ItemId;
  readonly placement: Placement;
  readonly size: Size;
  /** What is hidden goes along with its group, but is no part of the box that is dragged. */
  readonly visible: boolean;
}

/** A drag on the stage; `from` is where it began, in canvas pixels. */
export type Gesture = { readonly from: Point; readonly members: readonly Member[] } & (
  | { readonly type: "move" }
  /** Crops work on one item. */
  | { readonly type: "resize" | "crop"; readonly handle: Handle }
  | { readonly type: "rotate" }
);

/** What the keys that are held say of a drag. */
export interface Manner {
  /** Sizes keep their aspect and turns are free; otherwise sizes are free and turns go by steps. */
  readonly shift: boolean;
  /** What to snap to; null: to nothing. */
  readonly lines: SnapLines | null;
  /** How near something has to be, in canvas pixels. */
  readonly reach: number;
}

export interface Dragged {
  readonly placements: ReadonlyMap<ItemId, Placement>;
  readonly guides: readonly Guide[];
}

const stepDeg = 15;
/** A free turn that ends this near to a quarter is one. */
const quarterReachDeg = 3;
const minSidePx = 4;

/** The upright rectangle around all members that are seen. */
export const boundsOfMembers = (members: readonly Member[]): Rect =>
  unionOf(
    members
      .filter(({ visible }) => visible)
      .map(({ placement, size }) => boundsOf(placement, size)),
  ) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };

const placementsOf = (
  members: readonly Member[],
  place: (member: Member) => Placement,
): ReadonlyMap<ItemId, Placement> => new Map(members.map((member) => [member.id, place(member)]));

const isUpright = ({ placement }: Member): boolean => placement.transform.rotationDeg % 90 === 0;

const move = (members: readonly Member[], delta: Point, { lines, reach }: Manner): Dragged => {
  const bounds = boundsOfMembers(members);
  const whole = { x: Math.round(delta.x), y: Math.round(delta.y) };
  const moved = { ...bounds, x: bounds.x + whole.x, y: bounds.y + whole.y };
  const snapped = lines && snapRect(lines, moved, reach);
  const by = { x: whole.x + (snapped?.by.x ?? 0), y: whole.y + (snapped?.by.y ?? 0) };
  return {
    placements: placementsOf(members, ({ placement }) => ({
      ...placement,
      // Snapped to the middle of something odd an item may lie on half a pixel.
      transform: snapped
        ? {
            ...placement.transform,
            x: placement.transform.x + by.x,
            y: placement.transform.y + by.y,
          }
        : moveBy(placement.transform, by),
    })),
    guides: snapped?.guides ?? [],
  };
};

/**
 * The delta that brings the dragged handle onto lines near to where it is. With `keepAspect` the handle goes along the ray
 * from what stays fixed, so only the nearer line counts.
 */
const snappedDelta = (
  delta: Point,
  handle: { readonly start: Point; readonly now: Point; readonly fixed: Point },
  axes: { readonly x: boolean; readonly y: boolean },
  keepAspect: boolean,
  { lines, reach }: Manner,
): Point => {
  if (!lines) return delta;
  const { start, now, fixed } = handle;
  const found = snapPoint(lines, now, reach);
  const x = axes.x ? found.x : null;
  const y = axes.y ? found.y : null;
  if (!keepAspect) {
    return {
      x: x === null ? delta.x : now.x + x - start.x,
      y: y === null ? delta.y : now.y + y - start.y,
    };
  }
  if (x === null && y === null) return delta;
  const byX = x !== null && (y === null || Math.abs(x) <= Math.abs(y));
  const ray = { x: now.x - fixed.x, y: now.y - fixed.y };
  const length = byX ? ray.x : ray.y;
  if (Math.abs(length) < 1) return delta;
  const factor = 1 + (byX ? (x ?? 0) : (y ?? 0)) / length;
  return {
    x: fixed.x + ray.x * factor - start.x,
    y: fixed.y + ray.y * factor - start.y,
  };
};

/** Which of the canvas's axes a handle of a turned box goes along. */
const axesOf = (
  handle: Handle,
  rotationDeg: number,
): { readonly x: boolean; readonly y: boolean } => {
  const { x, y } = sidesOf(handle);
  return rotationDeg % 180 === 0 ? { x: x !== 0, y: y !== 0 } : { x: y !== 0, y: x !== 0 };
};

const dragOne = (
  member: Member,
  type: "resize" | "crop",
  handle: Handle,
  delta: Point,
  manner: Manner,
): Dragged => {
  const { placement, size } = member;
  const keepAspect = type === "resize" && !manner.shift;
  const at = (by: Point): Placement =>
    type === "resize"
      ? resizeBy(placement, size, handle, by, keepAspect)
      : cropBy(placement, size, handle, by);
  const free = at(delta);
  const lines = isUpright(member) ? manner.lines : null;
  const by = snappedDelta(
    delta,
    {
      start: handlePoint(placement, size, handle),
      now: handlePoint(free, size, handle),
      fixed: handlePoint(placement, size, oppositeOf(handle)),
    },
    axesOf(handle, placement.transform.rotationDeg),
    keepAspect,
    { ...manner, lines },
  );
  const dragged = at(by);
  return {
    placements: new Map([[member.id, dragged]]),
    guides: lines ? guidesOn(lines, boundsOf(dragged, size)) : [],
  };
};

/** The factors by which a rectangle is scaled while its handle is dragged. */
const factorsOf = (box: Rect, handle: Handle, delta: Point, keepAspect: boolean): Point => {
  const along = sidesOf(handle);
  const low = {
    x: minSidePx / Math.max(minSidePx, box.width),
    y: minSidePx / Math.max(minSidePx, box.height),
  };
  const wanted = {
    x: along.x === 0 ? 1 : (box.width + along.x * delta.x) / box.width,
    y: along.y === 0 ? 1 : (box.height + along.y * delta.y) / box.height,
  };
  if (!keepAspect) return { x: Math.max(low.x, wanted.x), y: Math.max(low.y, wanted.y) };
  const diagonal =
    (wanted.x * box.width ** 2 + wanted.y * box.height ** 2) / (box.width ** 2 + box.height ** 2);
  const factor = along.x !== 0 && along.y !== 0 ? diagonal : along.x === 0 ? wanted.y : wanted.x;
  const kept = Math.max(low.x, low.y, factor);
  return { x: kept, y: kept };
};

const resizeMany = (
  members: readonly Member[],
  handle: Handle,
  delta: Point,
  manner: Manner,
): Dragged => {
  const box = boundsOfMembers(members);
  // Turned items would be sheared.
  const keepAspect = !manner.shift || !members.every(isUpright);
  const fixed = pointOf(box, oppositeOf(handle));
  const start = pointOf(box, handle);
  const nowAt = (by: Point): Point => {
    const factor = factorsOf(box, handle, by, keepAspect);
    return {
      x: fixed.x + (start.x - fixed.x) * factor.x,
      y: fixed.y + (start.y - fixed.y) * factor.y,
    };
  };
  const by = snappedDelta(
    delta,
    { start, now: nowAt(delta), fixed },
    axesOf(handle, 0),
    keepAspect,
    manner,
  );
  const factor = factorsOf(box, handle, by, keepAspect);
  const placements = placementsOf(members, ({ placement, size }) =>
    scaleAbout(placement, size, fixed, factor),
  );
  const after = members.map((member) => ({
    ...member,
    placement: placements.get(member.id) ?? member.placement,
  }));
  return {
    placements,
    guides: manner.lines ? guidesOn(manner.lines, boundsOfMembers(after)) : [],
  };
};

const angleOf = (about: Point, { x, y }: Point): number =>
  (Math.atan2(y - about.y, x - about.x) * 180) / Math.PI;

const rotate = (members: readonly Member[], from: Point, to: Point, manner: Manner): Dragged => {
  const box = boundsOfMembers(members);
  const about = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const wanted = angleOf(about, to) - angleOf(about, from);
  const [only] = members;
  // One item goes to round angles of its own; several by round steps from where they were.
  const base = members.length === 1 && only ? only.placement.transform.rotationDeg : 0;
  const turned = base + wanted;
  const quarter = Math.round(turned / 90) * 90;
  const step = Math.round(turned / stepDeg) * stepDeg;
  const free =
    manner.lines && Math.abs(turned - quarter) <= quarterReachDeg
      ? quarter
      : Math.round(turned * 10) / 10;
  const deg = (manner.shift ? step : free) - base;
  return {
    placements: placementsOf(members, ({ placement, size }) => turnBy(placement, size, about, deg)),
    guides: [],
  };
};

/** Where the items lie while the pointer is at `to`, and the lines that they have come to lie on. */
export const dragTo = (gesture: Gesture, to: Point, manner: Manner): Dragged => {
  const { from, members } = gesture;
  const delta = { x: to.x - from.x, y: to.y - from.y };
  const [only] = members;
  switch (gesture.type) {
    case "move":
      return move(members, delta, manner);
    case "resize":
    case "crop":
      return members.length === 1 && only
        ? dragOne(only, gesture.type, gesture.handle, delta, manner)
        : resizeMany(members, gesture.handle, delta, manner);
    case "rotate":
      return rotate(members, from, to, manner);
    default:
      return gesture satisfies never;
  }
};
