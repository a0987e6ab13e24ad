/**
 * Where composed frames go. One frame is being taken, one may wait: a newer frame replaces the waiting one
 * (which is closed and counted), so a slow sink never makes a queue.
 */
export class FrameSink {
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  #writing = false;
  #writingSinceMs = 0;
  #waiting: VideoFrame | undefined;
  #closed = false;
  /** Frames that the sink has taken. */
  taken = 0;
  /** Frames that a newer one replaced before the sink was ready. */
  replaced = 0;

  constructor(writable: WritableStream<VideoFrame>) {
    this.#writer = writable.getWriter();
    // Rejects where the track was stopped: then nobody wants frames any more.
    this.#writer.closed.catch(() => this.close());
  }

  /**
   * How long the frame on its way has not been taken. A GPU process that ends with a frame in its hands leaves Chromium's
   * track without an answer for ever: only another track goes on then.
   */
  get silentMs(): number {
    return this.#writing ? performance.now() - this.#writingSinceMs : 0;
  }

  /** Takes over the frame. */
  offer(frame: VideoFrame): void {
    if (this.#closed) {
      frame.close();
      return;
    }
    if (this.#waiting) {
      this.#waiting.close();
      this.replaced += 1;
    }
    this.#waiting = frame;
    if (!this.#writing) void this.#drain();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting?.close();
    this.#waiting = undefined;
    this.#writer.releaseLock();
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    while (this.#waiting && !this.#closed) {
      const frame = this.#waiting;
      this.#waiting = undefined;
      this.#writingSinceMs = performance.now();
      try {
        await this.#writer.write(frame);
        this.taken += 1;
      } catch {
        frame.close();
        this.close();
      }
    }
    this.#writing = false;
  }
}
