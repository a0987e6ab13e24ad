import { z } from "zod";
import { GiftTier } from "./gift.ts";
import { GiftId, SceneId, TemplateId } from "./ids.ts";

export const Locale = z.enum(["zh-CN", "en"]);
export type Locale = z.infer<typeof Locale>;

/** All are single layers but `vp8Simulcast`, which sends up to three. */
export const VideoProfile = z.enum(["h264", "vp8", "vp8Simulcast", "vp9", "av1"]);
export type VideoProfile = z.infer<typeof VideoProfile>;

/** What an alert is like where it fits; the first rule of the list that fits is the one. */
export const AlertRule = z.object({
  match: z.object({
    /** Null is anything that is thanked. */
    giftId: GiftId.nullable(),
    /** Of the whole combo; tips count ten coins for a yuan. */
    leastCoins: z.int().nonnegative().max(1_000_000_000),
    /** A nickname or a viewer id; empty is anybody. */
    sender: z.string().max(64),
  }),
  /** Null is that of the gift. */
  tier: GiftTier.nullable(),
  /** The gift whose animation and sound are shown and heard; null are those of what is thanked. */
  show: GiftId.nullable().default(null),
  /** What it looks like; null is the template in use, as is one that there is no more. */
  template: TemplateId.nullable().default(null),
  silent: z.boolean(),
  /** Shown in the programme for so long, then the scene that was there before. */
  scene: z.object({ sceneId: SceneId, seconds: z.int().min(1).max(120) }).nullable(),
  /** In place of the usual words, with `{sender}`, `{gift}`, `{count}`, `{amount}` and `{message}`; empty are the usual ones. */
  text: z.string().max(80),
});
export type AlertRule = z.infer<typeof AlertRule>;
export const mostAlertRules = 50;

export const Settings = z.object({
  locale: Locale,
  video: z.object({ profile: VideoProfile, bitrateBps: z.int().min(200_000).max(20_000_000) }),
  audio: z.object({ bitrateBps: z.int().min(32_000).max(256_000) }),
  /** An anchor link (`https://host:port/#anchor=TOKEN`) or the WebSocket URL of a foreign room; null is the rehearsal room. */
  roomLink: z.string().max(4_000).nullable(),
  rehearsalAudience: z.boolean(),
  /** The first-run guide has been seen to its end or dismissed. */
  guideDone: z.boolean(),
  alertRules: z.array(AlertRule).max(mostAlertRules),
});
export type Settings = z.infer<typeof Settings>;
