import { limits } from "../limits.ts";
import { indexAt } from "../player.ts";
import type { DemuxedMp4 } from "./demux-mp4.ts";

/** Coded pictures that the decoder has at once, and decoded ones that wait for being asked for. */
const mostInDecoder = 4;
const mostWaiting = 8;

/** Decodes any picture of a video; one after the other is cheap, another order begins at a key picture. */
export class VideoReader {
  readonly #video: DemuxedMp4;
  readonly #decoder: VideoDecoder;
  /** Decoded and not asked for yet, by index. */
  readonly #outputs = new Map<number, VideoFrame>();
  #target = 0;
  #latest = -1;
  #nextSample = 0;
  #flushing: "no" | "begun" | "done" = "no";
  #error: Error | undefined;
  #wake: () => void = () => {};

  constructor(video: DemuxedMp4) {
    this.#video = video;
    this.#decoder = new VideoDecoder({
      output: (frame) => this.#take(frame),
      error: (error) => {
        this.#error = error;
        this.#wake();
      },
    });
    this.#decoder.addEventListener("dequeue", () => this.#wake());
    this.#configure();
  }

  /** The caller closes the frame. One at a time. @throws where it cannot be decoded */
  async read(index: number): Promise<VideoFrame> {
    this.#target = index;
    this.#forgetBefore(index);
    if (!this.#outputs.has(index)) this.#seek(index);
    for (;;) {
      if (this.#error) throw this.#error;
      const found = this.#outputs.get(index);
      if (found) {
        this.#outputs.delete(index);
        return found;
      }
      if (this.#latest > index || this.#flushing === "done")
        throw new Error(`no picture ${index} comes out of the decoder`);
      const news = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#feed();
      await news;
    }
  }

  close(): void {
    this.#forgetBefore(Infinity);
    if (this.#decoder.state !== "closed") this.#decoder.close();
    this.#error ??= new Error("the animation is closed");
    this.#wake();
  }

  #configure(): void {
    const { codec, description } = this.#video;
    this.#decoder.configure({ codec, description, optimizeForLatency: true });
    this.#latest = -1;
    this.#flushing = "no";
  }

  #take(frame: VideoFrame): void {
    const index = indexAt(this.#video.timesUs, frame.timestamp);
    this.#latest = index;
    if (index < this.#target || this.#decoder.state === "closed") frame.close();
    else this.#outputs.set(index, frame);
    if (frame.codedWidth > limits.codedSidePx || frame.codedHeight > limits.codedSidePx)
      this.#error = new Error("pictures of another size than the file says");
    this.#wake();
  }

  #forgetBefore(index: number): void {
    for (const [at, frame] of this.#outputs)
      if (at < index) {
        frame.close();
        this.#outputs.delete(at);
      }
  }

  /** Begins anew where the picture has gone by, or a key picture is nearer than where the decoder stands. */
  #seek(index: number): void {
    const { samples, timesUs } = this.#video;
    const timeUs = timesUs[index] ?? 0;
    let key = 0;
    for (const [at, sample] of samples.entries())
      if (sample.isKey && sample.timeUs <= timeUs) key = at;
    const hasGoneBy = this.#latest >= index || this.#flushing !== "no";
    if (!hasGoneBy && key <= this.#nextSample) return;
    this.#forgetBefore(Infinity);
    this.#decoder.reset();
    this.#configure();
    this.#nextSample = key;
  }

  #feed(): void {
    const { samples } = this.#video;
    while (this.#decoder.decodeQueueSize < mostInDecoder && this.#outputs.size < mostWaiting) {
      const sample = samples[this.#nextSample];
      if (!sample) break;
      this.#nextSample += 1;
      const { data, isKey, timeUs } = sample;
      this.#decoder.decode(
        new EncodedVideoChunk({ type: isKey ? "key" : "delta", timestamp: timeUs, data }),
      );
    }
    if (this.#nextSample < samples.length || this.#flushing !== "no") return;
    this.#flushing = "begun";
    this.#decoder.flush().then(
      () => {
        if (this.#flushing === "begun") this.#flushing = "done";
        this.#wake();
      },
      (error: unknown) => {
        // A reset ends a flush like this; what is broken also says so itself.
        if (!(error instanceof DOMException && error.name === "AbortError"))
          this.#error ??= error instanceof Error ? error : new Error(String(error));
        this.#wake();
      },
    );
  }
}
