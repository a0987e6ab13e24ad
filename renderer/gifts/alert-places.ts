import type {
  AlertBox,
  AlertTemplate,
  Orientation,
} from "../../preload/contract/alert-template.ts";
import type { Size } from "../../preload/contract/geometry.ts";
import type { Rect } from "../compositor/picture.ts";

/** Where a template's alerts are in a picture, in its pixels; all are inside. */
export interface AlertPlaces {
  /** Pixels of a template's unit. */
  readonly u: number;
  /** By slot, from the bottom up. */
  readonly banners: readonly Rect[];
  /** In the spotlight, or by its words alone above what fills the picture. */
  readonly spotlight: Rect;
  readonly filling: Rect;
  /** Below the banners, above them where there is no room. */
  readonly folded: Rect;
}

/** Smaller units make names unreadable: where there is no room for them alerts are scaled down as a whole. */
const smallestUnit = 0.6;
/** In units of the picture. */
const foldedHeight = 38;
const foldedGap = 5;
const foldedIndent = 16;

export const orientationOf = ({ width, height }: Size): Orientation =>
  height > width ? "upright" : "lying";

export const placesOf = (
  size: Size,
  bannerSlots: number,
  template: Pick<AlertTemplate, "places">,
): AlertPlaces => {
  const { width, height } = size;
  const layout = template.places[orientationOf(size)];
  const inPixels = (box: AlertBox): Rect => ({
    x: box.x * width,
    y: box.y * height,
    width: Math.min(box.width, 1 - box.x) * width,
    height: Math.min(box.height, 1 - box.y) * height,
  });
  const short = Math.min(width, height) / 720;
  const area = inPixels(layout.banner);
  const slotHeight = area.height / bannerSlots;
  const below = area.y + area.height + foldedGap * short;
  const high = foldedHeight * short;
  return {
    u: Math.max(smallestUnit, short) * layout.scale,
    banners: Array.from({ length: bannerSlots }, (_, slot) => ({
      x: area.x,
      y: area.y + (bannerSlots - 1 - slot) * slotHeight,
      width: area.width,
      height: slotHeight,
    })),
    spotlight: inPixels(layout.spotlight),
    filling: inPixels(layout.filling),
    folded: {
      x: area.x + Math.min(foldedIndent * short, area.width / 4),
      y: below + high <= height ? below : Math.max(0, area.y - high - foldedGap * short),
      width: area.width - Math.min(foldedIndent * short, area.width / 4),
      height: high,
    },
  };
};
