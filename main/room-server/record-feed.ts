import { recordFrames, type Frame } from "./frames.ts";
import { limits } from "./limits.ts";
import type { RecordHistory } from "./record-history.ts";

interface Outlet {
  readonly bufferedBytes: number;
  send(bytes: Buffer): void;
}

/**
 * Record events of one connection. Until `resume` it gets what happens from now on and is for everybody; from then on every event after the
 * cursor, in order: one chunk at a time, the next when the last has been written and little is waiting, so a slow reader
 * costs no memory and loses nothing.
 */
export class RecordFeed {
  readonly #outlet: Outlet;
  readonly #history: RecordHistory;
  #cursor: number | undefined;
  #writing = false;
  #held = false;

  constructor(outlet: Outlet, history: RecordHistory) {
    this.#outlet = outlet;
    this.#history = history;
  }

  /** Starts after the current turn of the event loop, when the request that asked for it has been answered. */
  resume(afterSeq: number): void {
    this.#cursor = afterSeq;
    if (this.#held) return;
    this.#held = true;
    setImmediate(() => {
      this.#held = false;
      this.#pump();
    });
  }

  /** New events have been committed; `frames` hold all of them, `open` those that are for everybody. */
  publish(frames: readonly Frame[], open: readonly Frame[]): void {
    if (this.#cursor === undefined) {
      for (const { bytes } of open) this.#outlet.send(bytes);
      return;
    }
    const only = frames.length === 1 ? frames[0] : undefined;
    if (only && only.firstSeq === this.#cursor + 1 && this.#isReady()) {
      this.#write(only.bytes, only.lastSeq);
      return;
    }
    this.#pump();
  }

  /** Something that was sent has left for the system's socket buffer. */
  drained(): void {
    this.#writing = false;
    this.#pump();
  }

  #isReady(): boolean {
    return (
      !this.#held && !this.#writing && this.#outlet.bufferedBytes <= limits.recordBufferedBytes
    );
  }

  #pump(): void {
    if (this.#cursor === undefined || !this.#isReady()) return;
    const [frame] = recordFrames(this.#history.after(this.#cursor));
    if (frame) this.#write(frame.bytes, frame.lastSeq);
  }

  #write(bytes: Buffer, lastSeq: number): void {
    this.#writing = true;
    this.#cursor = lastSeq;
    this.#outlet.send(bytes);
  }
}
