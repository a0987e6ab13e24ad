import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import type { AlertRule, Locale } from "../../preload/contract/settings.ts";
import type { PlacedPicture } from "../compositor/picture.ts";
import type { AlertCue } from "../compositor/protocol.ts";
import { type Alert, laneOf, valueOf } from "./alert.ts";
import { lookOf } from "./alert-look.ts";
import { AlertPictures } from "./alert-pictures.ts";
import { placesOf } from "./alert-places.ts";
import { placeAlert } from "./place-alert.ts";
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

const cueOf = (alert: Alert): AlertCue =>
  alert.tier === "follow" ? { kind: "follow" } : { kind: "gift", tier: alert.tier };

/** Plays alerts in their lanes: what is to be seen at a time, and when something is to be heard. Lives in the worker. */
export class AlertPlayer {
  readonly #onCue: (cue: AlertCue) => void;
  readonly #onScene: (scene: NonNullable<Alert["scene"]>) => void;
  readonly #pictures: AlertPictures;
  #rules: readonly AlertRule[];
  #queue: AlertQueue = emptyQueue;

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
    this.#pictures = new AlertPictures(options);
  }

  get counts(): { readonly shown: number; readonly waiting: number } {
    return { shown: this.#queue.active.length, waiting: this.#queue.waiting.length };
  }

  setLocale(locale: Locale): void {
    this.#pictures.setLocale(locale);
  }

  /** For what comes from now on. */
  setRules(rules: readonly AlertRule[]): void {
    this.#rules = rules;
  }

  show(events: readonly RecordEvent[], nowMs: number): void {
    const before = new Set(this.#queue.active);
    this.#queue = enqueueEvents(this.#queue, events, nowMs, this.#rules);
    for (const event of events) if (event.type === "gift") this.#pictures.expectGift(event.giftId);
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
    if (!this.#queue.active.length) this.#pictures.forget("alerts");
    if (!this.#queue.folded) this.#pictures.forget("folded");
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
      const drawn = this.#pictures.draw({ active: each, look, source, place, u: places.u });
      return placeAlert({ active: each, look, drawn, place, u: places.u, nowMs });
    });
    if (tellsFolded) placed.push(this.#pictures.placeFolded(folded, source, places));
    return placed;
  }
}
