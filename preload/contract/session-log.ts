import { z } from "zod";
import { EpochMs } from "./time.ts";

/** What can be wrong with a show, each with its words and its remedy. */
export const ConditionKind = z.enum([
  "programmeStopped",
  "sendingStopped",
  "programmeBlack",
  "soundSilent",
  "soundMissing",
  "audienceFrozen",
  "audienceBlack",
  "audienceSilent",
  "audienceUnplayable",
  "pictureEarly",
  "pictureLate",
  "programmeSlow",
  "encoderSlow",
  "networkSlow",
  "networkLossy",
  "programmeStill",
]);
export type ConditionKind = z.infer<typeof ConditionKind>;

/** One line of what happened in a show. */
export const SessionLogEntry = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["began", "wentOn", "ended"]), atMs: EpochMs }),
  /** Viewers get nothing; `code` says why. */
  z.object({ type: z.literal("lost"), atMs: EpochMs, code: z.string().max(100) }),
  z.object({ type: z.literal("back"), atMs: EpochMs }),
  z.object({ type: z.enum(["raised", "cleared"]), atMs: EpochMs, kind: ConditionKind }),
]);
export type SessionLogEntry = z.infer<typeof SessionLogEntry>;
