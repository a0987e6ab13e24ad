import { z } from "zod";

/** What a viewer's page saw of the programme since its report before. */
export const PlaybackReport = z.object({
  /** Pictures decoded per second. */
  fps: z.number().min(0).max(1_000),
  /** How long the picture stood still in all. */
  frozenMs: z.number().min(0).max(3_600_000),
  /** Null where the page cannot see its picture, or its engine does not tell. */
  black: z.boolean().nullable(),
  silent: z.boolean().nullable(),
  /** By how much the picture is ahead of its sound; negative behind it. */
  pictureLeadMs: z.number().min(-60_000).max(60_000).nullable(),
});
export type PlaybackReport = z.infer<typeof PlaybackReport>;

/** What the newest reports of an audience come to. Counts are of viewers. */
export const AudiencePlayback = z.object({
  reporters: z.int().nonnegative(),
  frozen: z.int().nonnegative(),
  black: z.int().nonnegative(),
  silent: z.int().nonnegative(),
  /** Whose browsers know no codec of the programme. */
  unplayable: z.int().nonnegative(),
  /** Medians over those who told; null where nobody did. */
  fps: z.number().nullable(),
  pictureLeadMs: z.number().nullable(),
});
export type AudiencePlayback = z.infer<typeof AudiencePlayback>;
