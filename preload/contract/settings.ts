import { z } from "zod";

export const Locale = z.enum(["zh-CN", "en"]);
export type Locale = z.infer<typeof Locale>;

/** All are single layers but `vp8Simulcast`, which sends up to three. */
export const VideoProfile = z.enum(["h264", "vp8", "vp8Simulcast", "vp9", "av1"]);
export type VideoProfile = z.infer<typeof VideoProfile>;

export const Settings = z.object({
  locale: Locale,
  video: z.object({ profile: VideoProfile, bitrateBps: z.int().min(200_000).max(20_000_000) }),
  audio: z.object({ bitrateBps: z.int().min(32_000).max(256_000) }),
  /** An anchor link (`https://host:port/#anchor=TOKEN`) or the WebSocket URL of a foreign room; null is the rehearsal room. */
  roomLink: z.string().max(4_000).nullable(),
  rehearsalAudience: z.boolean(),
  /** The first-run guide has been seen to its end or dismissed. */
  guideDone: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;
