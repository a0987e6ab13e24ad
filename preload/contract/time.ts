import { z } from "zod";

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export const EpochMs = z.int().nonnegative().brand<"EpochMs">();
export type EpochMs = z.infer<typeof EpochMs>;
