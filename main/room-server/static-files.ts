import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Its name changes with its content. */
  readonly isImmutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

const pages: ReadonlyMap<string, string> = new Map([
  ["watch.html", "/"],
  ["moderate.html", "/moderate"],
]);

const read = (path: string, isImmutable: boolean): StaticFile => {
  const body = readFileSync(path);
  return {
    body,
    type: types[extname(path)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    isImmutable,
  };
};

const filesUnder = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && types[extname(entry.name)])
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

/**
 * Everything the room serves, by URL path, read once at the start: a request can name nothing else. `/` is the viewers' page
 * and `/moderate` the moderators', if they have been built.
 */
export const readStaticFiles = (
  watchDir: string,
  moderateDir: string,
  resourcesDir: string,
): ReadonlyMap<string, StaticFile> => {
  const files = new Map<string, StaticFile>();
  for (const directory of [watchDir, moderateDir])
    for (const path of filesUnder(directory)) {
      const name = relative(directory, path).split(sep).join("/");
      files.set(pages.get(name) ?? `/${name}`, read(path, name.startsWith("assets/")));
    }
  const giftsDir = join(resourcesDir, "gifts");
  for (const path of filesUnder(giftsDir)) {
    const name = relative(giftsDir, path);
    if (/^[A-Za-z0-9_-]+\.(svg|png)$/.test(name)) files.set(`/gifts/${name}`, read(path, false));
  }
  return files;
};
