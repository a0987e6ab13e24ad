import type { Picture } from "../compositor/picture.ts";
import type { Alert } from "./alert.ts";
import type { GiftMedia, GiftShow } from "./gift-media.ts";
import { limits } from "./players/limits.ts";
import type { AlertSender } from "./players/player.ts";
import { type ActiveAlert, type AlertQueue, isLeaving, leastShownMs } from "./queue.ts";

/** The chime waits so long for a gift's own sound. */
const soundPatienceMs = 1_000;
/** An animation that comes later than this is left for the next time. */
const picturePatienceMs = 3_000;
/** Different gifts that are made ready before their turn. */
const readyAhead = 4;

/** One alert's time in the picture. */
interface Showing {
  /** Whose animation and sound; another's where a growing combo has come to what a rule asks for. */
  readonly giftId: string | undefined;
  /** Since when these are waited for. */
  readonly openedAtMs: number;
  /** Its animation and sounds, or that there are none, are decided. */
  settled: boolean;
  sounded: boolean;
  show: GiftShow | undefined;
  /** When the animation began. */
  sinceMs: number;
  last: Picture | undefined;
  /** The time that was asked for and is not decoded yet. */
  askedMs: number | undefined;
}

type Media = Pick<GiftMedia, "expectsAnimation" | "get" | "keep" | "refuse">;

/** What has been decided about an alert that is shown. */
export type Decision =
  /** Its own sounds, or the usual chime where it has none. */
  | { readonly type: "sound"; readonly active: ActiveAlert; readonly show: GiftShow | undefined }
  /** Its animation begins now and ends then; 0 where it has no end of its own. */
  | { readonly type: "picture"; readonly active: ActiveAlert; readonly untilMs: number }
  | { readonly type: "over"; readonly showingId: string };

/** A moving picture of an alert, and since when it is there. */
export interface Moving {
  readonly picture: Picture;
  readonly sinceMs: number;
}

/** The same alert may be shown again. */
export const showingIdOf = ({ alert, startedAtMs }: ActiveAlert): string =>
  `${startedAtMs}/${alert.id}`;

/** Whose animation and sound it has: a rule's choice, or its own gift's. */
const giftOf = (alert: Alert): string | undefined =>
  alert.show ?? (alert.kind === "gift" ? alert.giftId : undefined);

const senderOf = ({ sender }: Alert): AlertSender => ({ id: sender, name: sender, avatar: null });

/** What is short comes back to its beginning while the alert is shown; undefined where it is over. */
const timeOf = (
  { durationMs }: { readonly durationMs: number },
  ageMs: number,
  alert: Alert,
): number | undefined => {
  if (durationMs === 0 || ageMs < durationMs) return ageMs;
  return durationMs < leastShownMs(alert) ? ageMs % durationMs : undefined;
};

/** Brings the alerts that are shown together with their gifts' animations and sounds. */
export class AlertShows {
  readonly #media: Media;
  readonly #showings = new Map<string, Showing>();

  constructor(media: Media) {
    this.#media = media;
  }

  /** Called when the queue has changed: what is shown or comes soon is made ready. */
  expect(queue: AlertQueue): void {
    const shown = queue.active.flatMap(({ alert }) => giftOf(alert) ?? []);
    const ahead = new Set(queue.waiting.flatMap((alert) => giftOf(alert) ?? []));
    this.#media.keep([...shown, ...[...ahead].slice(0, readyAhead)]);
  }

  /** Called for each composed picture. */
  advance(active: readonly ActiveAlert[], nowMs: number): readonly Decision[] {
    const decisions: Decision[] = [];
    const ids = new Set<string>();
    for (const each of active) {
      const id = showingIdOf(each);
      ids.add(id);
      const giftId = giftOf(each.alert);
      const known = this.#showings.get(id);
      const isOther = known !== undefined && known.giftId !== giftId;
      if (isOther) decisions.push({ type: "over", showingId: id });
      const showing = (!isOther && known) || {
        giftId,
        openedAtMs: known ? nowMs : each.startedAtMs,
        settled: false,
        sounded: false,
        show: undefined,
        sinceMs: 0,
        last: undefined,
        askedMs: undefined,
      };
      this.#showings.set(id, showing);
      if (!showing.settled || !showing.sounded)
        decisions.push(...this.#decide(each, showing, nowMs));
    }
    for (const id of this.#showings.keys())
      if (!ids.has(id)) {
        this.#showings.delete(id);
        decisions.push({ type: "over", showingId: id });
      }
    return decisions;
  }

  /** Its animation is still to come. */
  awaitsAnimation(active: ActiveAlert): boolean {
    const giftId = giftOf(active.alert);
    const settled = this.#showings.get(showingIdOf(active))?.settled ?? false;
    return !settled && giftId !== undefined && this.#media.expectsAnimation(giftId);
  }

  /** What moves of this alert; undefined where its usual design is shown, as it is when the animation is over. */
  movingOf(active: ActiveAlert, nowMs: number): Moving | undefined {
    const showing = this.#showings.get(showingIdOf(active));
    const animation = showing?.show?.animation;
    const giftId = giftOf(active.alert);
    if (!showing || !animation || giftId === undefined) return undefined;
    const { failure } = animation;
    if (failure) {
      this.#media.refuse(giftId, failure);
      showing.show = undefined;
      return undefined;
    }
    const { sinceMs } = showing;
    const time = timeOf(animation, nowMs - sinceMs, active.alert);
    if (time === undefined) return undefined;
    // What is not decoded in time is waited for, else a slow machine would never catch up and show nothing at all.
    const askedMs = showing.askedMs ?? time;
    const picture = animation.frameAt(askedMs, senderOf(active.alert));
    showing.askedMs = picture ? undefined : askedMs;
    showing.last = picture ?? showing.last;
    return showing.last && { picture: showing.last, sinceMs };
  }

  #decide(active: ActiveAlert, showing: Showing, nowMs: number): Decision[] {
    const { alert } = active;
    const { giftId, openedAtMs } = showing;
    const show = giftId === undefined ? undefined : this.#media.get(giftId);
    const isLoading = giftId !== undefined && show === undefined;
    const decisions: Decision[] = [];
    if (!showing.sounded && (!isLoading || nowMs - openedAtMs >= soundPatienceMs)) {
      showing.sounded = true;
      decisions.push({ type: "sound", active, show });
    }
    const isLate = nowMs - openedAtMs >= picturePatienceMs || isLeaving(active, nowMs);
    const first = show?.animation?.frameAt(0, senderOf(alert));
    if (show?.animation && first && !isLate) {
      const { durationMs, passMs } = show.animation;
      const isEndless = durationMs > passMs && durationMs >= limits.longestMs;
      showing.settled = true;
      showing.show = show;
      showing.sinceMs = nowMs;
      showing.last = first;
      decisions.push({ type: "picture", active, untilMs: isEndless ? 0 : nowMs + durationMs });
    } else if (isLate || (!isLoading && !show?.animation)) showing.settled = true;
    return decisions;
  }
}
