import { brightnessOf, sampleLuma } from "./brightness.ts";
import { copyFrame, isTurned } from "./copy-frame.ts";

const sampleEveryMs = 1_000;
/** Counts over all sources: painters keep pictures by it, also of a source that was opened again. */
let versions = 0;

/** A frame that stays the newest for so long is given back to its capture, and a copy kept. */
const restMs = 250;
/** A capture that goes on so soon after that had been waiting for it. */
const waitedMs = 150;

export interface FrameSourceOptions {
  /**
   * A capture has three frames in all: where one is kept here and others got lost on their way into the worker, it stands
   * still. So frames that rest are copied and given back, and all of them where that helped. Not while pictures stay on a GPU.
   */
  readonly mayCopy: () => boolean;
  readonly onSize: (width: number, height: number) => void;
}

/** The newest frame of a captured track. Older ones are closed as soon as a newer one is there. */
export class FrameSource {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  readonly #options: FrameSourceOptions;
  #latest: VideoFrame | undefined;
  #version = 0;
  #copies = false;
  /** `performance.now()` when the newest frame was given back; null while it is the capture's own. */
  #restingSinceMs: number | null = null;
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

  /** Called with each beat. */
  rest(nowMs: number): void {
    const frame = this.#latest;
    if (!this.#options.mayCopy() || this.#copies || !frame || isTurned(frame)) return;
    if (this.#restingSinceMs !== null || nowMs - this.lastFrameAtMs < restMs) return;
    this.#restingSinceMs = nowMs;
    this.#giveBack(frame).catch((error: unknown) => {
      console.warn("a captured picture could not be copied", error);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#latest?.close();
    this.#latest = undefined;
    // The track may be gone already; there is nothing left to cancel then.
    this.#reader.cancel().catch(() => undefined);
  }

  async #giveBack(frame: VideoFrame): Promise<void> {
    const copy = await copyFrame(frame);
    if (this.#latest !== frame) {
      copy.close();
      return;
    }
    this.#latest = copy;
    this.#restingSinceMs = performance.now();
    frame.close();
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  async #take(frame: VideoFrame): Promise<VideoFrame> {
    if (!this.#copies || !this.#options.mayCopy() || isTurned(frame)) return frame;
    try {
      const copy = await copyFrame(frame);
      frame.close();
      return copy;
    } catch (error) {
      console.warn("a captured picture could not be copied", error);
      this.#copies = false;
      return frame;
    }
  }

  async #look(frame: VideoFrame): Promise<void> {
    try {
      const lumas = await sampleLuma(frame);
      this.brightness = lumas && brightnessOf(lumas);
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
      const nowMs = performance.now();
      if (this.#restingSinceMs !== null) this.#copies = nowMs - this.#restingSinceMs < waitedMs;
      this.#restingSinceMs = null;
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
      this.lastFrameAtMs = nowMs;
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
