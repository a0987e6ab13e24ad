import type { Size } from "../../preload/contract/geometry.ts";
import type { PlacedPicture, Picture, Rect } from "../compositor/picture.ts";
import { laneOf } from "./alert.ts";
import { type Pose, poseAt } from "./alert-motion.ts";
import type { DrawnAlert } from "./alert-pictures.ts";
import type { Dress } from "./dress.ts";
import type { Moving } from "./alert-shows.ts";
import type { ActiveAlert } from "./queue.ts";

/** Sparks that fly from a count that is celebrated. */
const burstSparks = 12;

/** A picture with its middle at a point. */
const centred = (
  picture: Picture,
  x: number,
  y: number,
  scale: number,
  opacity: number,
): PlacedPicture => ({
  picture,
  rect: {
    x: x - (picture.width * scale) / 2,
    y: y - (picture.height * scale) / 2,
    width: picture.width * scale,
    height: picture.height * scale,
  },
  opacity,
});

/** Scatters by index without chance, so that a picture depends on its time alone. From 0 to 1. */
const scatter = (index: number, salt: number): number => {
  const value = Math.sin(index * 12.9898 + salt * 78.233) * 43_758.5453;
  return value - Math.floor(value);
};

interface Placing {
  readonly active: ActiveAlert;
  readonly dress: Dress;
  /** The whole picture is, or will be, filled by what moves. */
  readonly fills: boolean;
  readonly drawn: DrawnAlert;
  readonly moving: Moving | undefined;
  readonly place: Rect;
  /** Of the alerts' picture. */
  readonly size: Size;
  readonly u: number;
  readonly nowMs: number;
}

/** Around the card and over it, without end. */
const placeSparks = (
  input: Placing,
  pose: Pose,
  at: {
    readonly left: number;
    readonly middleX: number;
    readonly iconY: number;
    readonly middleY: number;
    readonly scale: number;
  },
): PlacedPicture[] => {
  const { active, drawn, nowMs, u } = input;
  const { tone } = input.dress;
  const spotlight = laneOf(active.alert) === "spotlight";
  const ageMs = nowMs - active.startedAtMs;
  return Array.from({ length: tone.sparks }, (_, index) => {
    const periodMs = 1_500 + 1_100 * scatter(index, 1);
    const phase = (ageMs / periodMs + scatter(index, 2)) % 1;
    const angle = scatter(index, 3) * Math.PI * 2;
    const reach = (spotlight ? 120 + 190 * phase : 18 + 34 * phase) * u * at.scale;
    const x = spotlight
      ? at.middleX + Math.cos(angle) * reach * 1.15
      : at.left + scatter(index, 4) * drawn.card.width * at.scale;
    const y = spotlight
      ? at.iconY + Math.sin(angle) * reach
      : at.middleY + (index % 2 ? 1 : -1) * (tone.height * 0.36 * u * at.scale + reach * 0.5);
    const twinkle = Math.sin(phase * Math.PI);
    return centred(
      drawn.spark,
      x,
      y,
      (0.45 + 0.75 * scatter(index, 5)) * at.scale,
      pose.opacity * twinkle * 0.95,
    );
  });
};

/** Away from a count that is celebrated, once. */
const placeBurst = (input: Placing, pose: Pose, x: number, y: number): PlacedPicture[] => {
  const { burst } = pose;
  if (burst === null) return [];
  const { drawn, dress, u } = input;
  const reach = dress.tone.countSize * u * (0.5 + 1.1 * (1 - (1 - burst) ** 2));
  return Array.from({ length: burstSparks }, (_, index) => {
    const angle = (index / burstSparks) * Math.PI * 2 + scatter(index, 6) * 0.4;
    const size = 0.9 + 0.8 * scatter(index, 7);
    return centred(
      drawn.spark,
      x + Math.cos(angle) * reach * 1.3,
      y + Math.sin(angle) * reach * 0.8,
      size,
      pose.opacity * (1 - burst),
    );
  });
};

/** Designs leave room around their figure for what flies from it: so much larger than the icon are they shown. */
const movingSpread = 1.6;
/**
 * What lies and is shown in a picture that stands is enlarged as far, and cut at its sides: figures are in the middle, and
 * a band that is as narrow as the picture would show them small.
 */
const mostEnlarged = 1.6;
/** An animation that comes so long after its alert fades in. */
const lateMs = 60;
const fadeInMs = 160;

/** Inside the picture, as far as it has room. */
const movedInside = (area: Rect, { width, height }: Size): Rect => ({
  ...area,
  x: Math.max(0, Math.min(area.x, width - area.width)),
  y: Math.max(0, Math.min(area.y, height - area.height)),
});

const opacityOf = ({ active, nowMs }: Placing, { sinceMs }: Moving, pose: Pose): number => {
  const isLate = sinceMs - active.startedAtMs > lateMs;
  return pose.opacity * (isLate ? Math.min(1, (nowMs - sinceMs) / fadeInMs) : 1);
};

/** As large as it fits, its middle in the middle. */
const placeMoving = (input: Placing, moving: Moving, area: Rect, pose: Pose): PlacedPicture => {
  const { picture } = moving;
  const fit = Math.min(area.width / picture.width, area.height / picture.height);
  const opacity = opacityOf(input, moving, pose);
  return centred(picture, area.x + area.width / 2, area.y + area.height / 2, fit, opacity);
};

/** In the middle of the whole picture. */
const placeFilling = (input: Placing, moving: Moving, pose: Pose): PlacedPicture => {
  const { picture } = moving;
  const { width, height } = input.size;
  const fit = Math.min(width / picture.width, height / picture.height);
  const enlarged =
    picture.width > picture.height && height > width
      ? Math.min(fit * mostEnlarged, height / picture.height)
      : fit;
  const seen = Math.min(picture.width, width / enlarged);
  const opacity = opacityOf(input, moving, pose);
  const high = picture.height * enlarged;
  return {
    picture,
    from: { x: (picture.width - seen) / 2, y: 0, width: seen, height: picture.height },
    rect: {
      x: (width - seen * enlarged) / 2,
      y: (height - high) / 2,
      width: seen * enlarged,
      height: high,
    },
    opacity,
  };
};

/** Inside its place: made smaller as a whole where it would not fit. */
export const placeAlert = (input: Placing): readonly PlacedPicture[] => {
  const { active, drawn, fills, moving, place, nowMs, size } = input;
  const { card, count, rays } = drawn;
  const pose = poseAt(active, nowMs);
  const spotlight = laneOf(active.alert) === "spotlight";
  const countWidth = count?.picture.width ?? 0;
  const fromMiddle = drawn.countX - card.width / 2 + countWidth;
  const width = spotlight
    ? Math.max(card.width, count ? 2 * fromMiddle : 0)
    : Math.max(card.width, count ? drawn.countX + countWidth : 0);
  const fit = Math.min(1, place.width / width, place.height / (drawn.bottom - drawn.top));
  const scale = fit * pose.scale;
  const filled = fills && moving ? placeFilling(input, moving, pose) : undefined;
  const restingX = spotlight ? place.x + place.width / 2 : place.x + (card.width * fit) / 2;
  const middleX = restingX + pose.x * card.width * fit;
  const middleY =
    place.y +
    place.height / 2 +
    (card.height / 2 - (drawn.top + drawn.bottom) / 2) * fit +
    pose.y * card.height * fit;
  const left = middleX - (card.width * scale) / 2;
  const top = middleY - (card.height * scale) / 2;
  const { icon } = drawn;
  const iconY = icon ? top + (icon.y + icon.height / 2) * scale : middleY;
  const placed: PlacedPicture[] = [];
  if (rays) {
    const swell = 1 + 0.06 * Math.sin((nowMs - active.startedAtMs) / 420);
    placed.push(centred(rays, middleX, iconY, swell * scale, pose.opacity));
  }
  const cardPlaced = {
    picture: card,
    rect: { x: left, y: top, width: card.width * scale, height: card.height * scale },
    opacity: pose.opacity,
  };
  if (filled) placed.push(filled);
  if (moving && icon && !fills) {
    const spread = (movingSpread - 1) / 2;
    const around = {
      x: left + (icon.x - spread * icon.width) * scale,
      y: top + (icon.y - spread * icon.height) * scale,
      width: movingSpread * icon.width * scale,
      height: movingSpread * icon.height * scale,
    };
    placed.push(cardPlaced, placeMoving(input, moving, movedInside(around, size), pose));
  } else placed.push(cardPlaced);
  if (!fills) placed.push(...placeSparks(input, pose, { left, middleX, iconY, middleY, scale }));
  if (count) {
    const x = left + (drawn.countX + countWidth / 2) * scale;
    const y = top + drawn.countY * scale;
    placed.push(...placeBurst(input, pose, x, y));
    placed.push(centred(count.picture, x, y, pose.countScale * scale, pose.opacity));
  }
  // What has not come in yet, or has left, is not worth drawing.
  return placed.filter(({ opacity }) => opacity > 0.004);
};
