import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type AppCopy, copyApp } from "./app-copy.ts";

/** The built app with another catalogue: everything of `giftsDir` in place of its own. */
export const makeAppWithGifts = async (giftsDir: string): Promise<AppCopy> => {
  const copy = await copyApp();
  const gifts = join(copy.directory, "resources/gifts");
  await rm(gifts, { recursive: true });
  await mkdir(gifts);
  await cp(giftsDir, gifts, { recursive: true });
  return copy;
};
