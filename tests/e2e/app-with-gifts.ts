import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The built app with another catalogue: everything of `giftsDir` in place of its own. For `launchStudio`'s `packagedApp`. */
export const makeAppWithGifts = async (
  giftsDir: string,
): Promise<{ readonly directory: string; remove(): Promise<void> }> => {
  const directory = await mkdtemp(join(tmpdir(), "anchor-gifts-"));
  await cp(join(root, "out"), join(directory, "out"), { recursive: true });
  await cp(join(root, "package.json"), join(directory, "package.json"));
  await cp(join(root, "resources"), join(directory, "resources"), { recursive: true });
  await rm(join(directory, "resources/gifts"), { recursive: true });
  await mkdir(join(directory, "resources/gifts"));
  await cp(giftsDir, join(directory, "resources/gifts"), { recursive: true });
  await symlink(join(root, "node_modules"), join(directory, "node_modules"));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};
