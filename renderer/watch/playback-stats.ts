import { z } from "zod";
import type { PlaybackReport } from "../../preload/contract/playback.ts";

/** What is read of a receiver's RTCStatsReport (https://www.w3.org/TR/webrtc-stats/); durations there are in seconds. */
const Inbound = z.object({
  type: z.literal("inbound-rtp"),
  kind: z.enum(["audio", "video"]),
  timestamp: z.number(),
  framesDecoded: z.number().default(0),
  totalFreezesDuration: z.number().default(0),
  totalAudioEnergy: z.number().optional(),
  totalSamplesDuration: z.number().default(0),
  /** NTP time of what is played now, by the sender's clock. */
  estimatedPlayoutTimestamp: z.number().optional(),
});
type Inbound = z.infer<typeof Inbound>;

/** Sound below this RMS is silence: -60 dBFS. */
const silentRms = 0.001;

export interface PlaybackSnapshot {
  readonly video: Inbound;
  readonly audio: Inbound | null;
}

const newest = (entries: readonly Inbound[], kind: Inbound["kind"]): Inbound | null =>
  entries.filter((entry) => entry.kind === kind).pop() ?? null;

/** Null without a picture, or where no sound was played in between. */
const isSilent = (before: Inbound | null, now: Inbound | null): boolean | null => {
  if (before?.totalAudioEnergy === undefined || now?.totalAudioEnergy === undefined) return null;
  const seconds = now.totalSamplesDuration - before.totalSamplesDuration;
  if (seconds <= 0) return null;
  return Math.sqrt((now.totalAudioEnergy - before.totalAudioEnergy) / seconds) < silentRms;
};

const leadMs = (video: Inbound, audio: Inbound | null): number | null => {
  const shown = video.estimatedPlayoutTimestamp;
  const heard = audio?.estimatedPlayoutTimestamp;
  if (!shown || !heard) return null;
  const lead = shown - heard;
  return Math.abs(lead) <= 60_000 ? lead : null;
};

/** One report against the one before it; `seen` is null without an interval between them. */
export const readPlayback = (
  report: Iterable<unknown>,
  before: PlaybackSnapshot | null,
): {
  readonly snapshot: PlaybackSnapshot | null;
  readonly seen: Omit<PlaybackReport, "black"> | null;
} => {
  const entries = [...report].flatMap((value) => Inbound.safeParse(value).data ?? []);
  const video = newest(entries, "video");
  if (!video) return { snapshot: null, seen: null };
  const audio = newest(entries, "audio");
  const snapshot = { video, audio };
  const ms = before ? video.timestamp - before.video.timestamp : 0;
  const frames = before ? video.framesDecoded - before.video.framesDecoded : -1;
  // Fewer frames than before: another stream.
  if (!before || ms <= 0 || frames < 0) return { snapshot, seen: null };
  const frozenMs = (video.totalFreezesDuration - before.video.totalFreezesDuration) * 1_000;
  return {
    snapshot,
    seen: {
      fps: Math.min(1_000, (frames * 1_000) / ms),
      // A freeze is counted when it has ended: one that lasts shows in the frames.
      frozenMs: frames === 0 ? ms : Math.min(ms, Math.max(0, frozenMs)),
      silent: isSilent(before.audio, audio),
      pictureLeadMs: leadMs(video, audio),
    },
  };
};
