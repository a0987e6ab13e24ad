import { type Failure, fail, type Result, succeed } from "../../../preload/contract/result.ts";
import { delay } from "../delay.ts";
import { limits } from "./limits.ts";

/** Places of one animation that are shown at once, each with its own time; beyond it the oldest one waits. */
const mostDue = 4;

/** Draws at once, and gives up an animation that holds up everything else: by one frame, or by many that are slow. */
export const inTime = <Frame>(draw: (index: number) => Frame) => {
  let spareMs: number = limits.longestDrawMs;
  return (index: number): Promise<Frame> => {
    const startedMs = performance.now();
    const frame = draw(index);
    const tookMs = performance.now() - startedMs;
    spareMs = Math.min(limits.longestDrawMs, spareMs + limits.usualDrawMs - tookMs);
    return spareMs < 0
      ? Promise.reject(new Error(`frames take too long, frame ${index} ${Math.round(tookMs)} ms`))
      : Promise.resolve(frame);
  };
};

/**
 * Decoded frames of one animation by their index: some ahead of what is asked for, and as many as fit into a bound. The first
 * ones stay, so that it begins at once when it is shown again, while a decoder goes back.
 */
export class FrameStore<Frame> {
  readonly #frameCount: number;
  readonly #keepFrames: number;
  readonly #endless: boolean;
  readonly #decode: (index: number) => Promise<Frame>;
  /** In the order of their last use. */
  readonly #kept = new Map<number, Frame>();
  readonly #waiting = new Map<number, ((result: Result<void>) => void)[]>();
  /** Asked for and not decoded yet, the latest last. */
  #due: number[] = [];
  /** What comes after what was asked for last. */
  #wanted: number[] = [];
  #isDecoding = false;
  #failure: Failure | undefined;
  #closed = false;

  /** @param options.decode only one at a time; throws where the frame is broken */
  constructor(options: {
    readonly frameCount: number;
    readonly frameBytes: number;
    /** The first frame follows the last. */
    readonly endless: boolean;
    readonly decode: (index: number) => Promise<Frame>;
  }) {
    this.#frameCount = options.frameCount;
    this.#keepFrames = Math.max(3, Math.floor(limits.decodedBytes / options.frameBytes));
    this.#endless = options.endless;
    this.#decode = options.decode;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Undefined while it is not decoded. */
  get(index: number): Frame | undefined {
    this.#want(index);
    const known = this.#kept.get(index);
    if (known !== undefined) {
      this.#kept.delete(index);
      this.#kept.set(index, known);
    }
    return known;
  }

  prepare(index: number): Promise<Result<void>> {
    if (this.#closed) return Promise.resolve(fail("alert.file_broken", "the animation is closed"));
    if (this.#failure) return Promise.resolve({ ok: false, error: this.#failure });
    if (this.get(index) !== undefined) return Promise.resolve(succeed(undefined));
    return new Promise((resolve) => {
      this.#waiting.set(index, [...(this.#waiting.get(index) ?? []), resolve]);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#kept.clear();
    this.#settleAll(fail("alert.file_broken", "the animation is closed"));
  }

  #want(index: number): void {
    const ahead = Math.min(limits.framesAhead, this.#keepFrames - 1, this.#frameCount - 1);
    const next: number[] = [];
    for (let step = 0; step <= ahead; step += 1) {
      const at = index + step;
      if (at < this.#frameCount) next.push(at);
      else if (this.#endless) next.push(at - this.#frameCount);
    }
    this.#wanted = next.filter((at) => !this.#kept.has(at));
    if (!this.#kept.has(index))
      this.#due = [...this.#due.filter((at) => at !== index), index].slice(-mostDue);
    if (this.#wanted.length > 0 && !this.#isDecoding && !this.#failure && !this.#closed) {
      this.#isDecoding = true;
      void this.#run();
    }
  }

  #nextIndex(): number | undefined {
    if (this.#closed) return undefined;
    const [asked] = this.#waiting.keys();
    return asked ?? this.#due.at(-1) ?? this.#wanted.find((index) => !this.#kept.has(index));
  }

  async #run(): Promise<void> {
    try {
      for (let index = this.#nextIndex(); index !== undefined; index = this.#nextIndex()) {
        const frame = await this.#decode(index);
        if (this.#closed) return;
        this.#keep(index, frame);
        for (const resolve of this.#waiting.get(index) ?? []) resolve(succeed(undefined));
        this.#waiting.delete(index);
        // Timers and messages of the worker are heard between two frames.
        await delay(0);
      }
    } catch (error) {
      if (this.#closed) return;
      const failed = fail("alert.file_broken", error instanceof Error ? error.message : "no frame");
      this.#failure = failed.error;
      this.#settleAll(failed);
    } finally {
      this.#isDecoding = false;
    }
  }

  #keep(index: number, frame: Frame): void {
    this.#kept.set(index, frame);
    this.#due = this.#due.filter((at) => at !== index);
    const staying = Math.min(limits.framesAhead, this.#keepFrames >> 1);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#keepFrames) break;
      if (oldest >= staying) this.#kept.delete(oldest);
    }
  }

  #settleAll(result: Result<void>): void {
    for (const waiting of this.#waiting.values()) for (const resolve of waiting) resolve(result);
    this.#waiting.clear();
  }
}
