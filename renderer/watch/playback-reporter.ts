import type { Ask } from "../room-channel/room-channel.ts";
import { type PlaybackSnapshot, readPlayback } from "./playback-stats.ts";

/** Until the first report, and after one that could not be made. */
const firstMs = 5_000;
/** Of a picture that counts as black the bright parts are below this. */
const blackLuma = 20;

export interface PlaybackPorts {
  readonly ask: Ask;
  /** Null while nothing is received. */
  readonly stats: () => Promise<RTCStatsReport | null>;
  /** See `createScreenBrightness`. */
  readonly brightness: () => number | null;
}

/** Tells the room, as often as it wants to know, what this page sees and hears of the programme. */
export class PlaybackReporter {
  readonly #ports: PlaybackPorts;
  #before: PlaybackSnapshot | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(ports: PlaybackPorts) {
    this.#ports = ports;
    this.#next(firstMs);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #next(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#report().then(
        (nextInMs) => {
          if (!this.#closed) this.#next(nextInMs);
        },
        (error: unknown) => {
          console.warn("no report of the playback", error);
          if (!this.#closed) this.#next(firstMs);
        },
      );
    }, delayMs);
  }

  async #report(): Promise<number> {
    const stats = await this.#ports.stats();
    const { snapshot, seen } = readPlayback(stats?.values() ?? [], this.#before);
    this.#before = snapshot;
    if (!seen || this.#closed) return firstMs;
    const brightness = this.#ports.brightness();
    const answer = await this.#ports.ask("reportPlayback", {
      ...seen,
      black: brightness === null ? null : brightness < blackLuma,
    });
    return answer.ok ? answer.value.nextInMs : firstMs;
  }
}
