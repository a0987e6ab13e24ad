import type { AlertTemplates } from "../../preload/contract/alert-template.ts";
import { giftTiers, type RecordEvent } from "../../preload/contract/gift.ts";
import { SourceId, type TemplateId } from "../../preload/contract/ids.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import type { AlertRule, Locale } from "../../preload/contract/settings.ts";
import type { PlacedPicture } from "../compositor/picture.ts";
import type { AlertChime, AlertCue } from "../compositor/protocol.ts";
import { type Alert, laneOf, valueOf } from "./alert.ts";
import { AlertPictures } from "./alert-pictures.ts";
import { placesOf } from "./alert-places.ts";
import { AlertShows, type Decision, showingIdOf } from "./alert-shows.ts";
import { delay } from "./delay.ts";
import { dressOf } from "./dress.ts";
import { GiftMedia, type GiftTrouble } from "./gift-media.ts";
import { placeAlert } from "./place-alert.ts";
import { knownGifts, sampleGift } from "./sample-gift.ts";
import { templateOf } from "./templates/built-in-templates.ts";
import {
  type ActiveAlert,
  advanceQueue,
  type AlertControl,
  type AlertQueue,
  controlQueue,
  emptyQueue,
  enqueueEvents,
  lengthenAlert,
  slotsOf,
} from "./queue.ts";

/** So many of the cheapest gifts have their animations opened before they come. */
const openedAhead = 6;
/** While pictures are composed. */
const betweenPiecesMs = 50;
const unseen: SourceOf<"alerts"> = {
  id: SourceId.parse("rehearsal"),
  name: "",
  kind: "alerts",
  width: 1_280,
  height: 720,
  gainDb: 0,
  muted: true,
};

const chimeOf = (alert: Alert): AlertChime =>
  alert.tier === "follow" ? { kind: "follow" } : { kind: "gift", tier: alert.tier };

const layerOf = ({ alert }: ActiveAlert): number => (laneOf(alert) === "spotlight" ? 0 : 1);

/** Plays alerts in their lanes: what is to be seen at a time, and when something is to be heard. Lives in the worker. */
export class AlertPlayer {
  readonly #onCue: (cue: AlertCue) => void;
  readonly #onScene: (scene: NonNullable<Alert["scene"]>) => void;
  readonly #pictures: AlertPictures;
  readonly #media: GiftMedia;
  readonly #shows: AlertShows;
  #rules: readonly AlertRule[];
  #templates: AlertTemplates;
  #queue: AlertQueue = emptyQueue;

  constructor(options: {
    readonly baseUrl: string;
    readonly locale: Locale;
    readonly rules: readonly AlertRule[];
    readonly templates: AlertTemplates;
    readonly onCue: (cue: AlertCue) => void;
    /** An alert has begun whose rule wants this scene. */
    readonly onScene: (scene: NonNullable<Alert["scene"]>) => void;
    /** A gift's animation or sound cannot be used. */
    readonly onTrouble: (trouble: GiftTrouble) => void;
  }) {
    this.#onCue = options.onCue;
    this.#onScene = options.onScene;
    this.#rules = options.rules;
    this.#templates = options.templates;
    this.#pictures = new AlertPictures(options);
    this.#media = new GiftMedia({
      baseUrl: options.baseUrl,
      onTrouble: options.onTrouble,
      onSounds: (sounds) => this.#onCue({ type: "soundsAhead", sounds }),
    });
    this.#shows = new AlertShows(this.#media);
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

  /** For what comes from now on. */
  setTemplates(templates: AlertTemplates): void {
    this.#templates = templates;
  }

  /** Nothing but these, from now on or from an earlier time, as a preview shows them. */
  showOnly(events: readonly RecordEvent[], nowMs: number): void {
    this.#queue = emptyQueue;
    this.show(events, nowMs);
    this.#queue = advanceQueue(this.#queue, nowMs);
  }

  /** @param templateId what they look like where no rule says otherwise; the template in use without it */
  show(
    events: readonly RecordEvent[],
    nowMs: number,
    templateId: TemplateId = this.#templates.inUse,
  ): void {
    const templates = { ...this.#templates, inUse: templateId };
    const before = this.#queue.active;
    this.#queue = enqueueEvents(this.#queue, events, nowMs, this.#rules, templates);
    for (const event of events) if (event.type === "gift") this.#pictures.expectGift(event.giftId);
    // One is heard, however many have grown at once.
    const grown = this.#queue.active
      .filter((active) => !before.includes(active))
      .reduce<ActiveAlert | undefined>(
        (dearest, other) =>
          dearest && valueOf(dearest.alert) >= valueOf(other.alert) ? dearest : other,
        undefined,
      );
    if (grown?.alert.kind === "gift" && !grown.alert.silent && grown.alert.tier !== "follow")
      this.#onCue({
        type: "chime",
        chime: {
          kind: "giftGrew",
          tier: grown.alert.tier,
          comboCount: grown.alert.comboCount,
          milestone: grown.milestone !== null,
        },
      });
    for (const { alert, startedAtMs } of this.#queue.active) {
      const was = before.find(
        (other) => other.alert.id === alert.id && other.startedAtMs === startedAtMs,
      );
      const isAskedNow = was && alert.scene && alert.scene.sceneId !== was.alert.scene?.sceneId;
      if (isAskedNow && !alert.replayed) this.#onScene(alert.scene);
    }
    this.#shows.expect(this.#queue);
  }

  control(control: AlertControl, nowMs: number): void {
    this.#queue = controlQueue(this.#queue, control, nowMs, this.#rules, this.#templates);
  }

  /** Called for each composed picture, with a time that does not fall. */
  advance(nowMs: number): void {
    const before = this.#queue;
    this.#queue = advanceQueue(before, nowMs);
    if (this.#queue !== before) this.#follow(before, nowMs);
    for (const decision of this.#shows.advance(this.#queue.active, nowMs)) this.#carryOut(decision);
  }

  /** What an alerts source shows now, from back to front, in its own pixels. */
  frameAt(nowMs: number, source: SourceOf<"alerts">): readonly PlacedPicture[] {
    return this.#place(this.#queue, nowMs, source);
  }

  /**
   * Pays what the first gifts of an evening would cost: one of each tier is drawn where nobody sees it, for its fonts and code,
   * and the cheapest gifts' animations are opened, a piece at a time.
   */
  async rehearse(): Promise<void> {
    for (const tier of giftTiers) {
      await delay(betweenPiecesMs);
      const kind = knownGifts.find((each) => each.tier === tier);
      if (!kind) continue;
      const match = { giftId: kind.giftId, leastCoins: 345 * kind.coins, sender: "" };
      const event = sampleGift({ match }, { sender: "观众 Viewer", id: tier, nowMs: 0 });
      const queue = enqueueEvents(emptyQueue, [event], 0, [], this.#templates);
      this.#place(advanceQueue(queue, 0), 0, unseen);
    }
    this.#place({ ...emptyQueue, folded: 67_890 }, 0, unseen);
    this.#pictures.forget("alerts");
    this.#pictures.forget("folded");
    await this.#media.openCheapest(openedAhead, betweenPiecesMs);
  }

  /** Lets go of the animations. */
  close(): void {
    this.#media.close();
  }

  #place(
    { active, folded, pausedAtMs }: AlertQueue,
    nowMs: number,
    source: SourceOf<"alerts">,
  ): readonly PlacedPicture[] {
    // A pause leaves the picture empty.
    const tellsFolded = folded > 0 && (active.length > 0 || pausedAtMs === null);
    if (!active.length && !tellsFolded) return [];
    // What fills the picture is behind the banners.
    const ordered = active.toSorted((a, b) => layerOf(a) - layerOf(b));
    const placed = ordered.flatMap((each) => {
      const moving = this.#shows.movingOf(each, nowMs);
      // Its words are at once where they stay.
      const fills =
        laneOf(each.alert) === "spotlight" &&
        (moving !== undefined || this.#shows.awaitsAnimation(each));
      const places = placesOf(source, slotsOf.banner, each.alert.template);
      const place =
        laneOf(each.alert) === "banner"
          ? places.banners[each.slot]
          : places[fills ? "filling" : "spotlight"];
      if (!place) return [];
      const moves = moving !== undefined;
      const input = { active: each, dress: dressOf(each.alert, fills), fills, u: places.u, nowMs };
      const drawn = this.#pictures.draw({ ...input, source, moves, place });
      return placeAlert({ ...input, drawn, moving, place, size: source });
    });
    if (tellsFolded) {
      const template = templateOf(this.#templates, this.#templates.inUse);
      const places = placesOf(source, slotsOf.banner, template);
      placed.push(this.#pictures.placeFolded(folded, source, places, template, nowMs));
    }
    return placed;
  }

  /** What is another than before. */
  #follow(before: AlertQueue, nowMs: number): void {
    const shown = new Set(before.active.map(({ alert }) => alert.id));
    for (const { alert, startedAtMs } of this.#queue.active)
      if (startedAtMs === nowMs && !shown.has(alert.id) && alert.scene && !alert.replayed)
        this.#onScene(alert.scene);
    this.#shows.expect(this.#queue);
    if (!this.#queue.active.length) this.#pictures.forget("alerts");
    if (!this.#queue.folded) this.#pictures.forget("folded");
  }

  #carryOut(decision: Decision): void {
    switch (decision.type) {
      case "sound": {
        const { active, show } = decision;
        const chime = chimeOf(active.alert);
        if (active.alert.silent) return;
        if (show?.sounds.length)
          this.#onCue({
            type: "sounds",
            showingId: showingIdOf(active),
            sounds: show.sounds,
            otherwise: chime,
          });
        else this.#onCue({ type: "chime", chime });
        return;
      }
      case "picture":
        this.#queue = lengthenAlert(this.#queue, decision.active, decision.untilMs);
        return;
      case "over":
        this.#onCue({ type: "soundsEnd", showingId: decision.showingId });
        return;
      default:
        decision satisfies never;
    }
  }
}
