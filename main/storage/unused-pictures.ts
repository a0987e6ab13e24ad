import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "./atomic-file.ts";

const pictureName = /^[0-9a-f]{64}$/;
const named = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

const filesIn = async (directory: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/**
 * Removes the pictures that nothing in the data folder names: no collection, no version before it, no file that was set aside,
 * no presets of filters and no settings. Looks for the names as text, so a file that does not parse keeps its pictures too. Only before a
 * window is open, whose undo history may hold pictures that are in no file. Answers how many it removed.
 * @throws where a file cannot be read: then nothing is removed
 */
export const removeUnusedPictures = async (
  directory: string,
  picturesDirectory: string,
): Promise<number> => {
  const used = new Set<string>();
  for (const folder of [directory, join(directory, "collections")])
    for (const name of await filesIn(folder)) {
      if (!name.includes(".json")) continue;
      const text = await readFile(join(folder, name), "utf8");
      for (const [pictureId] of text.matchAll(named)) used.add(pictureId);
    }
  const unused = (await filesIn(picturesDirectory)).filter(
    (name) => pictureName.test(name) && !used.has(name),
  );
  for (const name of unused) await rm(join(picturesDirectory, name), { force: true });
  return unused.length;
};
