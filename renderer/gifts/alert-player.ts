import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import type { Locale } from "../../preload/contract/settings.ts";
import { type Picture, type PlacedPicture, pictureOfCanvas } from "../compositor/picture.ts";
import type { AlertCue } from "../compositor/protocol.ts";
import { drawBanner, drawSpotlight } from "./alert-drawing.ts";
import { type AlertLook, foldedLine, lineOf, lookOf } from "./alert-look.ts";
import { type Pose, poseAt } from "./alert-motion.ts";
import { drawCount, drawRays, drawSpark } from "./alert-ornaments.ts";
import { GiftPictures } from "./gift-pictures.ts";
import {
  type ActiveAlert,
  advanceQueue,
  type AlertQueue,
  emptyQueue,
  enqueueEvents,
} from "./queue.ts";

/** Pixels of a look's unit at least, so that names stay readable in small pictures. */
const smallestUnit = 0.6;

/** Pictures of the alert that is shown, for one alerts source. */
interface DrawnAlert {
  readonly key: string;
  readonly card: Picture;
  readonly countX: number;
  readonly countY: number;
  readonly rays: Picture | undefined;
  readonly spark: Picture | undefined;
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

/** Plays alerts one after another: what is to be seen at a time, and when something is to be heard. Lives in the worker. */
export class AlertPlayer {
  readonly #onCue: (cue: AlertCue) => void;
  readonly #giftPictures: GiftPictures;
  readonly #drawn = new Map<string, DrawnAlert>();
  #locale: Locale;
  #queue: AlertQueue = emptyQueue;
  #version = 0;

  constructor(options: {
    readonly baseUrl: string;
    readonly locale: Locale;
    readonly onCue: (cue: AlertCue) => void;
  }) {
    this.#onCue = options.onCue;
    this.#locale = options.locale;
    this.#giftPictures = new GiftPictures(options.baseUrl);
  }

  setLocale(locale: Locale): void {
    this.#locale = locale;
  }

  show(events: readonly RecordEvent[], nowMs: number): void {
    const before = this.#queue.active;
    this.#queue = enqueueEvents(this.#queue, events, nowMs);
    for (const event of events) if (event.type === "gift") this.#giftPictures.get(event.giftId);
    const { active } = this.#queue;
    if (active && before && active !== before && active.alert.kind === "gift")
      this.#onCue({
        kind: "giftGrew",
        tier: active.alert.tier,
        comboCount: active.alert.comboCount,
      });
  }

  /** Called for each composed picture, with a time that does not fall. */
  advance(nowMs: number): void {
    const before = this.#queue.active;
    this.#queue = advanceQueue(this.#queue, nowMs);
    const { active } = this.#queue;
    if (!active) this.#drawn.clear();
    else if (active.startedAtMs !== before?.startedAtMs || active.alert.id !== before.alert.id)
      this.#onCue(
        active.alert.kind === "gift"
          ? { kind: "gift", tier: active.alert.tier }
          : { kind: "follow" },
      );
  }

  /** What an alerts source shows now, from back to front, in its own pixels. */
  frameAt(nowMs: number, source: SourceOf<"alerts">): readonly PlacedPicture[] {
    const { active } = this.#queue;
    if (!active) return [];
    const look = lookOf(active.alert);
    const u = Math.max(smallestUnit, Math.min(source.height, source.width) / 720);
    const drawn = this.#draw(active, look, source, u);
    this.#drawn.set(source.id, drawn);
    return placeAlert({ active, look, drawn, source, u, nowMs, pose: poseAt(active, nowMs) });
  }

  #draw(active: ActiveAlert, look: AlertLook, source: SourceOf<"alerts">, u: number): DrawnAlert {
    const { alert } = active;
    const gift = alert.kind === "gift" ? this.#giftPictures.get(alert.giftId) : null;
    const { folded } = this.#queue;
    const key = JSON.stringify([
      alert.id,
      active.startedAtMs,
      this.#locale,
      source.width,
      source.height,
      gift === undefined ? "loading" : gift !== null,
      folded,
    ]);
    const known = this.#drawn.get(source.id);
    const picture = (part: string, canvas: OffscreenCanvas): Picture => {
      this.#version += 1;
      return pictureOfCanvas(canvas, { id: `${source.id}/${part}`, version: this.#version });
    };
    const count = (): DrawnAlert["count"] => {
      if (alert.kind !== "gift") return undefined;
      if (known?.key === key && known.count?.of === alert.comboCount) return known.count;
      return {
        of: alert.comboCount,
        picture: picture("count", drawCount(alert.comboCount, look, u)),
      };
    };
    if (known?.key === key) {
      const same = alert.kind !== "gift" || known.count?.of === alert.comboCount;
      return same ? known : { ...known, count: count() };
    }
    const content = {
      sender: alert.sender,
      line: lineOf(alert, this.#locale),
      folded: folded > 0 ? foldedLine(folded, this.#locale) : null,
      icon:
        alert.kind === "gift"
          ? ({ type: "gift", picture: gift } as const)
          : ({ type: "heart" } as const),
    };
    const spotlight = look.layout === "spotlight";
    const card = spotlight
      ? drawSpotlight(content, look, u, source.width * 0.9)
      : drawBanner(content, look, u, source.width * 0.72);
    return {
      key,
      card: picture("card", card.canvas),
      countX: card.countX,
      countY: card.countY,
      rays: spotlight
        ? picture("rays", drawRays(look, Math.max(8, Math.round(560 * u))))
        : undefined,
      spark: look.sparks
        ? picture("spark", drawSpark(look, Math.max(4, Math.round(30 * u))))
        : undefined,
      count: count(),
    };
  }
}

const placeAlert = (input: {
  readonly active: ActiveAlert;
  readonly look: AlertLook;
  readonly drawn: DrawnAlert;
  readonly source: SourceOf<"alerts">;
  readonly u: number;
  readonly nowMs: number;
  readonly pose: Pose;
}): readonly PlacedPicture[] => {
  const { drawn, look, pose, source, u } = input;
  const { card, count, rays, spark } = drawn;
  const spotlight = look.layout === "spotlight";
  const middleX = spotlight ? source.width / 2 : source.width * 0.012 + card.width / 2;
  const middleY = spotlight ? source.height * 0.45 : source.height * 0.6;
  const shiftX = spotlight ? 0 : -pose.shift * card.width;
  const shiftY = spotlight ? pose.shift * card.height * 0.25 : 0;
  const left = middleX + shiftX - (card.width * pose.scale) / 2;
  const top = middleY + shiftY - (card.height * pose.scale) / 2;
  const ageMs = input.nowMs - input.active.startedAtMs;
  const placed: PlacedPicture[] = [];
  const iconY = top + 24 * u + look.giftSize * 0.5 * u * pose.scale;
  if (rays) {
    const swell = 1 + 0.06 * Math.sin(ageMs / 420);
    placed.push(centred(rays, middleX, iconY, swell * pose.scale, pose.opacity));
  }
  placed.push({
    picture: card,
    rect: { x: left, y: top, width: card.width * pose.scale, height: card.height * pose.scale },
    opacity: pose.opacity,
  });
  if (spark)
    for (let index = 0; index < look.sparks; index += 1) {
      const periodMs = 1_500 + 1_100 * scatter(index, 1);
      const phase = (ageMs / periodMs + scatter(index, 2)) % 1;
      const angle = scatter(index, 3) * Math.PI * 2;
      const reach = spotlight ? (120 + 190 * phase) * u : (18 + 34 * phase) * u;
      const x = spotlight
        ? middleX + Math.cos(angle) * reach * 1.15
        : left + scatter(index, 4) * card.width;
      const y = spotlight
        ? iconY + Math.sin(angle) * reach
        : middleY + (index % 2 ? 1 : -1) * (look.cardHeight * 0.36 * u + reach * 0.5);
      const twinkle = Math.sin(phase * Math.PI);
      placed.push(
        centred(spark, x, y, 0.45 + 0.75 * scatter(index, 5), pose.opacity * twinkle * 0.95),
      );
    }
  if (count) {
    const scale = pose.countScale * pose.scale;
    const x = left + (drawn.countX + count.picture.width / 2) * pose.scale;
    placed.push(centred(count.picture, x, top + drawn.countY * pose.scale, scale, pose.opacity));
  }
  // What has not come in yet, or has left, is not worth drawing.
  return placed.filter(({ opacity }) => opacity > 0.004);
};
