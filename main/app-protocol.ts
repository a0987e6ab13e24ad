import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { GiftFile } from "../preload/contract/gift.ts";
import { PictureId } from "../preload/contract/ids.ts";
import type { PictureStore } from "./storage/pictures.ts";
import { isStudioPage } from "./studio-origin.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".tflite": "application/octet-stream",
};

/** Where an html file has this, each answer has the nonce of its own header. */
const noncePlaceholder = "%CSP_NONCE%";

/**
 * What a page of ours may load and do. Rooms are anywhere, so `ws:` and `wss:` are open; styles made at run time (antd)
 * carry the nonce; no script but our files runs, and the
 * WebAssembly that these load.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self' blob: ws: wss:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Every file below `directory` whose name is served, by its path in URLs. */
const listFiles = (directory: string, prefix: string, isServed: (name: string) => boolean) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isServed(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${prefix}${relative(directory, path).split(sep).join("/")}`, path] as const;
    });

const newNonce = (): string => randomBytes(16).toString("base64");

const answer = (
  status: number,
  body: string | Uint8Array<ArrayBuffer> | null,
  contentType: string,
  nonce = newNonce(),
): Response =>
  new Response(body, {
    status,
    headers: {
      "content-type": contentType,
      "content-security-policy": contentSecurityPolicy(nonce),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  });

const refuse = (status: number): Response => answer(status, null, "text/plain; charset=utf-8");

export interface AppFiles {
  /** The built pages. */
  readonly rendererDir: string;
  /** The catalogue and its gifts' pictures, animations and sounds, at `gifts/`. */
  readonly giftsDir: string;
  readonly pictures: Pick<PictureStore, "read">;
}

/**
 * Answers the requests of our pages. Files are looked up in a list made once, never by a path that a page made up, so
 * nothing outside of the list can be reached.
 * @throws where the directories cannot be read.
 */
export const createAppHandler = ({ rendererDir, giftsDir, pictures }: AppFiles) => {
  const files = new Map<string, string>([
    ...listFiles(rendererDir, "", (name) => extname(name) in contentTypes),
    ...listFiles(giftsDir, "gifts/", (name) => GiftFile.safeParse(name).success),
  ]);
  return async (request: Pick<Request, "url" | "method">): Promise<Response> => {
    if (request.method !== "GET") return refuse(405);
    if (!isStudioPage(request.url)) return refuse(404);
    const { pathname } = new URL(request.url);
    const pictureId = PictureId.safeParse(/^\/pictures\/([^/]+)$/.exec(pathname)?.[1]);
    if (pictureId.success) {
      const picture = await pictures.read(pictureId.data);
      return picture
        ? answer(200, new Uint8Array(picture.bytes), picture.contentType)
        : refuse(404);
    }
    const path = files.get(pathname);
    if (!path) return refuse(404);
    const contentType = contentTypes[extname(path)] ?? "application/octet-stream";
    if (extname(path) !== ".html")
      return answer(200, new Uint8Array(await readFile(path)), contentType);
    const nonce = newNonce();
    const page = (await readFile(path, "utf8")).replaceAll(noncePlaceholder, nonce);
    return answer(200, page, contentType, nonce);
  };
};
