import { copyFile, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Windows cannot open directories; there NTFS journals the rename itself. */
const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform === "win32") return;
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

/**
 * Replaces a file: after a crash at any moment it holds all of the old bytes or all of the new ones.
 * Written beside it as `<path>.new`, so one writer a path at a time. Readable by its owner only.
 * @throws the file system's error; then the file holds what it held.
 */
export const writeFileAtomically = async (
  path: string,
  data: string | Uint8Array,
): Promise<void> => {
  const written = `${path}.new`;
  try {
    const file = await open(written, "w", 0o600);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(written, path);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
};

/** The file system says that there is no such file. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** Undefined where there is no such file. @throws any other error of the file system. */
export const readTextIfPresent = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** As `readTextIfPresent`, for bytes. */
export const readBytesIfPresent = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

const brokenName = (path: string, atMs: number): string =>
  `${path}.broken-${new Date(atMs).toISOString().replaceAll(":", "-")}`;

/** Renames a file that cannot be used to `<path>.broken-<time>`, for support to look at. */
export const setAside = async (path: string, atMs: number): Promise<void> => {
  await rename(path, brokenName(path, atMs));
};

/** As `setAside`, for a file of which a part is used. */
export const copyAside = async (path: string, atMs: number): Promise<void> => {
  await copyFile(path, brokenName(path, atMs));
};
