import * as fc from "fast-check";
import { strToU8, type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { PictureId } from "../../../../preload/contract/ids.ts";
import type { SceneDocument } from "../../../../preload/contract/scene.ts";
import {
  collectionFileLimits,
  packCollection,
  picturesOf,
  unpackCollection,
} from "../../../../renderer/scene/collections/collection-file.ts";
import {
  colourSource,
  documentOf,
  documentOfScenes,
  sceneSource,
} from "../../../fakes/documents.ts";

const pictureId = (digit: string) => PictureId.parse(digit.repeat(64));
const image = (digit: string) =>
  ({
    id: `image-${digit}`,
    name: "image",
    kind: "image",
    pictureId: digit.repeat(64),
    width: 4,
    height: 4,
  }) as const;
const bytesOf = (...values: number[]) => new Uint8Array(values);
const document = documentOf([
  { source: image("a") },
  { source: colourSource("red", "#ff0000", 8, 8) },
]);
const content = (more: object = {}) => ({
  format: "anchor-studio-collection",
  version: 1,
  name: "Show",
  document,
  ...more,
});
const archive = (files: Readonly<Record<string, Uint8Array | string>>) =>
  new Uint8Array(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, data]) => [
          name,
          typeof data === "string" ? strToU8(data) : data,
        ]),
      ) as Zippable,
    ),
  );
const picture = { [`pictures/${"a".repeat(64)}`]: bytesOf(1, 2, 3) };
const codeOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const read = await unpackCollection(new Blob([bytes]));
  return read.ok ? "ok" : read.error.code;
};

describe("a collection file", () => {
  test("gives back what went in, whatever that is", async () => {
    const anyDocument = fc
      .record({
        images: fc.subarray(["a", "b", "c"]),
        text: fc.string({ maxLength: 50 }),
        x: fc.integer({ min: -500, max: 500 }),
        nested: fc.boolean(),
      })
      .map(({ images, text, x, nested }): SceneDocument => {
        const words = {
          id: "text",
          name: "text",
          kind: "text",
          text,
          sizePx: 40,
          weight: "bold",
          align: "left",
          colour: "#ffffff",
          background: null,
          maxWidthPx: 400,
        } as const;
        return documentOfScenes({
          scene: [
            ...images.map((digit) => ({ source: image(digit), x })),
            { source: words },
            ...(nested ? [{ source: sceneSource("inner") }] : []),
          ],
          inner: [{ source: image("d"), scale: 2 }],
        });
      });
    await fc.assert(
      fc.asyncProperty(
        anyDocument,
        fc.string({ maxLength: 100 }),
        fc.uint8Array({ maxLength: 2_000 }),
        async (whole, name, bytes) => {
          const pictures = new Map(
            [...picturesOf(whole)].map((id, index) => [id, new Uint8Array([index, ...bytes])]),
          );
          const packed = await packCollection({ name, document: whole, pictures });
          if (!packed.ok) throw new Error(packed.error.code);
          expect(await unpackCollection(packed.value)).toEqual({
            ok: true,
            value: { name, document: whole, pictures },
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  test("of many pictures lets other things have their turn while it is packed", async () => {
    const large = new Uint8Array(24 * 1024 * 1024).fill(7);
    const whole = documentOf([{ source: image("a") }, { source: image("b") }]);
    const pictures = new Map([...picturesOf(whole)].map((id) => [id, large] as const));
    let turns = 0;
    const count = setInterval(() => (turns += 1), 1);
    const packed = await packCollection({ name: "large", document: whole, pictures });
    clearInterval(count);
    expect(turns).toBeGreaterThan(1);
    expect(packed.ok && packed.value.size).toBeGreaterThan(2 * large.length);
  });

  test("holds each picture once, and leaves alone what nothing shows", async () => {
    const twice = documentOf([{ source: image("a") }, { source: image("a"), x: 9 }]);
    expect([...picturesOf(twice)]).toEqual([pictureId("a")]);
    const file = archive({
      "collection.json": JSON.stringify(content()),
      ...picture,
      [`pictures/${"b".repeat(64)}`]: "not shown",
      "../../settings.json": "{}",
    });
    const read = await unpackCollection(new Blob([file]));
    expect(read.ok && [...read.value.pictures.keys()]).toEqual([pictureId("a")]);
  });

  test("of another kind, torn or without its parts is refused in words of its own", async () => {
    const whole = archive({ "collection.json": JSON.stringify(content()), ...picture });
    expect(await codeOf(whole)).toBe("ok");
    expect(await codeOf(bytesOf())).toBe("collection.file_invalid");
    expect(await codeOf(bytesOf(0x89, 0x50, 0x4e, 0x47))).toBe("collection.file_invalid");
    expect(await codeOf(archive({ "manifest.json": "{}" }))).toBe("collection.file_invalid");
    for (const text of [
      "",
      "[]",
      "{",
      JSON.stringify({ version: 1 }),
      JSON.stringify(content({ document: { version: 1 } })),
      JSON.stringify(content({ name: 7 })),
    ])
      expect(await codeOf(archive({ "collection.json": text, ...picture }))).toBe(
        "collection.file_invalid",
      );
    const newer = JSON.stringify(content({ version: 2, document: "as it will be" }));
    expect(await codeOf(archive({ "collection.json": newer }))).toBe("collection.file_newer");
    const alone = archive({ "collection.json": JSON.stringify(content()) });
    expect(await codeOf(alone)).toBe("picture.missing");
  });

  test("cut off anywhere or with any byte changed is refused or read, and never more than that", async () => {
    const whole = archive({ "collection.json": JSON.stringify(content()), ...picture });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          expect(await codeOf(whole.slice(0, at))).not.toBe("ok");
          const changed = whole.slice();
          changed[at] = (changed[at] ?? 0) ^ by;
          expect([
            "ok",
            "collection.file_invalid",
            "collection.file_newer",
            "collection.file_too_large",
            "picture.missing",
          ]).toContain(await codeOf(changed));
        },
      ),
    );
  });

  test("that would grow without end is stopped", async () => {
    const bomb = archive({ "collection.json": new Uint8Array(64 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(bomb)).toBe("collection.file_too_large");
    const hugePicture = archive({
      "collection.json": JSON.stringify(content()),
      [`pictures/${"a".repeat(64)}`]: new Uint8Array(40 * 1024 * 1024),
    });
    expect(await codeOf(hugePicture)).toBe("collection.file_too_large");
  });

  test("that is far too large, or gone since it was chosen, is refused without being read", async () => {
    /** As a file is whose disk was taken out. */
    const unreadable = (size: number) =>
      Object.create(Blob.prototype, {
        size: { value: size },
        arrayBuffer: { value: () => Promise.reject(new Error("gone")) },
      }) as Blob;
    expect(await unpackCollection(unreadable(10))).toMatchObject({
      error: { code: "collection.file_invalid" },
    });
    expect(await unpackCollection(unreadable(collectionFileLimits.bytes + 1))).toMatchObject({
      error: { code: "collection.file_too_large" },
    });
  });
});
