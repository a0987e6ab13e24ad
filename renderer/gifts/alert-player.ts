import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import type { AlertRule, Locale } from "../../preload/contract/settings.ts";
import {
  type Picture,
  type PlacedPicture,
  pictureOfCanvas,
  type Rect,
} from "../compositor/picture.ts";
import type { AlertCue } from "../compositor/protocol.ts";
import { type Alert, laneOf, valueOf } from "./alert.ts";
import { type CardContent, drawBanner, drawFolded, drawSpotlight } from "./alert-drawing.ts";
import { type AlertLook, foldedLine, lineOf, lookOf } from "./alert-look.ts";
import { type Pose, poseAt } from "./alert-motion.ts";
import { drawCount, drawRays, drawSpark } from "./alert-ornaments.ts";
import { type AlertPlaces, placesOf } from "./alert-places.ts";
import { GiftPictures } from "./gift-pictures.ts";
import {
  type ActiveAlert,
  advanceQueue,
  type AlertControl,
  type AlertQueue,
  controlQueue,
  emptyQueue,
  enqueueEvents,
  slotsOf,
} from "./queue.ts";

/** Sparks that fly from a count that is celebrated. */
const burstSparks = 12;

/** Pictures of one alert that is shown, for one alerts source. */
interface DrawnAlert {
  readonly key: string;
  readonly card: Picture;
  readonly countX: number;
  readonly countY: number;
  /** What is seen of the card, without its shadows. */
  readonly top: number;
  readonly bottom: number;
  readonly rays: Picture | undefined;
  readonly spark: Picture;
  readonly count: { readonly of: number; readonly picture: Picture } | undefined;
}

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

const cueOf = (alert: Alert): AlertCue =>
  alert.tier === "follow" ? { kind: "follow" } : { kind: "gift", tier: alert.tier };

/** Plays alerts in their lanes: what is to be seen at a time, and when something is to be heard. Lives in the worker. */
export class AlertPlayer {
  readonly #onCue: (cue: AlertCue) => void;
  readonly #onScene: (scene: NonNullable<Alert["scene"]>) => void;
  readonly #giftPictures: GiftPictures;
  /** By source and place. */
  readonly #drawn = new Map<string, DrawnAlert>();
  readonly #folded = new Map<string, { readonly key: string; readonly picture: Picture }>();
  #locale: Locale;
  #rules: readonly AlertRule[];
  #queue: AlertQueue = emptyQueue;
  #version = 0;

  constructor(options: {
    readonly baseUrl: string;
    readonly locale: Locale;
    readonly rules: readonly AlertRule[];
    readonly onCue: (cue: AlertCue) => void;
    /** An alert has begun whose rule wants this scene. */
    readonly onScene: (scene: NonNullable<Alert["scene"]>) => void;
  }) {
    this.#onCue = options.onCue;
    this.#onScene = options.onScene;
    this.#rules = options.rules;
    this.#locale = options.locale;
    this.#giftPictures = new GiftPictures(options.baseUrl);
  }

  get counts(): { readonly shown: number; readonly waiting: number } {
    return { shown: this.#queue.active.length, waiting: this.#queue.waiting.length };
  }

  setLocale(locale: Locale): void {
    this.#locale = locale;
  }

  /** For what comes from now on. */
  setRules(rules: readonly AlertRule[]): void {
    this.#rules = rules;
  }

  show(events: readonly RecordEvent[], nowMs: number): void {
    const before = new Set(this.#queue.active);
    this.#queue = enqueueEvents(this.#queue, events, nowMs, this.#rules);
    for (const event of events) if (event.type === "gift") this.#giftPictures.get(event.giftId);
    // One is heard, however many have grown at once.
    const grown = this.#queue.active
      .filter((active) => !before.has(active))
      .reduce<ActiveAlert | undefined>(
        (dearest, other) =>
          dearest && valueOf(dearest.alert) >= valueOf(other.alert) ? dearest : other,
        undefined,
      );
    if (grown?.alert.kind === "gift" && !grown.alert.silent && grown.alert.tier !== "follow")
      this.#onCue({
        kind: "giftGrew",
        tier: grown.alert.tier,
        comboCount: grown.alert.comboCount,
        milestone: grown.milestone !== null,
      });
  }

  control(control: AlertControl, nowMs: number): void {
    this.#queue = controlQueue(this.#queue, control, nowMs, this.#rules);
  }

  /** Called for each composed picture, with a time that does not fall. */
  advance(nowMs: number): void {
    const before = this.#queue;
    this.#queue = advanceQueue(before, nowMs);
    if (this.#queue === before) return;
    const shown = new Set(before.active.map(({ alert }) => alert.id));
    for (const { alert, startedAtMs } of this.#queue.active)
      if (startedAtMs === nowMs && !shown.has(alert.id)) {
        if (!alert.silent) this.#onCue(cueOf(alert));
        if (alert.scene && !alert.replayed) this.#onScene(alert.scene);
      }
    if (!this.#queue.active.length) this.#drawn.clear();
    if (!this.#queue.folded) this.#folded.clear();
  }

  /** What an alerts source shows now, from back to front, in its own pixels. */
  frameAt(nowMs: number, source: SourceOf<"alerts">): readonly PlacedPicture[] {
    const { active, folded, pausedAtMs } = this.#queue;
    // A pause leaves the picture empty.
    const tellsFolded = folded > 0 && (active.length > 0 || pausedAtMs === null);
    if (!active.length && !tellsFolded) return [];
    const places = placesOf(source, slotsOf.banner);
    const placed = active.flatMap((each) => {
      const place = laneOf(each.alert) === "banner" ? places.banners[each.slot] : places.spotlight;
      if (!place) return [];
      const look = lookOf(each.alert);
      const drawn = this.#draw({ active: each, look, source, place, u: places.u });
      return placeAlert({ active: each, look, drawn, place, u: places.u, nowMs });
    });
    if (tellsFolded) placed.push(this.#placeFolded(folded, source, places));
    return placed;
  }

  #picture(id: string, canvas: OffscreenCanvas): Picture {
    this.#version += 1;
    return pictureOfCanvas(canvas, { id, version: this.#version });
  }

  #placeFolded(count: number, source: SourceOf<"alerts">, places: AlertPlaces): PlacedPicture {
    const key = JSON.stringify([count, this.#locale, places.u]);
    const known = this.#folded.get(source.id);
    const picture =
      known?.key === key
        ? known.picture
        : this.#picture(
            `${source.id}/folded`,
            drawFolded(foldedLine(count, this.#locale), places.u),
          );
    this.#folded.set(source.id, { key, picture });
    const { x, y, width, height } = places.folded;
    const fit = Math.min(1, width / picture.width, height / picture.height);
    return {
      picture,
      rect: { x, y, width: picture.width * fit, height: picture.height * fit },
      opacity: 1,
    };
  }

  #contentOf(alert: Alert): CardContent {
    const text = {
      sender: alert.sender,
      line: lineOf(alert, this.#locale),
      oneLine: alert.kind === "follow",
    };
    switch (alert.kind) {
      case "gift":
        return { ...text, icon: { type: "gift", picture: this.#giftPictures.get(alert.giftId) } };
      case "tip":
        return { ...text, icon: { type: "coin" } };
      case "guard":
        return { ...text, icon: { type: "shield" } };
      case "order":
        return { ...text, icon: { type: "gift", picture: null } };
      case "follow":
        return { ...text, icon: { type: "heart" } };
      default:
        return alert satisfies never;
    }
  }

  #draw(input: {
    readonly active: ActiveAlert;
    readonly look: AlertLook;
    readonly source: SourceOf<"alerts">;
    readonly place: Rect;
    readonly u: number;
  }): DrawnAlert {
    const { active, look, source, place, u } = input;
    const { alert } = active;
    const lane = laneOf(alert);
    const id = `${source.id}/${lane}${active.slot}`;
    const known = this.#drawn.get(id);
    const of = alert.kind === "gift" ? alert.comboCount : null;
    const content = this.#contentOf(alert);
    const { icon } = content;
    const key = JSON.stringify([
      alert.id,
      active.startedAtMs,
      this.#locale,
      source.width,
      source.height,
      icon.type === "gift" && icon.picture === undefined,
      content.line,
      // A wider count leaves less of a banner.
      lane === "banner" ? String(of).length : 0,
    ]);
    const same = known?.key === key;
    const count =
      of === null || (same && known.count?.of === of)
        ? known?.count
        : { of, picture: this.#picture(`${id}/count`, drawCount(of, look, u)) };
    if (same && known.count === count) return known;
    if (same) {
      const grown = { ...known, count };
      this.#drawn.set(id, grown);
      return grown;
    }
    const countWidth = of === null ? 0 : (count?.picture.width ?? 0);
    const card =
      lane === "spotlight"
        ? drawSpotlight(content, look, u, place.width)
        : drawBanner(content, look, u, place.width - countWidth);
    const drawn: DrawnAlert = {
      key,
      card: this.#picture(`${id}/card`, card.canvas),
      countX: card.countX,
      countY: card.countY,
      top: card.top,
      bottom: card.bottom,
      rays:
        lane === "spotlight"
          ? this.#picture(`${id}/rays`, drawRays(look, Math.max(8, Math.round(560 * u))))
          : undefined,
      spark: this.#picture(`${id}/spark`, drawSpark(look, Math.max(4, Math.round(30 * u)))),
      count: of === null ? undefined : count,
    };
    this.#drawn.set(id, drawn);
    return drawn;
  }
}

interface Placing {
  readonly active: ActiveAlert;
  readonly look: AlertLook;
  readonly drawn: DrawnAlert;
  readonly place: Rect;
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
  const { active, drawn, look, nowMs, u } = input;
  const spotlight = laneOf(active.alert) === "spotlight";
  const ageMs = nowMs - active.startedAtMs;
  return Array.from({ length: look.sparks }, (_, index) => {
    const periodMs = 1_500 + 1_100 * scatter(index, 1);
    const phase = (ageMs / periodMs + scatter(index, 2)) % 1;
    const angle = scatter(index, 3) * Math.PI * 2;
    const reach = (spotlight ? 120 + 190 * phase : 18 + 34 * phase) * u * at.scale;
    const x = spotlight
      ? at.middleX + Math.cos(angle) * reach * 1.15
      : at.left + scatter(index, 4) * drawn.card.width * at.scale;
    const y = spotlight
      ? at.iconY + Math.sin(angle) * reach
      : at.middleY + (index % 2 ? 1 : -1) * (look.cardHeight * 0.36 * u * at.scale + reach * 0.5);
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
  const { drawn, look, u } = input;
  const reach = look.countSize * u * (0.5 + 1.1 * (1 - (1 - burst) ** 2));
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

/** Inside its place: made smaller as a whole where it would not fit. */
const placeAlert = (input: Placing): readonly PlacedPicture[] => {
  const { active, drawn, look, place, u, nowMs } = input;
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
  const middleX =
    (spotlight ? place.x + place.width / 2 : place.x + (card.width * fit) / 2) -
    (spotlight ? 0 : pose.shift * card.width * fit);
  const middleY =
    place.y +
    place.height / 2 +
    (card.height / 2 - (drawn.top + drawn.bottom) / 2) * fit +
    (spotlight ? pose.shift * card.height * fit * 0.25 : 0);
  const left = middleX - (card.width * scale) / 2;
  const top = middleY - (card.height * scale) / 2;
  const iconY = top + (24 + look.giftSize * 0.5) * u * scale;
  const placed: PlacedPicture[] = [];
  if (rays) {
    const swell = 1 + 0.06 * Math.sin((nowMs - active.startedAtMs) / 420);
    placed.push(centred(rays, middleX, iconY, swell * scale, pose.opacity));
  }
  placed.push({
    picture: card,
    rect: { x: left, y: top, width: card.width * scale, height: card.height * scale },
    opacity: pose.opacity,
  });
  placed.push(...placeSparks(input, pose, { left, middleX, iconY, middleY, scale }));
  if (count) {
    const x = left + (drawn.countX + countWidth / 2) * scale;
    const y = top + drawn.countY * scale;
    placed.push(...placeBurst(input, pose, x, y));
    placed.push(centred(count.picture, x, y, pose.countScale * scale, pose.opacity));
  }
  // What has not come in yet, or has left, is not worth drawing.
  return placed.filter(({ opacity }) => opacity > 0.004);
};
