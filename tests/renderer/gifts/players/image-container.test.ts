import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileKindOf } from "../../../../renderer/gifts/players/file-kind.ts";
import { readImageContainer } from "../../../../renderer/gifts/players/image/image-container.ts";
import { limits } from "../../../../renderer/gifts/players/limits.ts";

const mimeTypes = ["image/gif", "image/png", "image/webp", "image/avif"] as const;
const files = {
  "image/gif": "gif",
  "image/png": "apng",
  "image/webp": "webp",
  "image/avif": "avif",
};
const read = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../fixtures/gifts", name)));

test.each(mimeTypes)("a file of %s tells its size and its frames' times", (mimeType) => {
  const bytes = read(`six.${files[mimeType]}`);
  expect(fileKindOf(bytes)).toBe(mimeType);
  expect(readImageContainer(bytes, mimeType)).toMatchObject({
    ok: true,
    value: { width: 96, height: 64, frameMs: Array(6).fill(expect.closeTo(100, 3)) },
  });
});

/** A GIF of one pixel, `count` times. */
const gifOf = (count: number, width = 1): Uint8Array => {
  const frame = [0x2c, 0, 0, 0, 0, width & 255, width >> 8, 1, 0, 0, 2, 1, 0x44, 0];
  return Uint8Array.from([
    ...new TextEncoder().encode("GIF89a"),
    1,
    0,
    1,
    ...Array<number>(4).fill(0),
    ...Array.from({ length: count }, () => frame).flat(),
    0x3b,
  ]);
};

test("too many frames, and a frame wider than the picture, are refused", () => {
  expect(readImageContainer(gifOf(limits.frames), "image/gif").ok).toBe(true);
  expect(readImageContainer(gifOf(limits.frames + 1), "image/gif")).toMatchObject({
    ok: false,
    error: { code: "alert.file_broken" },
  });
  expect(readImageContainer(gifOf(1, 10_000), "image/gif")).toMatchObject({
    ok: false,
    error: { code: "alert.file_too_large", detail: "10000 x 1 pixels" },
  });
});

test("whatever bytes come, the answer is a result within the limits", () => {
  const mutated = fc
    .record({
      mimeType: fc.constantFrom(...mimeTypes),
      changes: fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { maxLength: 8 }),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ mimeType, changes, keep }) => {
      const bytes = read(`six.${files[mimeType]}`);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return { mimeType, bytes: bytes.slice(0, Math.ceil(bytes.length * keep)) };
    });
  const random = fc.record({
    mimeType: fc.constantFrom(...mimeTypes),
    bytes: fc.uint8Array({ maxLength: 400 }),
  });
  fc.assert(
    fc.property(fc.oneof(mutated, random), ({ mimeType, bytes }) => {
      fileKindOf(bytes);
      const container = readImageContainer(bytes, mimeType);
      if (!container.ok) return;
      const { width, height, frameMs } = container.value;
      expect(Math.max(width, height)).toBeLessThanOrEqual(limits.sidePx);
      expect(frameMs.length).toBeLessThanOrEqual(limits.frames);
    }),
    { numRuns: 3_000 },
  );
});
