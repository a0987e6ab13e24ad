import { brightnessOf, sampleLuma } from "./brightness.ts";
import { copyFrame, isTurned } from "./copy-frame.ts";

const sampleEveryMs = 1_000;
/** Counts over all sources: painters keep pictures by it, also of a source that was opened again. */
let versions = 0;

export interface FrameSourceOptions {
  /**
   * Frames are copied and given back at once. A capture has three of them: where one is kept and another got lost on
   * its way into the worker, it would stand still. Not where pictures stay on a GPU.
   */
  readonly copies: boolean;
  readonly onSize: (width: number, height: number) => void;
}

/** The newest frame of a captured track. Older ones are closed as soon as a newer one is there. */
export class FrameSource {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  readonly #options: FrameSourceOptions;
  #latest: VideoFrame | undefined;
  #version = 0;
  #closed = false;
  /** `performance.now()` of the newest frame; of the opening where none has come. */
  lastFrameAtMs = performance.now();
  /** Frames since the opening. */
  frames = 0;
  /** Of a frame of the last second in which there was one, see `brightnessOf`; null before the first. */
  brightness: number | null = null;
  #sampledAtMs = Number.NEGATIVE_INFINITY;

  constructor(readable: ReadableStream<VideoFrame>, options: FrameSourceOptions) {
    this.#reader = readable.getReader();
    this.#options = options;
    void this.#read();
  }

  /** Owned by this source: valid until the caller returns to the event loop. */
  get latest(): { readonly frame: VideoFrame; readonly version: number } | undefined {
    return this.#latest && { frame: this.#latest, version: this.#version };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#latest?.close();
    this.#latest = undefined;
    // The track may be gone already; there is nothing left to cancel then.
    this.#reader.cancel().catch(() => undefined);
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  async #take(frame: VideoFrame): Promise<VideoFrame> {
    if (!this.#options.copies || isTurned(frame)) return frame;
    try {
      return await copyFrame(frame);
    } finally {
      frame.close();
    }
  }

  async #look(frame: VideoFrame): Promise<void> {
    try {
      this.brightness = brightnessOf(await sampleLuma(frame));
    } catch (error) {
      console.warn("a captured picture could not be looked at", error);
    }
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      // Rejects where the stream broke with its track: the window sees the track end and says why.
      const next = await this.#reader.read().catch(() => ({ done: true, value: undefined }));
      if (!next.value) return;
      if (this.#closed) {
        next.value.close();
        return;
      }
      const before = this.#latest;
      const frame = await this.#take(next.value);
      // It may have been closed meanwhile.
      if (this.#isClosed()) {
        frame.close();
        return;
      }
      this.#latest = frame;
      versions += 1;
      this.#version = versions;
      this.frames += 1;
      this.lastFrameAtMs = performance.now();
      if (this.lastFrameAtMs - this.#sampledAtMs >= sampleEveryMs) {
        this.#sampledAtMs = this.lastFrameAtMs;
        void this.#look(frame);
      }
      if (
        before?.displayWidth !== frame.displayWidth ||
        before.displayHeight !== frame.displayHeight
      )
        this.#options.onSize(frame.displayWidth, frame.displayHeight);
      before?.close();
    }
  }
}
