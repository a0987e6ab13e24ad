import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface AppCopy {
  readonly directory: string;
  remove(): Promise<void>;
}

/** The built app with files of its own, to be changed. For `launchStudio`'s `packagedApp`. */
export const copyApp = async (): Promise<AppCopy> => {
  const directory = await mkdtemp(join(tmpdir(), "anchor-app-"));
  for (const name of ["out", "package.json", "resources"])
    await cp(join(root, name), join(directory, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(directory, "node_modules"));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};
