/** One beat of the programme: the `index`-th picture is due; `missed` beats before it went by without a call. */
export interface Tick {
  readonly index: number;
  readonly missed: number;
}

export interface ClockTime {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Epoch milliseconds. */
  readonly wallNow: () => number;
  /** Returns what cancels the call. */
  readonly after: (delayMs: number, call: () => void) => () => void;
}

const workerTime: ClockTime = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Beats `fps` times a second without drift: beat n is due at start + n / fps, whatever the beats before it took.
 * The start is set so that whole seconds of the wall clock are beats.
 */
export class ProgrammeClock {
  readonly #fps: number;
  readonly #time: ClockTime;
  readonly #onTick: (tick: Tick) => void;
  readonly #startMs: number;
  #last = -1;
  #cancel: () => void;

  /** @param fps a whole number of pictures a second */
  constructor(fps: number, onTick: (tick: Tick) => void, time: ClockTime = workerTime) {
    this.#fps = fps;
    this.#time = time;
    this.#onTick = onTick;
    const toSecondMs = 1_000 - (time.wallNow() % 1_000);
    const delayMs = toSecondMs % (1_000 / fps);
    this.#startMs = time.now() + delayMs;
    this.#cancel = time.after(delayMs, () => this.#beat());
  }

  /** When beat `index` is due, in microseconds of the monotonic clock; strictly increasing with the index. */
  timestampUs(index: number): number {
    return Math.round(this.#startMs * 1_000 + (index * 1_000_000) / this.#fps);
  }

  close(): void {
    this.#cancel();
  }

  #beat(): void {
    const elapsedMs = this.#time.now() - this.#startMs;
    // Timers may fire a fraction of a millisecond early; the beat is then still the next one.
    const index = Math.max(this.#last + 1, Math.floor(((elapsedMs + 1) * this.#fps) / 1_000));
    const missed = index - this.#last - 1;
    this.#last = index;
    const dueMs = this.#startMs + ((index + 1) * 1_000) / this.#fps;
    this.#cancel = this.#time.after(Math.max(0, dueMs - this.#time.now()), () => this.#beat());
    this.#onTick({ index, missed });
  }
}
