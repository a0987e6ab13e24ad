import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, createAppHandler } from "../../main/app-protocol.ts";
import { makeTemporaryDirectory } from "../fakes/temporary-directory.ts";

const secret = "the key of the room";
const picture = new Uint8Array([1, 2, 3]);
const pictureId = createHash("sha256").update(picture).digest("hex");

const setUp = () => {
  const root = makeTemporaryDirectory();
  for (const name of ["renderer/assets", "gifts"]) mkdirSync(join(root, name), { recursive: true });
  writeFileSync(join(root, "key.png"), secret);
  writeFileSync(join(root, "renderer/key.pem"), secret);
  writeFileSync(
    join(root, "renderer/studio.html"),
    '<meta name="csp-nonce" content="%CSP_NONCE%"><style nonce="%CSP_NONCE%"></style>',
  );
  writeFileSync(join(root, "renderer/assets/a-1.js"), "1");
  writeFileSync(join(root, "renderer/assets/a-1.js.map"), secret);
  writeFileSync(join(root, "gifts/rose.png"), "rose");
  writeFileSync(join(root, "gifts/catalogue.json"), "[]");
  writeFileSync(join(root, "gifts/rocket.svga"), "svga");
  writeFileSync(join(root, "gifts/.rose.png.swp"), secret);
  const handle = createAppHandler({
    rendererDir: join(root, "renderer"),
    giftsDir: join(root, "gifts"),
    pictures: {
      read: (id) =>
        Promise.resolve(
          id === pictureId ? { bytes: picture, contentType: "image/png" } : undefined,
        ),
    },
  });
  const get = (path: string, method = "GET") => handle({ url: `studio://app/${path}`, method });
  return { handle, get };
};

describe("the pages' scheme", () => {
  test.each([
    ["assets/a-1.js", "text/javascript; charset=utf-8", "1"],
    ["assets/a-1.js?v=2#x", "text/javascript; charset=utf-8", "1"],
    ["gifts/rose.png", "image/png", "rose"],
    ["gifts/catalogue.json", "application/octet-stream", "[]"],
    ["gifts/rocket.svga", "application/octet-stream", "svga"],
    [`pictures/${pictureId}`, "image/png", "\u0001\u0002\u0003"],
  ])("serves %s", async (path, contentType, body) => {
    const response = await setUp().get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(contentType);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    // Workers and worklets live by the policy of their own answer.
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'; ");
    expect(await response.text()).toBe(body);
  });

  test("gives each page a nonce of its own, in its policy and in its text", async () => {
    const { get } = setUp();
    const nonces = new Set<string>();
    for (let index = 0; index < 3; index += 1) {
      const response = await get("studio.html");
      const policy = response.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      expect(Buffer.from(nonce, "base64")).toHaveLength(16);
      expect(await response.text()).toBe(
        `<meta name="csp-nonce" content="${nonce}"><style nonce="${nonce}"></style>`,
      );
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  test.each([
    "",
    "key.pem",
    "../key.png",
    "..%2fkey.png",
    "%2e%2e/key.png",
    "gifts/../../key.png",
    "gifts/%2e%2e%2fkey.png",
    "gifts/.rose.png.swp",
    "assets/a-1.js.map",
    "assets",
    "assets/",
    "pictures/",
    `pictures/${"0".repeat(64)}`,
    `pictures/..%2f${pictureId}`,
    "pictures/../key.png",
    "//key.png",
    "..\\key.png",
    "%00",
  ])("has no %s", async (path) => {
    const response = await setUp().get(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("");
  });

  test("answers to no other host, scheme or method", async () => {
    const { handle, get } = setUp();
    expect((await handle({ url: "studio://other/studio.html", method: "GET" })).status).toBe(404);
    expect((await handle({ url: "file:///studio.html", method: "GET" })).status).toBe(404);
    expect((await get("studio.html", "POST")).status).toBe(405);
  });

  test("no path at all leads out of the list", async () => {
    const { get } = setUp();
    const part = fc.oneof(
      fc.constantFrom(
        "..",
        "%2e%2e",
        ".",
        "%2f",
        "%5c",
        "\\",
        "key.png",
        "gifts",
        "assets",
        "renderer",
      ),
      fc.string({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const response = await get(encodeURI(parts.join("/")).replaceAll("%25", "%"));
        expect(await response.text()).not.toContain(secret);
      }),
    );
  });
});

test("the policy lets no foreign script, frame, form or plugin in", () => {
  const policy = new Map(
    contentSecurityPolicy("abc")
      .split("; ")
      .map((line) => [line.split(" ")[0], line.split(" ").slice(1).join(" ")]),
  );
  // Written out once more: what is not here falls back to nothing.
  expect(Object.fromEntries(policy)).toEqual({
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'nonce-abc'",
    "img-src": "'self' blob: data:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self' blob: ws: wss:",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  });
});
