import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fail } from "../../../../preload/contract/result.ts";
import { limits } from "../../../../renderer/gifts/players/limits.ts";
import { readDotLottie } from "../../../../renderer/gifts/players/lottie/dotlottie-archive.ts";
import { readLottie } from "../../../../renderer/gifts/players/lottie/lottie-document.ts";
import { readZip, unzip } from "../../../../renderer/gifts/players/lottie/unzip.ts";

const read = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../fixtures/gifts", name)));
const noPicture = () => Promise.resolve(fail("alert.file_broken", "no such picture"));
const readJson = (value: unknown) =>
  readLottie(new TextEncoder().encode(JSON.stringify(value)), noPicture);

const root = { v: "5.7.0", fr: 30, ip: 0, op: 30, w: 100, h: 100 };
const shape = { ty: 4, shapes: [] };

describe("a Lottie", () => {
  test("is read without its expressions", async () => {
    const text = new TextDecoder().decode(read("walk.json"));
    expect(text).toContain("while (true)");
    const document = await readLottie(read("walk.json"), noPicture);
    expect(document).toMatchObject({ ok: true, value: { width: 120, height: 100, frames: 20 } });
    expect(document.ok && document.value.json.includes("while")).toBe(false);
    expect(document.ok && document.value.json.includes('"sr":1')).toBe(true);
  });

  test("whose compositions multiply is refused", async () => {
    const assets = Array.from({ length: 20 }, (_, level) => ({
      id: `c${level}`,
      layers: Array.from({ length: 10 }, () =>
        level === 0 ? shape : { ty: 0, refId: `c${level - 1}` },
      ),
    }));
    const layersOf = (id: string) => [{ ty: 0, refId: id }];
    expect((await readJson({ ...root, assets, layers: layersOf("c2") })).ok).toBe(true);
    expect(await readJson({ ...root, assets, layers: layersOf("c19") })).toMatchObject({
      ok: false,
      error: { code: "alert.file_too_large", detail: `more than ${limits.layers} layers` },
    });
  });

  test("whose composition holds itself, or is not there, is refused", async () => {
    const assets = [
      { id: "a", layers: [{ ty: 0, refId: "b" }] },
      { id: "b", layers: [{ ty: 0, refId: "a" }] },
    ];
    expect(await readJson({ ...root, assets, layers: [{ ty: 0, refId: "a" }] })).toMatchObject({
      error: { detail: "the composition a holds itself" },
    });
    expect(await readJson({ ...root, layers: [{ ty: 0, refId: "z" }] })).toMatchObject({
      error: { code: "alert.file_broken", detail: "the composition z is missing" },
    });
  });

  test("whose repeaters multiply is refused", async () => {
    const repeater = (copies: unknown) => ({ ty: "rp", c: copies });
    const nested = [
      repeater({ a: 0, k: 100 }),
      { ty: "gr", it: [repeater({ a: 1, k: [{ t: 0, s: [100] }] })] },
    ];
    expect((await readJson({ ...root, layers: [{ ty: 4, shapes: nested.slice(0, 1) }] })).ok).toBe(
      true,
    );
    expect(await readJson({ ...root, layers: [{ ty: 4, shapes: nested }] })).toMatchObject({
      error: { code: "alert.file_too_large", detail: "10000 copies of one shape" },
    });
  });

  test("whose repeaters are in many layers is refused", async () => {
    const layer = { ty: 4, shapes: [{ ty: "rp", c: { a: 0, k: 1_000 } }] };
    expect((await readJson({ ...root, layers: [layer] })).ok).toBe(true);
    expect(
      await readJson({ ...root, layers: Array.from({ length: 11 }, () => layer) }),
    ).toMatchObject({
      error: { code: "alert.file_too_large", detail: `more than ${limits.layers} layers` },
    });
  });

  test("with stars of endless corners is refused", async () => {
    const star = (corners: unknown) => ({ ty: "gr", it: [{ ty: "sr", pt: corners }] });
    const layersOf = (shapes: unknown) => [{ ty: 4, shapes }];
    expect((await readJson({ ...root, layers: layersOf([star({ a: 0, k: 12 })]) })).ok).toBe(true);
    for (const corners of [
      { a: 0, k: 1_000_000_000 },
      {
        a: 1,
        k: [
          { t: 0, s: [5] },
          { t: 9, s: [1_000_000] },
        ],
      },
    ])
      expect(await readJson({ ...root, layers: layersOf([star(corners)]) })).toMatchObject({
        error: {
          code: "alert.file_too_large",
          detail: expect.stringContaining("corners") as string,
        },
      });
  });

  test("with lines of endless dashes is refused", async () => {
    const dashed = (sidePx: number, dashPx: unknown) => ({
      ...root,
      layers: [
        {
          ty: 4,
          shapes: [
            {
              ty: "gr",
              it: [
                { ty: "rc", s: { a: 0, k: [sidePx, sidePx] }, p: { a: 0, k: [0, 0] } },
                {
                  ty: "st",
                  d: [
                    { n: "d", v: dashPx },
                    { n: "o", v: { a: 0, k: 0 } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect((await readJson(dashed(400, { a: 0, k: 4 }))).ok).toBe(true);
    // Old exports leave the last keyframe without a value.
    const keyframes = [{ t: 0, s: [4], e: [20] }, { t: 9 }];
    expect((await readJson(dashed(400, { a: 1, k: keyframes }))).ok).toBe(true);
    const many = Array.from({ length: 300_000 }, () => 20);
    expect((await readJson(dashed(400, { a: 0, k: many }))).ok).toBe(true);
    for (const [sidePx, dashPx] of [
      [100_000, { a: 0, k: 1 }],
      [400, { a: 0, k: 0.01 }],
      [
        400,
        {
          a: 1,
          k: [
            { t: 0, s: [20] },
            { t: 9, s: [0] },
          ],
        },
      ],
    ] as const)
      expect(await readJson(dashed(sidePx, dashPx))).toMatchObject({
        error: {
          code: "alert.file_too_large",
          detail: expect.stringContaining("dashes") as string,
        },
      });
  });

  test("with a picture that calls itself a composition is refused", async () => {
    const p = `data:image/png;base64,${Buffer.from(read("still.png")).toString("base64")}`;
    const asset = { id: "i", w: 96, h: 64, p, u: "", e: 1 };
    expect((await readJson({ ...root, assets: [asset], layers: [shape] })).ok).toBe(true);
    const both = [{ ...asset, layers: [] }];
    expect(await readJson({ ...root, assets: both, layers: [shape] })).toMatchObject({
      error: { code: "alert.file_broken", detail: "i is both a picture and a composition" },
    });
  });

  test("with a thousand brackets in each other is refused", async () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 1_000; depth += 1) deep = [deep];
    expect(await readJson({ ...root, layers: [shape], deep })).toMatchObject({
      error: { code: "alert.file_too_large" },
    });
  });

  test("with a picture that is too wide is refused", async () => {
    const png = read("still.png");
    new DataView(png.buffer).setUint32(16, 10_000);
    const p = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    const assets = [{ id: "i", w: 96, h: 64, p, u: "", e: 1 }];
    expect(await readJson({ ...root, assets, layers: [shape] })).toMatchObject({
      error: { code: "alert.file_broken", detail: expect.stringContaining("10000 x 64") as string },
    });
  });

  test("gives a result, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4 }),
        fc.array(fc.record({ ty: fc.jsonValue(), refId: fc.jsonValue(), shapes: fc.jsonValue() })),
        fc.jsonValue({ maxDepth: 4 }),
        async (assets, layers, whole) => {
          const one = await readJson({ ...root, assets, layers });
          const other = await readJson(whole);
          expect([typeof one.ok, other.ok]).toEqual(["boolean", false]);
        },
      ),
    );
  });
});

describe("a dotLottie", () => {
  test("is unpacked with its picture", async () => {
    const document = await readDotLottie(read("walk.lottie"));
    expect(document).toMatchObject({ ok: true, value: { width: 120, frames: 20 } });
    expect(document.ok && document.value.json).toContain("data:image/png;base64,");
  });

  test("gives up a file that is larger than allowed, and a name that is not in it", async () => {
    const zip = readZip(read("walk.lottie"));
    if (!zip.ok) throw new Error("no archive");
    expect(await unzip(zip.value, "a/walk.json", 100)).toMatchObject({
      error: { code: "alert.file_too_large" },
    });
    expect(await unzip(zip.value, "i/leaf.png", 10)).toMatchObject({
      error: { code: "alert.file_too_large" },
    });
    expect(await unzip(zip.value, "x", 10)).toMatchObject({ error: { detail: "x is missing" } });
  });

  test("gives a result, whatever its bytes are", async () => {
    const file = read("walk.lottie");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        async (changes, keep) => {
          const bytes = file.slice();
          // From the end, where the directory is.
          for (const [at, value] of changes) bytes[bytes.length - 1 - (at % bytes.length)] = value;
          const document = await readDotLottie(bytes.slice(Math.floor(bytes.length * (1 - keep))));
          expect(document.ok || document.error.code.startsWith("alert.")).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
