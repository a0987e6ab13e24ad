import type { VideoLayout } from "../../../../preload/contract/gift.ts";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import type { Picture, Rect } from "../../../compositor/picture.ts";
import { type FrameParts, readParts } from "../../../compositor/read-rgba.ts";
import { drawPixels } from "../../../compositor/drawing-board.ts";
import { FrameStore } from "../frame-store.ts";
import { keptPictures, PictureMemo } from "../picture-memo.ts";
import { drawSlot } from "../slot-picture.ts";
import { limits } from "../limits.ts";
import {
  type AlertAnimation,
  type AlertSender,
  indexAt,
  type SoundCue,
  timeInPass,
} from "../player.ts";
import { type DemuxedMp4, demuxMp4 } from "./demux-mp4.ts";
import { type Mask, scaled, turned } from "./mask.ts";

import {
  planOfLayout,
  readVapc,
  type SlotPlace,
  slotsOfPicture,
  type VideoPlan,
} from "./video-layout.ts";
import { VideoReader } from "./video-reader.ts";

interface DecodedFrame {
  readonly picture: Picture;
  readonly slots: readonly { readonly place: SlotPlace; readonly mask: Mask }[];
}

const maskOf = (parts: FrameParts, rect: Rect): Mask => {
  const { width, height } = rect;
  return { width, height, data: parts.grey(rect, new Uint8Array(width * height)) };
};

/** Straight colours over straight colours, as far as they lie in the picture. */
const blendOver = (
  target: Uint8ClampedArray,
  size: { readonly width: number; readonly height: number },
  source: Uint8ClampedArray,
  mask: Mask,
  at: Rect,
): void => {
  for (let row = Math.max(0, -at.y); row < Math.min(at.height, size.height - at.y); row += 1)
    for (
      let column = Math.max(0, -at.x);
      column < Math.min(at.width, size.width - at.x);
      column += 1
    ) {
      const from = row * at.width + column;
      const alpha = ((source[4 * from + 3] ?? 0) * (mask.data[from] ?? 0)) / 65_025;
      if (alpha === 0) continue;
      const to = 4 * ((at.y + row) * size.width + at.x + column);
      const below = ((target[to + 3] ?? 0) / 255) * (1 - alpha);
      const whole = alpha + below;
      for (let channel = 0; channel < 3; channel += 1)
        target[to + channel] =
          ((source[4 * from + channel] ?? 0) * alpha + (target[to + channel] ?? 0) * below) / whole;
      target[to + 3] = whole * 255;
    }
};

class VideoAnimation implements AlertAnimation {
  readonly width: number;
  readonly height: number;
  readonly passMs: number;
  readonly durationMs: number;
  readonly cues: readonly SoundCue[];
  readonly maxBytes: number;
  readonly #id: string;
  readonly #video: DemuxedMp4;
  readonly #plan: VideoPlan;
  readonly #reader: VideoReader;
  readonly #frames: FrameStore<DecodedFrame>;
  readonly #withSender = new PictureMemo();

  constructor(id: string, file: Uint8Array<ArrayBuffer>, video: DemuxedMp4, plan: VideoPlan) {
    this.#id = id;
    this.#video = video;
    this.#plan = plan;
    this.width = plan.width;
    this.height = plan.height;
    const { timesUs } = video;
    this.passMs = Math.min(limits.longestMs, (timesUs.at(-1) ?? 0) / 1_000);
    this.durationMs = this.passMs;
    this.cues = video.hasSound
      ? [{ atMs: 0, offsetMs: 0, lengthMs: this.passMs, sound: file }]
      : [];
    this.#reader = new VideoReader(video);
    const frameCount = timesUs.length - 1;
    const hasSlots = plan.places.size > 0;
    const frameBytes = (4 + (hasSlots ? slotsOfPicture : 0)) * plan.width * plan.height;
    this.maxBytes =
      file.byteLength +
      Math.min(frameCount * frameBytes, limits.decodedBytes) +
      (hasSlots ? keptPictures * frameBytes : 0);
    this.#frames = new FrameStore({
      frameCount,
      frameBytes,
      endless: false,
      decode: (index) => this.#decode(index),
    });
  }

  get failure() {
    return this.#frames.failure;
  }

  frameAt(tMs: number, sender?: AlertSender): Picture | undefined {
    const index = this.#indexAt(tMs);
    const decoded = this.#frames.get(index);
    if (!decoded || !sender || decoded.slots.length === 0) return decoded?.picture;
    return this.#withSender.get(`${this.#id}/${index}/${sender.id}`, (id) =>
      this.#fill(id, decoded, sender),
    );
  }

  prepare(tMs: number): Promise<Result<void>> {
    return this.#frames.prepare(this.#indexAt(tMs));
  }

  close(): void {
    this.#frames.close();
    this.#reader.close();
    this.#withSender.close();
  }

  #indexAt(tMs: number): number {
    return indexAt(this.#video.timesUs, timeInPass(tMs, this) * 1_000);
  }

  async #decode(index: number): Promise<DecodedFrame> {
    const frame = await this.#reader.read(index);
    try {
      const { width, height } = frame.visibleRect ?? { width: 0, height: 0 };
      if (width !== this.#video.width || height !== this.#video.height)
        throw new Error(`picture ${index} has ${width} x ${height} pixels`);
      return await readParts(frame, (parts) => this.#compose(index, parts));
    } finally {
      frame.close();
    }
  }

  #compose(index: number, parts: FrameParts): DecodedFrame {
    const { width, height, colours, alpha, places } = this.#plan;
    const data = parts.rgba(colours, new Uint8ClampedArray(4 * width * height));
    if (alpha) {
      const { data: alphas } = scaled(maskOf(parts, alpha), width, height);
      for (let at = 0; at < alphas.length; at += 1) data[4 * at + 3] = alphas[at] ?? 0;
    }
    const slots = (places.get(index) ?? []).map((place) => {
      const mask = maskOf(parts, place.mask);
      const upright = place.isMaskTurned ? turned(mask) : mask;
      return { place, mask: scaled(upright, place.rect.width, place.rect.height) };
    });
    const picture: Picture = {
      id: `${this.#id}/${index}`,
      version: 0,
      width,
      height,
      pixels: { format: "RGBA", premultiplied: false, data },
    };
    return { picture, slots };
  }

  #fill(id: string, { picture, slots }: DecodedFrame, sender: AlertSender): Picture {
    if (picture.pixels instanceof VideoFrame) throw new Error("a composed frame has no pixels");
    const data = picture.pixels.data.slice();
    for (const { place, mask } of slots) {
      const { width, height } = place.rect;
      const { pixels } = drawPixels(width, height, (context) =>
        drawSlot(context, place.slot, sender, place.rect),
      );
      blendOver(data, picture, pixels.data, mask, place.rect);
    }
    return { ...picture, id, pixels: { format: "RGBA", premultiplied: false, data } };
  }
}

/** An MP4 in H264 with its alpha beside its colours. @param layout where the file itself does not say it */
export const openVideoAnimation = async (
  bytes: Uint8Array<ArrayBuffer>,
  layout: VideoLayout,
  id: string,
): Promise<Result<AlertAnimation>> => {
  const video = demuxMp4(bytes);
  if (!video.ok) return video;
  const { codec, description, width, height, vapc } = video.value;
  const plan = vapc ? readVapc(vapc, width, height) : planOfLayout(layout, width, height);
  if (!plan.ok) return plan;
  const { supported } = await VideoDecoder.isConfigSupported({ codec, description });
  if (supported !== true) return fail("alert.format_unknown", `no decoder for ${codec}`);
  const animation = new VideoAnimation(id, bytes, video.value, plan.value);
  const first = await animation.prepare(0);
  if (first.ok) return succeed(animation);
  animation.close();
  return first;
};
