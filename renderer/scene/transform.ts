import type { Crop, Size, Transform } from "../../preload/contract/geometry.ts";

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

/** The item's rectangle on the canvas, given its source's natural size. */
export const boundsOf = ({ transform, crop }: Placement, size: Size): Rect => {
  const cropped = croppedSize(crop, size);
  return {
    x: transform.x,
    y: transform.y,
    width: cropped.width * transform.scaleX,
    height: cropped.height * transform.scaleY,
  };
};

export const contains = (rect: Rect, point: Point): boolean =>
  point.x >= rect.x &&
  point.x <= rect.x + rect.width &&
  point.y >= rect.y &&
  point.y <= rect.y + rect.height;

/** Moved by whole canvas pixels, so that unscaled pictures stay crisp. */
export const moveBy = (transform: Transform, delta: Point): Transform => ({
  ...transform,
  x: clamp(Math.round(transform.x + delta.x), -maxPx, maxPx),
  y: clamp(Math.round(transform.y + delta.y), -maxPx, maxPx),
});

/** -1 where the handle drags the left (or top) side, 1 the right (bottom), 0 neither. */
const sideX = (handle: Handle): -1 | 0 | 1 =>
  handle.includes("w") ? -1 : handle.includes("e") ? 1 : 0;
const sideY = (handle: Handle): -1 | 0 | 1 =>
  handle.includes("n") ? -1 : handle.includes("s") ? 1 : 0;

const factorRange = (side: number, scale: number): readonly [number, number] => [
  Math.min(1, Math.max(minSidePx / side, minScale / scale)),
  Math.max(1, maxScale / scale),
];

/** How far the near side of a rectangle moves when a side is scaled away from what stays fixed. */
const shift = (along: -1 | 0 | 1, side: number, factor: number): number =>
  along === 1 ? 0 : ((1 - factor) * side) / (along === 0 ? 2 : 1);

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
  const from = boundsOf(placement, size);
  const { transform } = placement;
  const alongX = sideX(handle);
  const alongY = sideY(handle);
  const wantedWidth = from.width + alongX * delta.x;
  const wantedHeight = from.height + alongY * delta.y;
  const [lowX, highX] = factorRange(from.width, transform.scaleX);
  const [lowY, highY] = factorRange(from.height, transform.scaleY);
  let factorX = wantedWidth / from.width;
  let factorY = wantedHeight / from.height;
  if (keepAspect) {
    const wanted =
      alongX !== 0 && alongY !== 0
        ? (wantedWidth * from.width + wantedHeight * from.height) /
          (from.width ** 2 + from.height ** 2)
        : alongX !== 0
          ? factorX
          : factorY;
    factorX = clamp(wanted, Math.max(lowX, lowY), Math.min(highX, highY));
    factorY = factorX;
  } else {
    factorX = alongX === 0 ? 1 : clamp(factorX, lowX, highX);
    factorY = alongY === 0 ? 1 : clamp(factorY, lowY, highY);
  }
  return {
    ...placement,
    transform: {
      ...transform,
      x: clamp(transform.x + shift(alongX, from.width, factorX), -maxPx, maxPx),
      y: clamp(transform.y + shift(alongY, from.height, factorY), -maxPx, maxPx),
      scaleX: clamp(transform.scaleX * factorX, minScale, maxScale),
      scaleY: clamp(transform.scaleY * factorY, minScale, maxScale),
    },
  };
};

/**
 * The placement after a handle was dragged by `delta` canvas pixels to crop: the dragged sides cut or uncover the
 * source, everything else stays where it is. At least one source pixel is left.
 */
export const cropBy = (
  placement: Placement,
  size: Size,
  handle: Handle,
  delta: Point,
): Placement => {
  const { transform, crop } = placement;
  const cut = (start: number, other: number, side: number, by: number) =>
    Math.round(clamp(start + by, 0, Math.max(0, side - other - 1)));
  const byX = delta.x / transform.scaleX;
  const byY = delta.y / transform.scaleY;
  const next = { ...crop };
  if (sideX(handle) === -1) next.left = cut(crop.left, crop.right, size.width, byX);
  if (sideX(handle) === 1) next.right = cut(crop.right, crop.left, size.width, -byX);
  if (sideY(handle) === -1) next.top = cut(crop.top, crop.bottom, size.height, byY);
  if (sideY(handle) === 1) next.bottom = cut(crop.bottom, crop.top, size.height, -byY);
  return {
    crop: next,
    transform: {
      ...transform,
      x: clamp(transform.x + (next.left - crop.left) * transform.scaleX, -maxPx, maxPx),
      y: clamp(transform.y + (next.top - crop.top) * transform.scaleY, -maxPx, maxPx),
    },
  };
};

/** As large as the canvas allows with its own aspect, centred; the crop stays. */
export const fitToCanvas = (crop: Crop, size: Size, canvas: Size): Placement => {
  const cropped = croppedSize(crop, size);
  const scale = clamp(
    Math.min(canvas.width / cropped.width, canvas.height / cropped.height),
    minScale,
    maxScale,
  );
  return {
    crop,
    transform: {
      ...plainTransform,
      x: (canvas.width - cropped.width * scale) / 2,
      y: (canvas.height - cropped.height * scale) / 2,
      scaleX: scale,
      scaleY: scale,
    },
  };
};

/** In its own pixels, centred; fitted where it is larger than the canvas. */
export const centreOnCanvas = (size: Size, canvas: Size): Placement =>
  size.width > canvas.width || size.height > canvas.height
    ? fitToCanvas(noCrop, size, canvas)
    : {
        crop: noCrop,
        transform: {
          ...plainTransform,
          x: Math.round((canvas.width - size.width) / 2),
          y: Math.round((canvas.height - size.height) / 2),
        },
      };
