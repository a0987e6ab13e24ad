import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { PbfWriter } from "pbf";
import { expect, test } from "vitest";
import { inflate } from "../../../../renderer/gifts/players/inflate.ts";
import { limits } from "../../../../renderer/gifts/players/limits.ts";
import { readSvgaMovie } from "../../../../renderer/gifts/players/svga/svga-movie.ts";

const file = readFileSync(join(import.meta.dirname, "../../../fixtures/gifts/walk.svga"));
const bytes = new Uint8Array(inflateSync(file));

test("a movie is read with its sprites, shapes and sounds", () => {
  const movie = readSvgaMovie(bytes);
  expect(movie).toMatchObject({
    ok: true,
    value: {
      width: 120,
      height: 100,
      fps: 20,
      frames: 10,
      audios: [{ audioKey: "beep", startFrame: 4, endFrame: 8, startTimeMs: 50 }],
    },
  });
  const { sprites = [], files } = movie.ok ? movie.value : {};
  expect([...(files?.keys() ?? [])]).toEqual(["dot", "leaf", "user", "beep"]);
  expect(sprites.map(({ imageKey }) => imageKey)).toEqual([
    "floor.vector",
    "dot",
    "hole.matte",
    "leaf",
    "dot",
    "edge.vector",
    "user",
  ]);
  expect(sprites[3]?.matteKey).toBe("hole.matte");
  expect(sprites[1]?.frames[4]).toMatchObject({
    transform: { a: 0.5, b: 0, c: 0, d: 0.5, tx: 40, ty: 4 },
    layout: { x: 0, y: 0, width: 20, height: 20 },
  });
  // A shape that is kept is the one before.
  expect(sprites[0]?.frames[9]?.shapes).toBe(sprites[0]?.frames[0]?.shapes);
  expect(sprites[5]?.frames[0]?.shapes).toMatchObject([
    { outline: { kind: "path", d: "M0 0 H20 V20 H0 Z" }, transform: { tx: 90, ty: 20 } },
    { style: { fill: null, stroke: [1, 1, 1, 1], strokeWidth: 4, dash: 4, gap: 4 } },
  ]);
});

test("a crowd of empty frames is refused before it fills the memory", () => {
  const movie = new PbfWriter();
  for (let sprite = 0; sprite < 200; sprite += 1)
    movie.writeMessage(
      4,
      (_: null, pbf) => {
        for (let frame = 0; frame < 2_000; frame += 1) pbf.writeMessage(2, () => {}, null);
      },
      null,
    );
  expect(readSvgaMovie(movie.finish())).toMatchObject({
    ok: false,
    error: { code: "alert.file_too_large", detail: `${limits.spriteFrames + 1} frames of sprites` },
  });
});

test("gives a result, whatever its bytes are", () => {
  const mutated = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([changes, keep]) => {
      const changed = bytes.slice();
      for (const [at, value] of changes) changed[at % changed.length] = value;
      return changed.slice(0, Math.ceil(changed.length * keep));
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), (each) => {
      const movie = readSvgaMovie(each);
      if (!movie.ok) return;
      expect(movie.value.frames).toBeLessThanOrEqual(limits.frames);
      expect(movie.value.width).toBeLessThanOrEqual(limits.viewSidePx);
    }),
    { numRuns: 1_000 },
  );
});

test("inflates what was deflated, and refuses what is not or is cut", async () => {
  expect(await inflate(new Uint8Array(file), "deflate")).toEqual({ ok: true, value: bytes });
  for (const broken of [file.subarray(0, 500), Uint8Array.from([0x78, 0xda, 1, 2, 3, 4, 5])])
    expect(await inflate(new Uint8Array(broken), "deflate")).toMatchObject({
      ok: false,
      error: { code: "alert.file_broken" },
    });
  expect(await inflate(new Uint8Array(file), "deflate", 100)).toMatchObject({
    ok: false,
    error: { code: "alert.file_too_large" },
  });
});
