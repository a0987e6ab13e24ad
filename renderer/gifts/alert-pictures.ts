import type { AlertTemplate } from "../../preload/contract/alert-template.ts";
import type { SourceOf } from "../../preload/contract/scene.ts";
import type { Locale } from "../../preload/contract/settings.ts";
import type { Drawing } from "../compositor/drawing-board.ts";
import type { Picture, PlacedPicture, Rect } from "../compositor/picture.ts";
import { type Alert, laneOf } from "./alert.ts";
import { type CardContent, drawCard, drawFolded } from "./alert-drawing.ts";
import { drawCount, drawRays, drawSpark } from "./alert-ornaments.ts";
import type { AlertPlaces } from "./alert-places.ts";
import { foldedLine, linesOf } from "./alert-words.ts";
import type { Dress } from "./dress.ts";
import { FetchedPictures } from "./fetched-pictures.ts";
import type { ActiveAlert } from "./queue.ts";

/** Pictures of one alert that is shown, for one alerts source. */
export interface DrawnAlert {
  readonly key: string;
  readonly card: Picture;
  readonly icon: Rect | null;
  readonly countX: number;
  readonly countY: number;
  /** What is seen of the card, without its shadows. */
  readonly top: number;
  readonly bottom: number;
  readonly rays: Picture | undefined;
  readonly spark: Picture;
  readonly count:
    | { readonly of: number; readonly picture: Picture; readonly drawnAtMs: number }
    | undefined;
}

/** A number that grows faster is drawn no more often: nobody reads it, and drawing costs more than showing. */
const countEveryMs = 100;

const giftPicture = (giftId: string): string => `gifts/${giftId}.png`;

/** Draws what alerts say, and keeps it as long as it says the same. */
export class AlertPictures {
  readonly #fetched: FetchedPictures;
  /** By source and place. */
  readonly #drawn = new Map<string, DrawnAlert>();
  readonly #folded = new Map<
    string,
    {
      readonly count: number;
      readonly key: string;
      readonly picture: Picture;
      readonly drawnAtMs: number;
    }
  >();
  #locale: Locale;
  #version = 0;

  /** @param options.baseUrl what the gifts' pictures are resolved against */
  constructor(options: { readonly baseUrl: string; readonly locale: Locale }) {
    this.#locale = options.locale;
    this.#fetched = new FetchedPictures(options.baseUrl);
  }

  setLocale(locale: Locale): void {
    this.#locale = locale;
  }

  /** Begins to load a gift's picture, or keeps it for longer. */
  expectGift(giftId: string): void {
    this.#fetched.get(giftPicture(giftId));
  }

  /** What is not shown any more is drawn anew when it comes again. */
  forget(what: "alerts" | "folded"): void {
    if (what === "alerts") this.#drawn.clear();
    else this.#folded.clear();
  }

  /** How many were not shown one by one, in its place. */
  placeFolded(
    count: number,
    source: SourceOf<"alerts">,
    places: AlertPlaces,
    { tones }: AlertTemplate,
    nowMs: number,
  ): PlacedPicture {
    const tone = tones.follow;
    const key = JSON.stringify([this.#locale, places.u, tone]);
    const known = this.#folded.get(source.id);
    const isNewEnough =
      known?.key === key && (known.count === count || nowMs - known.drawnAtMs < countEveryMs);
    const picture = isNewEnough
      ? known.picture
      : this.#picture(
          `${source.id}/folded`,
          drawFolded(foldedLine(count, this.#locale), tone, places.u),
        );
    if (!isNewEnough) this.#folded.set(source.id, { count, key, picture, drawnAtMs: nowMs });
    const { x, y, width, height } = places.folded;
    const fit = Math.min(1, width / picture.width, height / picture.height);
    return {
      picture,
      rect: { x, y, width: picture.width * fit, height: picture.height * fit },
      opacity: 1,
    };
  }

  /** The pictures of one alert in one source. @param input.u pixels of a template's unit */
  draw(input: {
    readonly active: ActiveAlert;
    readonly dress: Dress;
    readonly source: SourceOf<"alerts">;
    readonly place: Rect;
    readonly u: number;
    /** The whole picture is, or will be, filled by what moves; the card is above it. */
    readonly fills: boolean;
    /** The gift itself is shown moving. */
    readonly moves: boolean;
    readonly nowMs: number;
  }): DrawnAlert {
    const { active, dress, source, place, u, fills, nowMs } = input;
    const { card: design, tone } = dress;
    // Above what fills the picture the card has the still icon.
    const moves = input.moves && !fills;
    const { alert } = active;
    const lane = laneOf(alert);
    const id = `${source.id}/${lane}${active.slot}`;
    const known = this.#drawn.get(id);
    const of = alert.kind === "gift" && tone.countSize > 0 ? alert.comboCount : null;
    const content = this.#contentOf(alert, dress, moves);
    const { icon } = content;
    const key = JSON.stringify([
      alert.id,
      active.startedAtMs,
      this.#locale,
      source.width,
      source.height,
      icon.type === "gift" && icon.picture === undefined,
      content.picture === undefined,
      moves,
      fills,
      content.lines,
      // A wider count leaves less of a banner.
      lane === "banner" ? String(of).length : 0,
    ]);
    const same = known?.key === key;
    const isNewEnough = ({ count }: DrawnAlert): boolean =>
      count?.of === of || (count !== undefined && nowMs - count.drawnAtMs < countEveryMs);
    const count =
      of === null || (same && isNewEnough(known))
        ? known?.count
        : { of, picture: this.#picture(`${id}/count`, drawCount(of, tone, u)), drawnAtMs: nowMs };
    if (same && known.count === count) return known;
    if (same) {
      const grown = { ...known, count };
      this.#drawn.set(id, grown);
      return grown;
    }
    const countWidth = of === null ? 0 : (count?.picture.width ?? 0);
    // A count stands over a large gift, and beside all else.
    const isOver = design.layout === "above" && design.gift !== "none";
    const maxWidth = place.width - (isOver ? 0 : countWidth);
    const card = drawCard(content, { card: design, tone, u, maxWidth });
    const drawn: DrawnAlert = {
      key,
      card: this.#picture(`${id}/card`, card.drawing),
      icon: card.icon,
      countX: card.countX,
      countY: card.countY,
      top: card.top,
      bottom: card.bottom,
      rays:
        lane === "spotlight" && isOver && tone.sparks > 0
          ? this.#picture(`${id}/rays`, drawRays(tone, Math.max(8, Math.round(560 * u))))
          : undefined,
      spark: this.#picture(`${id}/spark`, drawSpark(tone, Math.max(4, Math.round(30 * u)))),
      count: of === null ? undefined : count,
    };
    this.#drawn.set(id, drawn);
    return drawn;
  }

  #contentOf(alert: Alert, { card }: Dress, moves: boolean): CardContent {
    const text = {
      sender: alert.sender,
      lines: linesOf(alert, card.lines, this.#locale),
      picture: card.picture === null ? null : this.#fetched.get(`pictures/${card.picture}`),
    };
    if (moves) return { ...text, icon: { type: "moving" } };
    switch (alert.kind) {
      case "gift":
        return {
          ...text,
          icon: { type: "gift", picture: this.#fetched.get(giftPicture(alert.giftId)) },
        };
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

  #picture(id: string, drawing: Drawing): Picture {
    this.#version += 1;
    return { id, version: this.#version, ...drawing };
  }
}
