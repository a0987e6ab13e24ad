import type { Size } from "../../preload/contract/geometry.ts";
import { visibleItems } from "../../preload/contract/grouping.ts";
import type { SceneId, SourceId } from "../../preload/contract/ids.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { VideoProfile } from "../../preload/contract/settings.ts";

/** The part of RtpCodecCapability (mediasoup-client) that the choice depends on. */
export interface OfferedCodec {
  readonly kind: "audio" | "video";
  readonly mimeType: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** Lower is better; undefined where it is another codec. */
const h264Rank = (codec: OfferedCodec): number | undefined => {
  if (codec.mimeType.toLowerCase() !== "video/h264") return undefined;
  const given = codec.parameters?.["profile-level-id"];
  const profile = typeof given === "string" ? given.toLowerCase() : "42001f";
  // Without packetization-mode 1 a picture's slices cannot exceed one packet (RFC 6184 section 6.2).
  const mode = Number(codec.parameters?.["packetization-mode"] ?? 0) === 1 ? 0 : 10;
  if (profile.startsWith("42e0")) return mode;
  return mode + (profile.startsWith("4200") ? 1 : 2);
};

/** In the order of the room's list: for VP9 profile 0, which is all that is offered. */
const mimeTypes = {
  vp8: "video/vp8",
  vp8Simulcast: "video/vp8",
  vp9: "video/vp9",
  av1: "video/av1",
} as const;

/** The codec to send of those that both sides have; undefined where the room does not offer it. */
export const chooseCodec = <C extends OfferedCodec>(
  profile: VideoProfile,
  codecs: readonly C[],
): C | undefined => {
  if (profile !== "h264")
    return codecs.find(({ mimeType }) => mimeType.toLowerCase() === mimeTypes[profile]);
  return codecs
    .flatMap((codec) => {
      const rank = h264Rank(codec);
      return rank === undefined ? [] : [{ codec, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)[0]?.codec;
};

export interface LayerEncoding {
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy: number;
  readonly scalabilityMode?: string;
}

/** Shares of the bitrate from the smallest layer up. */
const shares = { two: [0.25, 0.75], three: [0.08, 0.24, 0.68] } as const;
/** Smaller pictures than this get two layers from Chromium, whatever is asked. */
const threeLayersFrom = 960 * 540;

/** What is sent, smallest layer first; the sum of `maxBitrate` is at most `bitrateBps`. */
export const encodingsFor = (
  profile: VideoProfile,
  size: Size,
  bitrateBps: number,
): readonly LayerEncoding[] => {
  const whole = { maxBitrate: bitrateBps, scaleResolutionDownBy: 1 };
  // Without a mode these two are sent in layers of Chromium's choice.
  if (profile === "vp9" || profile === "av1") return [{ ...whole, scalabilityMode: "L1T1" }];
  if (profile !== "vp8Simulcast") return [whole];
  const layers = size.width * size.height >= threeLayersFrom ? shares.three : shares.two;
  return layers.map((share, index) => ({
    maxBitrate: Math.floor(bitrateBps * share),
    scaleResolutionDownBy: 2 ** (layers.length - 1 - index),
    scalabilityMode: "L1T3",
  }));
};

/** `detail` keeps a picture sharp and lets its rate fall; `motion` the other way round. */
export type ContentHint = "detail" | "motion";

/** How much of a length from `from` on lies between 0 and `limit`. */
const within = (from: number, length: number, limit: number): number =>
  Math.max(0, Math.min(limit, from + length) - Math.max(0, from));

/**
 * `detail` where screens and windows cover more than half of the programme's canvas and no camera is shown: a person must
 * not stutter, and the encoder works harder on screens. Overlaps are not looked at: the areas of visible items are added up.
 */
export const contentHintOf = (
  document: SceneDocument,
  sizeOf: (sourceId: SourceId) => Size | undefined,
): ContentHint => {
  const [canvas] = document.canvases;
  if (!canvas) return "motion";
  const sources = new Map(document.sources.map((source) => [source.id, source]));
  const scenes = new Map(document.scenes.map((scene) => [scene.id, scene]));
  let cameras = 0;
  let covered = 0;
  const look = (sceneId: SceneId, x: number, y: number, scaleX: number, scaleY: number): void => {
    const scene = scenes.get(sceneId);
    for (const { sourceId, transform, crop } of scene ? visibleItems(scene) : []) {
      const source = sources.get(sourceId);
      const size = sizeOf(sourceId);
      if (!source || !size) continue;
      const left = x + transform.x * scaleX;
      const top = y + transform.y * scaleY;
      const across = transform.scaleX * scaleX;
      const down = transform.scaleY * scaleY;
      if (source.kind === "camera") cameras += 1;
      if (source.kind === "scene")
        look(source.sceneId, left - crop.left * across, top - crop.top * down, across, down);
      if (source.kind !== "screen" && source.kind !== "window") continue;
      const width = Math.max(0, size.width - crop.left - crop.right) * across;
      const height = Math.max(0, size.height - crop.top - crop.bottom) * down;
      covered += within(left, width, canvas.width) * within(top, height, canvas.height);
    }
  };
  look(canvas.sceneId, 0, 0, 1, 1);
  return cameras === 0 && covered > (canvas.width * canvas.height) / 2 ? "detail" : "motion";
};
