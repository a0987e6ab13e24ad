import type { Size } from "../../preload/contract/geometry.ts";
import type { Rect } from "../compositor/picture.ts";

/** Where alerts are in a picture, in its pixels: all inside, and none touches another that is used together with it. */
export interface AlertPlaces {
  /** Pixels of a look's unit. */
  readonly u: number;
  /** By slot, from the bottom up. */
  readonly banners: readonly Rect[];
  /** In the spotlight, or by its words alone above what fills the picture. */
  readonly spotlight: Rect;
  readonly filling: Rect;
  readonly folded: Rect;
}

/** Smaller units make names unreadable: where there is no room for them alerts are scaled down as a whole. */
const smallestUnit = 0.6;

/** In shares of the picture. Lying: banners at the left, the spotlight at the right. Upright: the spotlight over the banners, and
 * words over the middle, where what lies and is shown there has its band. */
const shares = {
  lying: {
    banners: { x: 0.01, y: 0.14, width: 0.49, height: 0.66 },
    spotlight: { x: 0.5, y: 0.08, width: 0.49, height: 0.78 },
    filling: { x: 0.05, y: 0.02, width: 0.9, height: 0.115 },
    folded: { x: 0.03, y: 0.81, width: 0.46, height: 0.05 },
  },
  upright: {
    banners: { x: 0.01, y: 0.46, width: 0.98, height: 0.34 },
    spotlight: { x: 0.02, y: 0.08, width: 0.96, height: 0.37 },
    filling: { x: 0.04, y: 0.165, width: 0.92, height: 0.07 },
    folded: { x: 0.05, y: 0.81, width: 0.9, height: 0.035 },
  },
} as const;

export const placesOf = ({ width, height }: Size, bannerSlots: number): AlertPlaces => {
  const share = height > width ? shares.upright : shares.lying;
  const inPixels = (rect: Rect): Rect => ({
    x: rect.x * width,
    y: rect.y * height,
    width: rect.width * width,
    height: rect.height * height,
  });
  const area = inPixels(share.banners);
  const slotHeight = area.height / bannerSlots;
  return {
    u: Math.max(smallestUnit, Math.min(width, height) / 720),
    banners: Array.from({ length: bannerSlots }, (_, slot) => ({
      x: area.x,
      y: area.y + (bannerSlots - 1 - slot) * slotHeight,
      width: area.width,
      height: slotHeight,
    })),
    spotlight: inPixels(share.spotlight),
    filling: inPixels(share.filling),
    folded: inPixels(share.folded),
  };
};
