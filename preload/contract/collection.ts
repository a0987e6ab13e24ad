import { z } from "zod";
import { CollectionId } from "./ids.ts";

/** A scene collection: one scene document among several, of which one is open. */
export const Collection = z.object({
  id: CollectionId,
  /** Empty where the anchor has never named it. */
  name: z.string().max(100),
});
export type Collection = z.infer<typeof Collection>;

/** `current` is one of `collections`; ids are unique. */
export const CollectionList = z
  .object({
    current: CollectionId,
    collections: z.array(Collection).min(1).max(200),
  })
  .superRefine(({ current, collections }, context) => {
    const ids = collections.map(({ id }) => id);
    if (new Set(ids).size !== ids.length || !ids.includes(current))
      context.addIssue({ code: "custom", message: "ids are used twice, or the current is none" });
  });
export type CollectionList = z.infer<typeof CollectionList>;
