import { z } from "zod";
import type { UplinkStats } from "../session/state.ts";

/**
 * What is read of a sender's RTCStatsReport (https://www.w3.org/TR/webrtc-stats/). `timestamp` in milliseconds,
 * `roundTripTime` in seconds.
 */
const Outbound = z.object({
  type: z.literal("outbound-rtp"),
  id: z.string(),
  kind: z.literal("video"),
  timestamp: z.number(),
  bytesSent: z.number().default(0),
  headerBytesSent: z.number().default(0),
  packetsSent: z.number().default(0),
  framesSent: z.number().default(0),
  frameWidth: z.number().optional(),
  frameHeight: z.number().optional(),
  encoderImplementation: z.string().optional(),
  qualityLimitationReason: z.enum(["none", "cpu", "bandwidth", "other"]).default("none"),
  codecId: z.string().optional(),
  remoteId: z.string().optional(),
});
const RemoteInbound = z.object({
  type: z.literal("remote-inbound-rtp"),
  id: z.string(),
  kind: z.literal("video"),
  packetsLost: z.number().default(0),
  roundTripTime: z.number().optional(),
});
const Codec = z.object({ type: z.literal("codec"), id: z.string(), mimeType: z.string() });
const Entry = z.union([Outbound, RemoteInbound, Codec]);

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

export interface StatsSnapshot {
  readonly atMs: number;
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  /** Frames sent by outbound id, since layers are counted one by one. */
  readonly frames: ReadonlyMap<string, number>;
}

/**
 * Reads one report against the one before it. `stats` is null where no interval lies between the two
 * (the first report) or no video is sent. Layers are added up; size, rate and encoder are those of the largest one.
 */
export const readUplinkStats = (
  report: Iterable<unknown>,
  before: StatsSnapshot | null,
): { readonly snapshot: StatsSnapshot | null; readonly stats: UplinkStats | null } => {
  const entries = [...report].flatMap((value) => {
    const parsed = Entry.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  const layers = entries.filter((entry) => entry.type === "outbound-rtp");
  const remotes = entries.filter((entry) => entry.type === "remote-inbound-rtp");
  const [first] = layers;
  if (!first) return { snapshot: null, stats: null };
  const snapshot: StatsSnapshot = {
    atMs: Math.max(...layers.map(({ timestamp }) => timestamp)),
    bytes: sum(layers.map((layer) => layer.bytesSent + layer.headerBytesSent)),
    packets: sum(layers.map(({ packetsSent }) => packetsSent)),
    lost: sum(remotes.map(({ packetsLost }) => packetsLost)),
    frames: new Map(layers.map(({ id, framesSent }) => [id, framesSent])),
  };
  const seconds = before ? (snapshot.atMs - before.atMs) / 1_000 : 0;
  if (!before || seconds <= 0) return { snapshot, stats: null };
  const sent = (layer: (typeof layers)[number]) =>
    layer.framesSent - (before.frames.get(layer.id) ?? 0);
  const area = (layer: (typeof layers)[number]) =>
    sent(layer) > 0 ? (layer.frameWidth ?? 0) * (layer.frameHeight ?? 0) : 0;
  const largest = layers.reduce((best, layer) => (area(layer) > area(best) ? layer : best), first);
  const rtts = remotes.flatMap(({ roundTripTime }) => roundTripTime ?? []);
  const packets = snapshot.packets - before.packets;
  const lost = Math.max(0, snapshot.lost - before.lost);
  const codec = entries.find((entry) => entry.type === "codec" && entry.id === largest.codecId);
  return {
    snapshot,
    stats: {
      bitrateBps: Math.round((Math.max(0, snapshot.bytes - before.bytes) * 8) / seconds),
      fps: Math.max(0, sent(largest)) / seconds,
      rttMs: rtts.length ? Math.max(...rtts) * 1_000 : null,
      lossPercent: remotes.length && packets > 0 ? Math.min(100, (lost / packets) * 100) : null,
      width: largest.frameWidth ?? 0,
      height: largest.frameHeight ?? 0,
      codec: codec?.type === "codec" ? codec.mimeType.replace(/^video\//iu, "") : "",
      encoder: largest.encoderImplementation ?? "",
      limitation: largest.qualityLimitationReason,
    },
  };
};
