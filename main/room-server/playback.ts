import type { PeerId } from "../../preload/contract/ids.ts";
import type { AudiencePlayback, PlaybackReport } from "../../preload/contract/playback.ts";
import { succeed } from "../../preload/contract/result.ts";
import type { Clock } from "./clock.ts";
import type { Handlers } from "./handlers.ts";
import { limits } from "./limits.ts";

/** In one report's time the picture may stand still for so much of it before the viewer is counted as frozen. */
const frozenShare = 0.4;
/** A report counts until the one after the next is overdue. */
const keptReports = 2.5;

const median = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;

interface Told {
  readonly report: PlaybackReport;
  readonly overMs: number;
  readonly untilMs: number;
}

/** What viewers' pages tell of the picture and the sound that reach them, for the anchor. */
export class Playback {
  readonly #clock: Clock;
  readonly #changed: (playback: AudiencePlayback) => void;
  readonly #told = new Map<PeerId, Told>();
  readonly #unplayable = new Set<PeerId>();
  #cancelNotice: (() => void) | undefined;
  #noticed: string;

  /** `changed` is called at most once in `limits.playbackNoticeMs`. */
  constructor(clock: Clock, changed: (playback: AudiencePlayback) => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#noticed = JSON.stringify(this.summary());
  }

  /** The longer, the more viewers there are: the room hears about as many reports a second whatever its size. */
  static everyMs(viewers: number): number {
    return Math.max(limits.playbackReportMs, (viewers * 1_000) / limits.playbackReportsPerSecond);
  }

  take(peerId: PeerId, report: PlaybackReport, everyMs: number): void {
    this.#told.set(peerId, {
      report,
      overMs: everyMs,
      untilMs: this.#clock.now() + everyMs * keptReports,
    });
    this.#noticeSoon();
  }

  setPlayable(peerId: PeerId, playable: boolean): void {
    const changed = playable ? this.#unplayable.delete(peerId) : !this.#unplayable.has(peerId);
    if (!playable) this.#unplayable.add(peerId);
    if (changed) this.#noticeSoon();
  }

  forget(peerId: PeerId): void {
    const wasTold = this.#told.delete(peerId);
    if (this.#unplayable.delete(peerId) || wasTold) this.#noticeSoon();
  }

  summary(): AudiencePlayback {
    const nowMs = this.#clock.now();
    for (const [peerId, { untilMs }] of this.#told) if (untilMs < nowMs) this.#told.delete(peerId);
    const told = [...this.#told.values()];
    const reports = told.map(({ report }) => report);
    return {
      reporters: told.length,
      frozen: told.filter(({ report, overMs }) => report.frozenMs > overMs * frozenShare).length,
      black: reports.filter(({ black }) => black === true).length,
      silent: reports.filter(({ silent }) => silent === true).length,
      unplayable: this.#unplayable.size,
      fps: median(reports.map(({ fps }) => fps)),
      pictureLeadMs: median(reports.flatMap(({ pictureLeadMs }) => pictureLeadMs ?? [])),
    };
  }

  close(): void {
    this.#cancelNotice?.();
    this.#cancelNotice = undefined;
  }

  #noticeSoon(): void {
    this.#cancelNotice ??= this.#clock.after(limits.playbackNoticeMs, () => {
      this.#cancelNotice = undefined;
      const summary = this.summary();
      const text = JSON.stringify(summary);
      if (text !== this.#noticed) this.#changed(summary);
      this.#noticed = text;
      // Reports that nobody renews run out unasked.
      if (summary.reporters > 0) this.#noticeSoon();
    });
  }
}

export const playbackHandlers = {
  reportPlayback: {
    action: "media.consume",
    handle: (room, connection, report) => {
      const nextInMs = Playback.everyMs(room.audience.viewers);
      room.playback.take(connection.peerId, report, nextInMs);
      return succeed({ nextInMs });
    },
  },
} satisfies Handlers<"reportPlayback">;
