import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPictureFormat } from "../../../preload/contract/picture-format.ts";
import { openPictures } from "../../../main/storage/pictures.ts";
import { pictureLimits } from "../../../preload/contract/ipc.ts";
import { PictureId } from "../../../preload/contract/ids.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );
const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const u16 = (value: number) => [value >> 8, value & 255];
const le16 = (value: number) => [value & 255, value >> 8];

const png = (width: number, height: number) =>
  bytesOf("\x89PNG\r\n\x1a\n", u32(13), "IHDR", u32(width), u32(height), [8, 6, 0, 0, 0], u32(0));
const box = (type: string, ...content: (string | number[])[]) => {
  const inner = [...bytesOf(...content)];
  return [...u32(inner.length + 8), ...bytesOf(type), ...inner];
};
const ispe = (width: number, height: number) => box("ispe", u32(0), u32(width), u32(height));

const pictures: [string, Uint8Array][] = [
  ["image/png", png(640, 360)],
  ["image/gif", bytesOf("GIF89a", le16(640), le16(360), [0, 0, 0])],
  [
    "image/jpeg",
    bytesOf(
      [0xff, 0xd8, 0xff, 0xe0, ...u16(4), 1, 2],
      [0xff, 0xff, 0xc4, ...u16(3), 9],
      [0xff, 0xc2, ...u16(11), 8, ...u16(360), ...u16(640), 1, 2, 3, 4],
    ),
  ],
  [
    "image/webp",
    bytesOf("RIFF", u32(0), "WEBPVP8 ", u32(0), [0, 0, 0, 0x9d, 0x01, 0x2a], le16(640), le16(360)),
  ],
  [
    "image/webp",
    bytesOf("RIFF", u32(0), "WEBPVP8L", u32(0), [0x2f], [0x7f, 0xc2, 0x59, 0x00], [0, 0, 0, 0, 0]),
  ],
  ["image/webp", bytesOf("RIFF", u32(0), "WEBPVP8X", u32(0), u32(0), [0x7f, 2, 0], [0x67, 1, 0])],
  [
    "image/avif",
    bytesOf(
      box("ftyp", "avif", u32(0), "mif1"),
      box("meta", u32(0), box("hdlr"), box("iprp", box("ipco", ispe(64, 64), ispe(640, 360)))),
    ),
  ],
];

describe("readPictureFormat", () => {
  test.each(pictures)("knows %s", (contentType, bytes) => {
    expect(readPictureFormat(bytes)).toEqual({ contentType, width: 640, height: 360 });
  });

  test.each([
    "",
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "%PDF-1.4",
    "RIFF    WAVE",
    "<html>",
  ])("does not take %j", (text) => expect(readPictureFormat(bytesOf(text))).toBeUndefined());

  test("no bytes make it throw, nor a picture cut short", () => {
    const heads = pictures.map(([, bytes]) => bytes);
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.nat(80),
        fc.uint8Array({ maxLength: 60 }),
        (head, at, rest) => {
          const format = readPictureFormat(Uint8Array.from([...head.subarray(0, at), ...rest]));
          expect((format?.width ?? 1) * (format?.height ?? 1)).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("the pictures", () => {
  test("are kept under what they are, once", async () => {
    const directory = join(makeTemporaryDirectory(), "pictures");
    const store = await openPictures(directory);
    const bytes = png(10, 10);
    const [first, second] = await Promise.all([store.add(bytes), store.add(bytes)]);
    const id = createHash("sha256").update(bytes).digest("hex");
    expect(first).toEqual({ ok: true, value: id });
    expect(second).toEqual(first);
    expect(readdirSync(directory)).toEqual([id]);
    const read = await (await openPictures(directory)).read(PictureId.parse(id));
    expect(read?.contentType).toBe("image/png");
    expect([...(read?.bytes ?? [])]).toEqual([...bytes]);
  });

  test("are refused beyond the limits, or where they are none", async () => {
    const store = await openPictures(makeTemporaryDirectory());
    const { sidePx, bytes } = pictureLimits;
    expect((await store.add(png(sidePx, 1))).ok).toBe(true);
    expect(await store.add(png(sidePx + 1, 1))).toMatchObject({
      error: { code: "picture.too_large" },
    });
    expect(await store.add(new Uint8Array(bytes + 1))).toMatchObject({
      error: { code: "picture.too_large" },
    });
    expect(await store.add(bytesOf("text"))).toMatchObject({ error: { code: "picture.invalid" } });
  });

  test("that rotted on the disk are none, and can be brought again", async () => {
    const directory = makeTemporaryDirectory();
    const store = await openPictures(directory);
    const added = await store.add(png(10, 10));
    if (!added.ok) throw new Error(added.error.code);
    writeFileSync(join(directory, added.value), png(11, 11));
    expect(await store.read(added.value)).toBeUndefined();
    expect(await store.add(png(10, 10))).toEqual(added);
    expect(await store.read(added.value)).toBeDefined();
  });
});
