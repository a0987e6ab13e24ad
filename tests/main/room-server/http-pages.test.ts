import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
beforeAll(async () => {
  room = await TestRoom.open();
});
afterAll(() => room.close());

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${room.origin}${path}`, { headers, method });

/** `fetch` tidies paths before it asks; this does not. */
const statusOfRaw = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(room.origin);
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });

describe("the room's pages", () => {
  test("the viewers' page comes with strict headers and an identity that scripts cannot read", async () => {
    const page = await get("/");
    expect(await page.text()).toContain("<title>watch");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const cookie = page.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      /^room-[0-9a-f]+=\S+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  test("who has an identity keeps it", async () => {
    const cookie = await room.newCookie();
    expect((await get("/", { cookie })).headers.get("set-cookie")).toBeNull();
    const [name] = cookie.split("=");
    expect((await get("/", { cookie: `${name}=forged` })).headers.get("set-cookie")).not.toBeNull();
  });

  test("serves the page's files and the gifts' pictures, and tells what has not changed", async () => {
    const script = await get("/assets/watch-1.js");
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(script.headers.get("cache-control")).toContain("immutable");
    const picture = await get("/gifts/heart.svg");
    expect(picture.headers.get("content-type")).toBe("image/svg+xml");
    const etag = picture.headers.get("etag") ?? "";
    expect((await get("/gifts/heart.svg", { "if-none-match": etag })).status).toBe(304);
    const head = await get("/gifts/heart.svg", {}, "HEAD");
    expect(head.headers.get("content-length")).toBe(
      String((await picture.arrayBuffer()).byteLength),
    );
    expect(await (await get("/healthz")).text()).toBe("ok\n");
  });

  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/gifts/..%2f..%2fsecret.txt",
    "/gifts/catalogue.json",
    "/gifts/%00heart.svg",
    "//secret.txt",
    "/watch.html",
    "/constructor",
  ])("%s leads nowhere", async (path) => {
    expect(await statusOfRaw(path)).toBe(404);
  });

  test("only reading is allowed", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect((await get("/", {}, method)).status).toBe(405);
  });
});
