import { createHash } from "node:crypto";
import fc from "fast-check";
import { strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { AlertTemplate } from "../../../../preload/contract/alert-template.ts";
import { PictureId } from "../../../../preload/contract/ids.ts";
import { builtInTemplates } from "../../../../renderer/gifts/templates/built-in-templates.ts";
import { importPack } from "../../../../renderer/gifts/templates/template-files.ts";
import {
  openPackArchive,
  openPackFolder,
  packLimits,
  packTemplates,
  readPack,
} from "../../../../renderer/gifts/templates/template-pack.ts";

const [classic] = builtInTemplates;
if (!classic) throw new Error("no template");

/** A PNG's head and something behind it, so that each seed is another picture. */
const pngOf = (seed: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(64 + seed);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  bytes.set([0, 0, 0, 8, 0, 0, 0, 8], 16);
  bytes[40] = seed;
  return bytes;
};
const idOf = (bytes: Uint8Array): PictureId =>
  PictureId.parse(createHash("sha256").update(bytes).digest("hex"));
const withPicture = (picture: PictureId | null, name = "新年"): AlertTemplate => ({
  ...classic,
  name,
  banner: { ...classic.banner, picture },
});

const png = pngOf(1);
const pngId = idOf(png);
const manifestOf = (change: object = {}) => ({
  format: "anchor-studio-alerts",
  version: 1,
  templates: [withPicture(pngId)],
  pictures: [{ file: "pictures/card.png", sha256: pngId, bytes: png.length }],
  ...change,
});
const archiveOf = (files: Zippable) => new Uint8Array(zipSync(files));
const packOf = (manifest: unknown, files: Zippable = { "pictures/card.png": png }) =>
  archiveOf({ "manifest.json": strToU8(JSON.stringify(manifest)), ...files });
const readArchive = async (bytes: Uint8Array<ArrayBuffer>) => {
  const archive = openPackArchive(bytes);
  return archive.ok ? readPack(archive.value) : archive;
};
const codeOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const read = await readArchive(bytes);
  return read.ok ? "read" : read.error.code;
};
/** As a browser hands over a folder. */
const folderOf = (files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>, name = "pack") =>
  openPackFolder(
    Object.entries(files).map(([path, bytes]) =>
      Object.assign(new File([bytes], path.split("/").at(-1) ?? ""), {
        webkitRelativePath: `${name}/${path}`,
      }),
    ),
  );

describe("a pack", () => {
  test("comes back as it was given out: as an archive, and as the folder that it unpacks to", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            template: fc.constantFrom(...builtInTemplates),
            banner: fc.option(fc.integer({ min: 0, max: 5 })),
            spotlight: fc.option(fc.integer({ min: 0, max: 5 })),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (made) => {
          const pictures = new Map<PictureId, Uint8Array<ArrayBuffer>>();
          const pictureOf = (seed: number | null) => {
            if (seed === null) return null;
            const bytes = pngOf(seed);
            pictures.set(idOf(bytes), bytes);
            return idOf(bytes);
          };
          const templates = made.map(({ template, banner, spotlight }) => ({
            ...template,
            banner: { ...template.banner, picture: pictureOf(banner) },
            spotlight: { ...template.spotlight, picture: pictureOf(spotlight) },
          }));
          const packed = packTemplates("我的模板", { templates, pictures });
          if (!packed.ok) throw new Error(packed.error.code);
          const expected = { ok: true, value: { templates, pictures } };
          expect(await readArchive(packed.value)).toEqual(expected);
          const unpacked = Object.fromEntries(
            Object.entries(unzipSync(packed.value)).map(([path, bytes]) => [
              path.replace("我的模板/", ""),
              new Uint8Array(bytes),
            ]),
          );
          expect(await readPack(folderOf(unpacked))).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("has a manifest that lies beside its pictures or in one folder, and other files are not looked at", async () => {
    expect(await codeOf(packOf(manifestOf()))).toBe("read");
    const manifest = strToU8(JSON.stringify(manifestOf()));
    expect(
      await codeOf(
        archiveOf({
          "designer/manifest.json": manifest,
          "designer/pictures/card.png": png,
          "designer/readme.exe": strToU8("MZ"),
          "__MACOSX/junk": strToU8("?"),
        }),
      ),
    ).toBe("read");
  });
});

describe("what anybody may have made is refused with a reason", () => {
  test.each([
    ["no archive at all", strToU8("hello"), "pack.file_invalid"],
    ["no manifest", archiveOf({ "pictures/card.png": png }), "pack.file_invalid"],
    [
      "two manifests",
      archiveOf({
        "a/manifest.json": strToU8(JSON.stringify(manifestOf())),
        "b/manifest.json": strToU8(JSON.stringify(manifestOf())),
      }),
      "pack.file_invalid",
    ],
    [
      "a manifest that is no JSON",
      archiveOf({ "manifest.json": strToU8("{") }),
      "pack.file_invalid",
    ],
    ["another format", packOf(manifestOf({ format: "zip" })), "pack.file_invalid"],
    ["a newer version", packOf(manifestOf({ version: 2 })), "pack.file_newer"],
    ["no templates", packOf(manifestOf({ templates: [] })), "pack.file_invalid"],
    [
      "a template that is none",
      packOf(manifestOf({ templates: [{ ...classic, tones: {} }] })),
      "pack.file_invalid",
    ],
    ["a picture that is not there", packOf(manifestOf(), {}), "pack.file_missing"],
    ["a picture that is not listed", packOf(manifestOf({ pictures: [] })), "pack.file_missing"],
    [
      "another picture than its sha-256 says",
      packOf(manifestOf(), {
        "pictures/card.png": pngOf(1).map((byte, at) => (at === 50 ? 9 : byte)),
      }),
      "pack.file_damaged",
    ],
    [
      "more bytes than the manifest says",
      packOf(manifestOf({ pictures: [{ file: "pictures/card.png", sha256: pngId, bytes: 8 }] })),
      "pack.file_too_large",
    ],
    [
      "a file that unpacks to far more than it says",
      packOf(manifestOf(), {
        "pictures/card.png": [new Uint8Array(40 * 1024 * 1024), { level: 9 }],
      }),
      "pack.file_too_large",
    ],
    [
      "a manifest that is far too large",
      archiveOf({
        "manifest.json": [new Uint8Array(packLimits.manifestBytes + 1).fill(32), { level: 9 }],
      }),
      "pack.file_too_large",
    ],
  ] as const)("%s", async (_what, bytes, code) => {
    expect(await codeOf(new Uint8Array(bytes))).toBe(code);
  });

  test("a picture that is something else", async () => {
    const program = strToU8(`MZ${"x".repeat(80)}`);
    const manifest = manifestOf({
      templates: [withPicture(idOf(program))],
      pictures: [{ file: "pictures/card.png", sha256: idOf(program), bytes: program.length }],
    });
    expect(await codeOf(packOf(manifest, { "pictures/card.png": program }))).toBe(
      "picture.invalid",
    );
  });

  test.each([
    "../card.png",
    "..\\card.png",
    "/etc/passwd",
    "C:/card.png",
    "pictures/../../card.png",
    "pictures/..",
    "a/b/card.png",
    ".hidden",
    "",
  ])("a path that leads elsewhere: %j", async (file) => {
    const manifest = manifestOf({ pictures: [{ file, sha256: pngId, bytes: png.length }] });
    expect(await codeOf(packOf(manifest, { [file || "x"]: png }))).toBe("pack.file_invalid");
  });

  test("any bytes at all, and any torn pack", async () => {
    const whole = packOf(manifestOf());
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)),
          fc.integer({ min: 0, max: whole.length - 1 }).map((length) => whole.slice(0, length)),
        ),
        async (bytes) => {
          expect(await codeOf(bytes)).toMatch(/^pack\./);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("bringing a pack in", () => {
  test("has main keep each picture once, and gives nothing where main refuses one", async () => {
    const archive = openPackArchive(packOf(manifestOf()));
    if (!archive.ok) throw new Error(archive.error.code);
    const kept: Uint8Array[] = [];
    const answer = await importPack(archive.value, (bytes) => {
      kept.push(bytes);
      return Promise.resolve({ ok: true, value: { pictureId: idOf(bytes) } });
    });
    expect(answer).toEqual({ ok: true, value: [withPicture(pngId)] });
    expect(kept).toEqual([png]);
    const refused = await importPack(archive.value, () =>
      Promise.resolve({ ok: false, error: { code: "picture.invalid" } }),
    );
    expect(refused).toEqual({ ok: false, error: { code: "picture.invalid" } });
  });
});
