import { framesOf } from "../../renderer/compositor/insertable-streams.ts";

/** Pixels of a decoded or composed frame, straight RGBA. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly timestampUs: number;
  /** `Date.now()` when the frame was handed over. */
  readonly arrivedAtMs: number;
  readonly rgba: Uint8ClampedArray;
}

/** Reads a track's frames one by one; frames that nobody asks for are closed. */
export class ProgrammeReader {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;

  constructor(track: MediaStreamTrack, maxBufferSize = 1) {
    this.#reader = framesOf(track, maxBufferSize).getReader();
  }

  /** The caller closes the frame. */
  async frame(): Promise<VideoFrame> {
    const { value } = await this.#reader.read();
    if (!value) throw new Error("the track has ended");
    return value;
  }

  async shot(region?: { x: number; y: number; width: number; height: number }): Promise<Shot> {
    const frame = await this.frame();
    const arrivedAtMs = Date.now();
    const { x, y, width, height } = region ?? {
      x: 0,
      y: 0,
      width: frame.displayWidth,
      height: frame.displayHeight,
    };
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("no 2d context");
    context.drawImage(frame, -x, -y);
    const { timestamp } = frame;
    frame.close();
    return {
      width,
      height,
      timestampUs: timestamp,
      arrivedAtMs,
      rgba: context.getImageData(0, 0, width, height).data,
    };
  }

  /** The first shot that `accept` likes, within `limit` frames. */
  async shotWhere(accept: (shot: Shot) => boolean, limit = 150): Promise<Shot> {
    for (let left = limit; left > 0; left -= 1) {
      const shot = await this.shot();
      if (accept(shot)) return shot;
    }
    throw new Error(`no such frame among ${limit}`);
  }

  close(): void {
    void this.#reader.cancel();
  }
}

export interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

/** Mean colour of a rectangle of a shot. */
export const meanOf = (shot: Shot, x: number, y: number, width: number, height: number): Rgb => {
  let [r, g, b] = [0, 0, 0];
  for (let row = y; row < y + height; row += 1)
    for (let column = x; column < x + width; column += 1) {
      const at = (row * shot.width + column) * 4;
      r += shot.rgba[at] ?? 0;
      g += shot.rgba[at + 1] ?? 0;
      b += shot.rgba[at + 2] ?? 0;
    }
  const pixels = width * height;
  return { r: r / pixels, g: g / pixels, b: b / pixels };
};

/** Largest difference of a channel. */
export const distance = (a: Rgb, b: Rgb): number =>
  Math.max(Math.abs(a.r - b.r), Math.abs(a.g - b.g), Math.abs(a.b - b.b));

export const rgbOf = (colour: string): Rgb => ({
  r: Number.parseInt(colour.slice(1, 3), 16),
  g: Number.parseInt(colour.slice(3, 5), 16),
  b: Number.parseInt(colour.slice(5, 7), 16),
});
