import type { Crop, Size, Transform } from "../../preload/contract/geometry.ts";
import {
  type Affine,
  cornersOf as cornersAfter,
  hullOf,
  invert,
  mapPoint,
  turnAbout,
} from "../compositor/affine.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where a source lies on a canvas: what an item holds besides its source. */
export interface Placement {
  readonly transform: Transform;
  readonly crop: Crop;
}

/** How a canvas is shown on the stage: stage CSS pixels a canvas pixel, and where its top-left corner is. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export type Handle = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";
export const handles: readonly Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

/** In the canvas's corner, in the source's own pixels, upright. */
export const plainTransform: Transform = {
  x: 0,
  y: 0,
  scaleX: 1,
  scaleY: 1,
  rotationDeg: 0,
  flipX: false,
  flipY: false,
};

export const noCrop: Crop = { left: 0, top: 0, right: 0, bottom: 0 };

const maxPx = 100_000;
const minScale = 0.001;
const maxScale = 1_000;
/** A resize leaves at least this much of an item to grab, in canvas pixels. */
const minSidePx = 4;

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

/** The largest view of the canvas inside an area, centred, with a margin on each side. */
export const fitView = (
  canvas: Size,
  area: { readonly width: number; readonly height: number },
  marginPx: number,
): View => {
  const width = Math.max(1, area.width - 2 * marginPx);
  const height = Math.max(1, area.height - 2 * marginPx);
  const scale = Math.min(width / canvas.width, height / canvas.height);
  return {
    scale,
    left: (area.width - canvas.width * scale) / 2,
    top: (area.height - canvas.height * scale) / 2,
  };
};

export const toCanvas = (view: View, point: Point): Point => ({
  x: (point.x - view.left) / view.scale,
  y: (point.y - view.top) / view.scale,
});

export const toStage = (view: View, point: Point): Point => ({
  x: point.x * view.scale + view.left,
  y: point.y * view.scale + view.top,
});

/** What is left of a source after its crop: at least one pixel, also where the source has shrunk since. */
export const croppedSize = (crop: Crop, size: Size): { width: number; height: number } => ({
  width: Math.max(1, size.width - crop.left - crop.right),
  height: Math.max(1, size.height - crop.top - crop.bottom),
});

/** The item's box on the canvas before it is turned, given its source's natural size. */
export const boxOf = ({ transform, crop }: Placement, size: Size): Rect => {
  const cropped = croppedSize(crop, size);
  return {
    x: transform.x,
    y: transform.y,
    width: cropped.width * transform.scaleX,
    height: cropped.height * transform.scaleY,
  };
};

export const middleOf = ({ x, y, width, height }: Rect): Point => ({
  x: x + width / 2,
  y: y + height / 2,
});

type Corners = readonly [Point, Point, Point, Point];

/** What turns the item's box; a mirrored box covers what it covered before. */
const turnOf = (placement: Placement, box: Rect): Affine =>
  turnAbout(middleOf(box), placement.transform.rotationDeg);

/** Where the box's corners lie on the canvas: top-left, top-right, bottom-right, bottom-left before it was turned. */
export const cornersOf = (placement: Placement, size: Size): Corners => {
  const box = boxOf(placement, size);
  return cornersAfter(box, turnOf(placement, box));
};

/** The smallest upright rectangle around the item as it lies. */
export const boundsOf = (placement: Placement, size: Size): Rect =>
  placement.transform.rotationDeg === 0
    ? boxOf(placement, size)
    : hullOf(cornersOf(placement, size));

/** The smallest rectangle around all of these; null of none. */
export const unionOf = (rects: readonly Rect[]): Rect | null =>
  rects.length === 0
    ? null
    : hullOf(
        rects.flatMap(({ x, y, width, height }) => [
          { x, y },
          { x: x + width, y: y + height },
        ]),
      );

export const contains = (rect: Rect, point: Point): boolean =>
  point.x >= rect.x &&
  point.x <= rect.x + rect.width &&
  point.y >= rect.y &&
  point.y <= rect.y + rect.height;

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** Does the item, as it lies, cover the point? */
export const covers = (placement: Placement, size: Size, point: Point): boolean => {
  const box = boxOf(placement, size);
  return contains(box, mapPoint(invert(turnOf(placement, box)), point));
};

const within = (value: number): number => clamp(value, -maxPx, maxPx);

/** From 0 up to 360. */
export const degrees = (deg: number): number => {
  const turned = ((deg % 360) + 360) % 360;
  return turned === 360 ? 0 : turned;
};

/** Moved by whole canvas pixels, so that unscaled pictures stay crisp. */
export const moveBy = (transform: Transform, delta: Point): Transform => ({
  ...transform,
  x: within(Math.round(transform.x + delta.x)),
  y: within(Math.round(transform.y + delta.y)),
});

/** -1 where the handle drags the left (or top) side, 1 the right (bottom), 0 neither. */
export const sidesOf = (handle: Handle): { readonly x: -1 | 0 | 1; readonly y: -1 | 0 | 1 } => ({
  x: handle.includes("w") ? -1 : handle.includes("e") ? 1 : 0,
  y: handle.includes("n") ? -1 : handle.includes("s") ? 1 : 0,
});

/** The handle's place on a rectangle. */
export const pointOf = (rect: Rect, handle: Handle): Point => {
  const sides = sidesOf(handle);
  return {
    x: rect.x + ((1 + sides.x) / 2) * rect.width,
    y: rect.y + ((1 + sides.y) / 2) * rect.height,
  };
};

/** The handle's place on the canvas. */
export const handlePoint = (placement: Placement, size: Size, handle: Handle): Point => {
  const box = boxOf(placement, size);
  return mapPoint(turnOf(placement, box), pointOf(box, handle));
};

const opposite: Readonly<Record<Handle, Handle>> = {
  nw: "se",
  n: "s",
  ne: "sw",
  e: "w",
  se: "nw",
  s: "n",
  sw: "ne",
  w: "e",
};
/** The handle that stays where it is while another one is dragged. */
export const oppositeOf = (handle: Handle): Handle => opposite[handle];

const factorRange = (side: number, scale: number): readonly [number, number] => [
  Math.min(1, Math.max(minSidePx / side, minScale / scale)),
  Math.max(1, maxScale / scale),
];

/** A direction of the canvas as the box has it before it is turned. */
const untwist = ({ rotationDeg }: Transform, delta: Point): Point =>
  mapPoint(turnAbout({ x: 0, y: 0 }, -rotationDeg), delta);

/** Moves a placement so that a handle lies at a point of the canvas. */
const pinned = (placement: Placement, size: Size, handle: Handle, at: Point): Placement => {
  const now = handlePoint(placement, size, handle);
  const { transform } = placement;
  return {
    ...placement,
    transform: {
      ...transform,
      x: within(transform.x + at.x - now.x),
      y: within(transform.y + at.y - now.y),
    },
  };
};

/**
 * The placement after a handle was dragged by `delta` canvas pixels from where the drag began. The opposite corner
 * (for an edge: the opposite edge) stays. With `keepAspect` a corner follows the pointer along its diagonal, and an
 * edge scales the other axis about its middle.
 */
export const resizeBy = (
  placement: Placement,
  size: Size,
  handle: Handle,
  delta: Point,
  keepAspect: boolean,
): Placement => {
  const from = boxOf(placement, size);
  const { transform } = placement;
  const along = sidesOf(handle);
  const local = untwist(transform, delta);
  const wantedWidth = from.width + along.x * local.x;
  const wantedHeight = from.height + along.y * local.y;
  const [lowX, highX] = factorRange(from.width, transform.scaleX);
  const [lowY, highY] = factorRange(from.height, transform.scaleY);
  let factorX = wantedWidth / from.width;
  let factorY = wantedHeight / from.height;
  if (keepAspect) {
    const wanted =
      along.x !== 0 && along.y !== 0
        ? (wantedWidth * from.width + wantedHeight * from.height) /
          (from.width ** 2 + from.height ** 2)
        : along.x !== 0
          ? factorX
          : factorY;
    factorX = clamp(wanted, Math.max(lowX, lowY), Math.min(highX, highY));
    factorY = factorX;
  } else {
    factorX = along.x === 0 ? 1 : clamp(factorX, lowX, highX);
    factorY = along.y === 0 ? 1 : clamp(factorY, lowY, highY);
  }
  const scaled: Placement = {
    ...placement,
    transform: {
      ...transform,
      scaleX: clamp(transform.scaleX * factorX, minScale, maxScale),
      scaleY: clamp(transform.scaleY * factorY, minScale, maxScale),
    },
  };
  const fixed = oppositeOf(handle);
  return pinned(scaled, size, fixed, handlePoint(placement, size, fixed));
};

/** What is cut of one side of a source, when the other side's crop and the whole length are these. */
const cut = (start: number, other: number, side: number, by: number): number =>
  Math.round(clamp(start + by, 0, Math.max(0, side - other - 1)));

/**
 * The placement after a handle was dragged by `delta` canvas pixels to crop: the dragged sides cut or uncover what is
 * seen there, everything else stays where it is. At least one source pixel is left.
 */
export const cropBy = (
  placement: Placement,
  size: Size,
  handle: Handle,
  delta: Point,
): Placement => {
  const { transform, crop } = placement;
  const local = untwist(transform, delta);
  const byX = local.x / transform.scaleX;
  const byY = local.y / transform.scaleY;
  // What is seen on the left of a mirrored item is the source's right.
  const along = sidesOf(handle);
  const x = transform.flipX ? -along.x : along.x;
  const y = transform.flipY ? -along.y : along.y;
  const next = { ...crop };
  if (x === -1) next.left = cut(crop.left, crop.right, size.width, -along.x * byX);
  if (x === 1) next.right = cut(crop.right, crop.left, size.width, -along.x * byX);
  if (y === -1) next.top = cut(crop.top, crop.bottom, size.height, -along.y * byY);
  if (y === 1) next.bottom = cut(crop.bottom, crop.top, size.height, -along.y * byY);
  const fixed = oppositeOf(handle);
  return pinned({ transform, crop: next }, size, fixed, handlePoint(placement, size, fixed));
};

/** Turned clockwise about a point of the canvas. */
export const turnBy = (placement: Placement, size: Size, about: Point, deg: number): Placement => {
  const middle = middleOf(boxOf(placement, size));
  const to = mapPoint(turnAbout(about, deg), middle);
  const { transform } = placement;
  return {
    ...placement,
    transform: {
      ...transform,
      x: within(transform.x + to.x - middle.x),
      y: within(transform.y + to.y - middle.y),
      rotationDeg: degrees(transform.rotationDeg + deg),
    },
  };
};

/**
 * Scaled along the canvas's axes about a point of it. Where the item is turned by less than a quarter, both axes take the
 * mean of the factors, since it would be sheared otherwise.
 */
export const scaleAbout = (
  placement: Placement,
  size: Size,
  about: Point,
  factor: Point,
): Placement => {
  const { transform } = placement;
  const quarter = degrees(transform.rotationDeg) % 180;
  const mean = Math.sqrt(factor.x * factor.y);
  const own =
    quarter === 0 ? factor : quarter === 90 ? { x: factor.y, y: factor.x } : { x: mean, y: mean };
  const middle = middleOf(boxOf(placement, size));
  const scaled: Placement = {
    ...placement,
    transform: {
      ...transform,
      scaleX: clamp(transform.scaleX * own.x, minScale, maxScale),
      scaleY: clamp(transform.scaleY * own.y, minScale, maxScale),
    },
  };
  return centredAt(scaled, size, {
    x: about.x + (middle.x - about.x) * factor.x,
    y: about.y + (middle.y - about.y) * factor.y,
  });
};

/** With its middle at a point of the canvas. */
export const centredAt = (placement: Placement, size: Size, at: Point): Placement => {
  const middle = middleOf(boxOf(placement, size));
  const { transform } = placement;
  return {
    ...placement,
    transform: {
      ...transform,
      x: within(transform.x + at.x - middle.x),
      y: within(transform.y + at.y - middle.y),
    },
  };
};

/** Mirrored as it is seen: across the canvas's axis, about its own middle. */
export const flipped = (placement: Placement, axis: "x" | "y"): Placement => {
  const { transform } = placement;
  return {
    ...placement,
    transform: {
      ...transform,
      rotationDeg: degrees(-transform.rotationDeg),
      ...(axis === "x" ? { flipX: !transform.flipX } : { flipY: !transform.flipY }),
    },
  };
};

/** As large as the canvas allows with its own aspect, centred; the crop, the turn and the mirroring stay. */
export const fitToCanvas = (placement: Placement, size: Size, canvas: Size): Placement => {
  const upright = boundsOf(
    { ...placement, transform: { ...placement.transform, scaleX: 1, scaleY: 1 } },
    size,
  );
  const scale = clamp(
    Math.min(canvas.width / upright.width, canvas.height / upright.height),
    minScale,
    maxScale,
  );
  return centredAt(
    { ...placement, transform: { ...placement.transform, scaleX: scale, scaleY: scale } },
    size,
    { x: canvas.width / 2, y: canvas.height / 2 },
  );
};

/** As small as leaves nothing of the canvas free, with its own aspect, centred; the crop, the turn and the mirroring stay. */
export const fillCanvas = (placement: Placement, size: Size, canvas: Size): Placement => {
  const cropped = croppedSize(placement.crop, size);
  // The canvas as it lies in the picture's own directions.
  const turn = (placement.transform.rotationDeg * Math.PI) / 180;
  const [along, across] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const scale = clamp(
    Math.max(
      (canvas.width * along + canvas.height * across) / cropped.width,
      (canvas.width * across + canvas.height * along) / cropped.height,
    ),
    minScale,
    maxScale,
  );
  return centredAt(
    { ...placement, transform: { ...placement.transform, scaleX: scale, scaleY: scale } },
    size,
    { x: canvas.width / 2, y: canvas.height / 2 },
  );
};

/** Over all of the canvas, out of its own aspect; turned to the nearest quarter. */
export const stretchToCanvas = (placement: Placement, size: Size, canvas: Size): Placement => {
  const cropped = croppedSize(placement.crop, size);
  const rotationDeg = degrees(Math.round(placement.transform.rotationDeg / 90) * 90);
  const lies = rotationDeg % 180 !== 0;
  return centredAt(
    {
      ...placement,
      transform: {
        ...placement.transform,
        rotationDeg,
        scaleX: clamp((lies ? canvas.height : canvas.width) / cropped.width, minScale, maxScale),
        scaleY: clamp((lies ? canvas.width : canvas.height) / cropped.height, minScale, maxScale),
      },
    },
    size,
    { x: canvas.width / 2, y: canvas.height / 2 },
  );
};

const uncut: Placement = { transform: plainTransform, crop: noCrop };

/** In its own pixels, centred; fitted where it is larger than the canvas. */
export const centreOnCanvas = (size: Size, canvas: Size): Placement =>
  size.width > canvas.width || size.height > canvas.height
    ? fitToCanvas(uncut, size, canvas)
    : {
        crop: noCrop,
        transform: {
          ...plainTransform,
          x: Math.round((canvas.width - size.width) / 2),
          y: Math.round((canvas.height - size.height) / 2),
        },
      };
