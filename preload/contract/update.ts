import { z } from "zod";

/** A newer version of the app, on its way in. */
export const UpdateState = z.discriminatedUnion("status", [
  /** This build was made without a place to look for newer ones, or runs in development. */
  z.object({ status: z.literal("notOffered") }),
  /** None is known; the next look comes by itself. */
  z.object({ status: z.literal("none") }),
  z.object({ status: z.literal("downloading"), version: z.string() }),
  /** Is installed when the app ends. */
  z.object({ status: z.literal("ready"), version: z.string() }),
  /** The last try failed; the next one comes by itself. */
  z.object({ status: z.literal("failed") }),
]);
export type UpdateState = z.infer<typeof UpdateState>;
