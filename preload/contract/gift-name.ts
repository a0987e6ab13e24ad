import { z } from "zod";

/** What a gift is called in the languages of the windows. */
export const GiftName = z.object({
  "zh-CN": z.string().min(1).max(40),
  en: z.string().min(1).max(40),
});
