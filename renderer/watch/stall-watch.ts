/** The programme has a constant rate: without a new picture for so long, something between here and the anchor is broken. */
const stalledMs = 2_000;
const everyMs = 250;

/** What is needed of an `HTMLVideoElement`. */
type Frames = Pick<HTMLVideoElement, "getVideoPlaybackQuality">;

export interface StallListener {
  readonly onStalled: () => void;
  readonly onMoving: () => void;
}

/** Notices that a video shows no new pictures, and that it does again. Pages that nobody sees are not judged. */
export class StallWatch {
  readonly #timer: ReturnType<typeof setInterval>;
  #frames = -1;
  #movedAtMs: number;
  #stalled = false;

  /** @param nowMs of a clock that only rises */
  constructor(video: Frames, isSeen: () => boolean, nowMs: () => number, listener: StallListener) {
    this.#movedAtMs = nowMs();
    this.#timer = setInterval(() => {
      const { totalVideoFrames } = video.getVideoPlaybackQuality();
      const moved = totalVideoFrames !== this.#frames;
      this.#frames = totalVideoFrames;
      if (moved || !isSeen()) this.#movedAtMs = nowMs();
      const stalled = nowMs() - this.#movedAtMs >= stalledMs;
      if (stalled === this.#stalled) return;
      this.#stalled = stalled;
      if (stalled) listener.onStalled();
      else listener.onMoving();
    }, everyMs);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
