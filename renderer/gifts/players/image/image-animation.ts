import type { Size } from "../../../../preload/contract/geometry.ts";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import type { Picture } from "../../../compositor/picture.ts";
import { readRgba } from "../../../compositor/read-rgba.ts";
import { FrameStore } from "../frame-store.ts";
import { limits } from "../limits.ts";
import { type AlertAnimation, indexAt, timeInPass } from "../player.ts";
import { type ImageContainer, readImageContainer } from "./image-container.ts";

/** Frames of no time, or nearly none, are shown so long, as browsers do. */
const shortestMs = 10;
const insteadOfShortestMs = 100;

/** When each frame begins, and the end of the last; cut at `limits.longestMs`. */
const timesOf = (frameMs: readonly number[]): readonly number[] => {
  const times = [0];
  for (const ms of frameMs) {
    const last = times.at(-1) ?? 0;
    if (last >= limits.longestMs) break;
    times.push(Math.min(limits.longestMs, last + (ms > shortestMs ? ms : insteadOfShortestMs)));
  }
  return times;
};

const sizeOf = (image: VideoFrame): Size => ({
  width: image.visibleRect?.width ?? image.codedWidth,
  height: image.visibleRect?.height ?? image.codedHeight,
});

class ImageAnimation implements AlertAnimation {
  readonly width: number;
  readonly height: number;
  readonly passMs: number;
  readonly durationMs: number;
  readonly cues = [];
  readonly maxBytes: number;
  readonly #id: string;
  readonly #times: readonly number[];
  readonly #decoder: ImageDecoder;
  readonly #frames: FrameStore<Picture>;

  constructor(input: {
    readonly id: string;
    readonly container: ImageContainer;
    readonly decoder: ImageDecoder;
    readonly size: Size;
    readonly fileBytes: number;
  }) {
    const { id, container, decoder, fileBytes } = input;
    const { width, height } = input.size;
    const { plays } = container;
    this.#id = id;
    this.#decoder = decoder;
    this.width = width;
    this.height = height;
    const isStill = container.frameMs.length === 1;
    this.#times = isStill ? [0, 0] : timesOf(container.frameMs);
    const frameCount = this.#times.length - 1;
    this.passMs = this.#times.at(-1) ?? 0;
    const endless = plays === 0;
    this.durationMs = isStill
      ? 0
      : endless
        ? limits.longestMs
        : Math.min(limits.longestMs, this.passMs * plays);
    const frameBytes = 4 * width * height;
    this.maxBytes = fileBytes + Math.min(frameCount * frameBytes, limits.decodedBytes);
    this.#frames = new FrameStore({
      frameCount,
      frameBytes,
      endless: plays !== 1,
      decode: (index) => this.#decode(index),
    });
  }

  get failure() {
    return this.#frames.failure;
  }

  frameAt(tMs: number): Picture | undefined {
    return this.#frames.get(this.#indexAt(tMs));
  }

  prepare(tMs: number): Promise<Result<void>> {
    return this.#frames.prepare(this.#indexAt(tMs));
  }

  close(): void {
    this.#frames.close();
    if (this.#decoder.type !== "") this.#decoder.close();
  }

  #indexAt(tMs: number): number {
    return indexAt(this.#times, timeInPass(tMs, this));
  }

  async #decode(index: number): Promise<Picture> {
    const { image } = await this.#decoder.decode({ frameIndex: index });
    try {
      const { width, height } = this;
      const size = sizeOf(image);
      if (size.width !== width || size.height !== height)
        throw new Error(`frame ${index} has ${size.width} x ${size.height} pixels`);
      const data = new Uint8ClampedArray(4 * width * height);
      await readRgba(image, { x: 0, y: 0, width, height }, data);
      return {
        id: `${this.#id}/${index}`,
        version: 0,
        width,
        height,
        pixels: { format: "RGBA", premultiplied: false, data },
      };
    } finally {
      image.close();
    }
  }
}

/** Animated or still GIF, PNG, WebP and AVIF. @param id of its pictures */
export const openImageAnimation = async (
  bytes: Uint8Array<ArrayBuffer>,
  mimeType: ImageContainer["mimeType"],
  id: string,
): Promise<Result<AlertAnimation>> => {
  const container = readImageContainer(bytes, mimeType);
  if (!container.ok) return container;
  const decoder = new ImageDecoder({
    data: bytes,
    type: mimeType,
    preferAnimation: container.value.frameMs.length > 1,
  });
  try {
    const { image } = await decoder.decode();
    const size = sizeOf(image);
    image.close();
    const frames = decoder.tracks.selectedTrack?.frameCount ?? 0;
    const declared = container.value.frameMs.length;
    if (frames < declared) throw new Error(`${frames} of ${declared} frames`);
    return succeed(
      new ImageAnimation({
        id,
        container: container.value,
        decoder,
        size,
        fileBytes: bytes.byteLength,
      }),
    );
  } catch (error) {
    if (decoder.type !== "") decoder.close();
    return fail("alert.file_broken", error instanceof Error ? error.message : mimeType);
  }
};
