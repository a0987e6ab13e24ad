import type { Size } from "../../preload/contract/geometry.ts";

/** A rectangle of the desktop, in its device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the title bar so much has to be on a screen, else the window cannot be taken hold of. */
const graspPx = 64;

const overlapPx = (fromA: number, sizeA: number, fromB: number, sizeB: number): number =>
  Math.min(fromA + sizeA, fromB + sizeB) - Math.max(fromA, fromB);

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most));

/**
 * Where a window opens that had `saved` before: there, as long as it can be taken hold of on one of the screens
 * (`workAreas`, the main one first); else at the right edge of the main one, in its old size as far as that fits.
 */
export const placeWindow = (
  saved: Bounds | null,
  usual: Size,
  workAreas: readonly [Bounds, ...Bounds[]],
): Bounds => {
  const canBeGrasped = (area: Bounds, at: Bounds): boolean =>
    overlapPx(at.x, at.width, area.x, area.width) >= graspPx &&
    at.y >= area.y &&
    overlapPx(at.y, at.height, area.y, area.height) >= graspPx;
  const area = saved && workAreas.find((each) => canBeGrasped(each, saved));
  const [main] = workAreas;
  const on = area ?? main;
  const { width, height } = saved ?? usual;
  const size = { width: Math.min(width, on.width), height: Math.min(height, on.height) };
  if (saved && area)
    return {
      x: clamp(saved.x, on.x + graspPx - size.width, on.x + on.width - graspPx),
      y: clamp(saved.y, on.y, on.y + on.height - graspPx),
      ...size,
    };
  return {
    x: on.x + on.width - size.width,
    y: on.y + Math.floor((on.height - size.height) / 2),
    ...size,
  };
};
