import { describe, expect, test } from "vitest";
import { Filter, type FilterKind, type FilterOf } from "../../../preload/contract/filter.ts";
import { PictureId } from "../../../preload/contract/ids.ts";
import type { PainterKind } from "../../../preload/contract/painter.ts";
import { stripOf } from "../../../renderer/compositor/filters/lut/lut-picture.ts";
import { lutOf } from "../../../renderer/compositor/filters/lut/parse-cube.ts";
import type { Picture } from "../../../renderer/compositor/picture.ts";
import { personId } from "../../../renderer/compositor/filters/filter-pixels.ts";
import { pixelsOf } from "../../../renderer/compositor/filters/filter-kinds.ts";
import { openPainter } from "../../../renderer/compositor/open-painter.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import {
  apart,
  type Image,
  imageOf,
  overGround,
  paintFiltered,
  stillOf,
} from "./filtered-pixels.ts";
import { plainBackground } from "./plain-background.ts";
import {
  plainBeauty,
  plainBlur,
  plainCropPad,
  plainMask,
  plainSharpen,
  plainStencil,
} from "./plain-filters.ts";

const [width, height] = [160, 122];

/** Skin, hair, a green screen, white paper, greys and a soft edge: what filters meet. */
const studio = imageOf(width, height, (x, y) => {
  const light = 0.75 + (0.25 * x) / width;
  const person = Math.hypot((x - 80) / 34, (y - 62) / 44);
  if (person < 0.9) {
    const texture = 0.03 * Math.sin(x * 1.9) * Math.sin(y * 2.3);
    return y < 34
      ? [0.16 * light, 0.12 * light, 0.11 * light, 1]
      : [(0.88 + texture) * light, (0.68 + texture) * light, (0.56 + texture) * light, 1];
  }
  if (x < 48) return [0.05 * light, 0.69 * light, 0.25 * light, 1];
  if (y > 90) return [1, 1, 1, 1];
  const grey = 0.1 + (0.8 * y) / height;
  return [grey, grey, grey * 0.9, 1];
});
const withAlpha = (image: Image): Image =>
  imageOf(image.width, image.height, (x, y) => {
    const [red, green, blue] = image.pixels[y * image.width + x] ?? [0, 0, 0];
    return [red, green, blue, Math.min(1, Math.max(0, 1.4 - Math.hypot(x - 80, y - 60) / 60))];
  });

const filter = <K extends FilterKind>(kind: K, settings: Partial<FilterOf<K>> = {}): Filter =>
  Filter.parse({ ...newFilter(kind), ...settings });

/** By what filters of colours say of themselves. */
const byColours = (image: Image, filters: readonly Filter[]): Image =>
  filters.reduce((before, each) => {
    const pixels = pixelsOf(each);
    if (pixels.type !== "colour") throw new Error("not of colours");
    const change = pixels.plain(each, pictures);
    return {
      ...before,
      pixels: before.pixels.map((pixel) => {
        const [red, green, blue, alpha] = change([...pixel]);
        const clamped = [red, green, blue].map((part) => Math.min(1, Math.max(0, part)));
        return [clamped[0] ?? 0, clamped[1] ?? 0, clamped[2] ?? 0, alpha];
      }),
    };
  }, image);

/** One filter by its plain form. */
const by =
  <K extends FilterKind>(kind: K, plain: (image: Image, filter: FilterOf<K>) => Image) =>
  (image: Image, [only]: readonly Filter[]): Image => {
    if (only?.kind !== kind) throw new Error("another filter");
    return plain(image, only as FilterOf<K>);
  };

/** Warm and dark, with a bend in green. */
const warm = lutOf(17, ([red, green, blue]) => [
  red ** 0.8,
  green < 0.5 ? green * 0.8 : 0.4 + (green - 0.5) * 1.2,
  0.8 * blue * (1 - 0.2 * red),
]);
const strip = stripOf(warm);
const stencil = imageOf(40, 30, (x, y) => {
  const grey = x / 39;
  return [grey, grey, grey, (x + y) % 20 < 10 ? 1 : 0.3];
});
const lutId = PictureId.parse("1".repeat(64));
const stencilId = PictureId.parse("2".repeat(64));
/** Of the person in the studio, coarse and not quite right. */
const person = imageOf(40, 30, (x, y) => {
  const share = Math.min(
    1,
    Math.max(0, (1.15 - Math.hypot((x - 19.5) / 8.5, (y - 15) / 11)) / 0.3),
  );
  return [share, share, share, 1];
});
const pictures = new Map<string, Picture>([
  [
    lutId,
    {
      id: "lut",
      version: 1,
      width: strip.width,
      height: strip.height,
      pixels: { format: "RGBA", premultiplied: false, data: strip.data },
    },
  ],
  [stencilId, stillOf(stencil)],
  [personId, stillOf(person)],
]);
const beside = { mask: person, picture: stencil };

interface Case {
  readonly name: string;
  readonly filters: readonly Filter[];
  readonly plain: (image: Image, filters: readonly Filter[]) => Image;
}

const cases: readonly Case[] = [
  { name: "chroma key", filters: [filter("chromaKey")], plain: byColours },
  {
    name: "chroma key with much spill removed",
    filters: [filter("chromaKey", { spill: 0.3, smoothness: 0.1 })],
    plain: byColours,
  },
  { name: "colour key", filters: [filter("colourKey")], plain: byColours },
  {
    name: "colour key of skin, soft",
    filters: [filter("colourKey", { colour: "#c08a70", similarity: 0.05, smoothness: 0.3 })],
    plain: byColours,
  },
  { name: "colour correction of nothing", filters: [filter("colourCorrection")], plain: byColours },
  {
    name: "brightness and contrast",
    filters: [filter("colourCorrection", { brightness: 0.1, contrast: 0.3 })],
    plain: byColours,
  },
  {
    name: "less contrast and light",
    filters: [filter("colourCorrection", { brightness: -0.15, contrast: -0.5, gamma: -0.4 })],
    plain: byColours,
  },
  {
    name: "gamma",
    filters: [filter("colourCorrection", { gamma: 0.8 })],
    plain: byColours,
  },
  {
    name: "black and white",
    filters: [filter("colourCorrection", { saturation: -1 })],
    plain: byColours,
  },
  {
    name: "saturation, hue and opacity",
    filters: [filter("colourCorrection", { saturation: 0.3, hueShiftDeg: 60, opacity: 0.6 })],
    plain: byColours,
  },
  {
    name: "a key after a correction, and another correction",
    filters: [
      filter("colourCorrection", { brightness: 0.05 }),
      filter("chromaKey"),
      filter("colourCorrection", { contrast: 0.2 }),
      filter("colourCorrection", { saturation: 0.2 }),
    ],
    plain: byColours,
  },
  {
    name: "lut",
    filters: [filter("lut", { pictureId: lutId })],
    plain: byColours,
  },
  {
    name: "half of a lut between other filters",
    filters: [
      filter("colourCorrection", { brightness: 0.05 }),
      filter("lut", { pictureId: lutId, amount: 0.5 }),
      filter("chromaKey", { spill: 0.2 }),
    ],
    plain: byColours,
  },
  ...(["alpha", "luma"] as const).flatMap((channel) =>
    [true, false].map((inverted) => ({
      name: `mask by the ${channel} of a picture, ${inverted ? "inverted" : "as it is"}`,
      filters: [filter("mask", { shape: "picture", pictureId: stencilId, channel, inverted })],
      plain: by("mask", (image, { inverted: isInverted }) =>
        plainStencil(image, stencil, channel, isInverted),
      ),
    })),
  ),
  ...[1, 3, 7, 16, 40].map((radiusPx) => ({
    name: `blur by ${radiusPx} px`,
    filters: [filter("blur", { radiusPx })],
    plain: by("blur", plainBlur),
  })),
  ...[0.3, 1].map((amount) => ({
    name: `sharpen by ${amount}`,
    filters: [filter("sharpen", { amount })],
    plain: by("sharpen", plainSharpen),
  })),
  ...(
    [
      { shape: "rounded", corner: 0.4 },
      { shape: "rounded", corner: 1, featherPx: 12 },
      { shape: "ellipse", featherPx: 0, inverted: true },
      { shape: "ellipse", featherPx: 30 },
    ] as const
  ).map((settings) => ({
    name: `mask ${JSON.stringify(settings)}`,
    filters: [filter("mask", settings)],
    plain: by("mask", plainMask),
  })),
  ...[
    { left: 20, top: 10, right: 30, bottom: 6 },
    { left: 21, top: 11, right: 30, bottom: 7 },
    { left: -12, top: 10, right: 3, bottom: -9 },
    { left: -11, top: -7, right: 0, bottom: 0 },
  ].map((edges) => ({
    name: `crop/pad ${JSON.stringify(edges)}`,
    filters: [filter("cropPad", edges)],
    plain: by("cropPad", plainCropPad),
  })),
  ...[
    { smooth: 0.5, whiten: 0.25, rosy: 0.2 },
    { smooth: 1, whiten: 1, rosy: 1 },
  ].map((settings) => ({
    name: `beauty ${JSON.stringify(settings)}`,
    filters: [filter("beauty", settings)],
    plain: by("beauty", plainBeauty),
  })),
  ...[
    { mode: "blur" as const, radiusPx: 12 },
    { mode: "blur" as const, radiusPx: 16, edge: 0.2, softness: 0.5 },
    { mode: "picture" as const, pictureId: stencilId, colour: "#204080" },
    { mode: "picture" as const, colour: "#204080" },
    { mode: "colour" as const, colour: "#c0e020", edge: -0.3 },
    { mode: "transparent" as const, softness: 0.1 },
  ].map((settings) => ({
    name: `background ${JSON.stringify(settings)}`,
    filters: [filter("background", settings)],
    plain: by("background", (image, only) => {
      const isChosen = only.pictureId !== null;
      return plainBackground(
        image,
        isChosen ? only : { ...only, mode: only.mode === "picture" ? "colour" : only.mode },
        beside,
      );
    }),
  })),
];

describe.each(["cpu", "webgl"] as const satisfies readonly PainterKind[])("on %s", (painter) => {
  test.each(cases)("$name is what its plain form says", async ({ filters, plain }) => {
    for (const image of [studio, withAlpha(studio)]) {
      const expected = plain(image, filters);
      const painted = await paintFiltered(painter, stillOf(image), filters, expected, pictures);
      const { luma, colour } = apart(painted, overGround(expected), expected.width);
      expect.soft(luma.mean).toBeLessThanOrEqual(1.5);
      expect.soft(luma.p98).toBeLessThanOrEqual(9);
      expect.soft(colour.mean).toBeLessThanOrEqual(2.5);
      expect.soft(colour.p98).toBeLessThanOrEqual(12);
    }
  });

  test("no filter does nothing", async () => {
    const before = await paintFiltered(painter, stillOf(studio), []);
    const idle: string[] = [];
    for (const { filters, name } of cases) {
      if (filters[0]?.kind === "cropPad") continue;
      const after = await paintFiltered(painter, stillOf(studio), filters, studio, pictures);
      const { luma, colour } = apart(before, after, width);
      if (luma.p98 < 3 && colour.p98 < 3) idle.push(name);
    }
    expect(idle).toEqual(["colour correction of nothing"]);
  });
});

test("a large picture covers a small background with its middle, and with all that lies between its pixels", async () => {
  // Every other pixel is black; what is above and below the middle is green.
  const [wide, high] = [1_600, 1_200];
  const data = new Uint8ClampedArray(wide * high * 4);
  for (let y = 0; y < high; y += 1)
    for (let x = 0; x < wide; x += 1) {
      const isCut = y < 150 || y >= high - 150;
      const level = (x + y) % 2 === 0 ? 255 : 0;
      const side = x < wide / 2 ? 0 : 2;
      data[4 * (y * wide + x) + (isCut ? 1 : side)] = level;
      data[4 * (y * wide + x) + 3] = 255;
    }
  const pixels = { format: "RGBA", premultiplied: false, data } as const;
  const large: Picture = { id: "large", version: 1, width: wide, height: high, pixels };
  const pictureId = PictureId.parse("1".repeat(64));
  const painted = await paintFiltered(
    "cpu",
    stillOf(imageOf(160, 90, () => [1, 1, 1, 1])),
    [filter("background", { mode: "picture", pictureId })],
    { width: 160, height: 90 },
    new Map([[pictureId, large]]),
  );
  const off: string[] = [];
  // At the edges colours of what is beyond come in.
  for (let y = 2; y < 88; y += 1)
    for (let x = 0; x < 160; x += 1) {
      if (Math.abs(x - 79.5) < 4) continue;
      const wanted = x < 80 ? [128, 0, 0] : [0, 0, 128];
      const found = [...painted.subarray(4 * (y * 160 + x), 4 * (y * 160 + x) + 3)];
      if (found.some((part, at) => Math.abs(part - (wanted[at] ?? 0)) > 6))
        off.push(`${x},${y}: ${found.join()}`);
    }
  expect(off).toEqual([]);
});

describe("what is drawn on a surface first", () => {
  test.each(["cpu", "webgl"] as const)("is filtered as a whole: on %s", async (kind) => {
    const painter = await openPainter(kind, { width: 128, height: 96 });
    const red = { op: "fill", rect: { x: 0, y: 0, width: 64, height: 64 }, colour: "#c02020" };
    const filters = [filter("mask", { shape: "ellipse" })];
    const inner = { op: "group", opacity: 1, filters } as const;
    const frame = await painter.paint(
      [
        { op: "clear", colour: "#404040" },
        // A bigger one before: its pixels must not come along.
        {
          ...inner,
          surface: { width: 120, height: 80, ops: [{ ...red, op: "fill" }] },
          from: { x: 0, y: 0, width: 120, height: 80 },
          rect: { x: 0, y: 0, width: 1, height: 1 },
        },
        {
          ...inner,
          surface: { width: 64, height: 64, ops: [{ ...red, op: "fill" }] },
          from: { x: 0, y: 0, width: 64, height: 64 },
          rect: { x: 16, y: 16, width: 64, height: 64 },
        },
      ],
      { timestampUs: 0, durationUs: 1 },
    );
    const pixels = new Uint8Array(128 * 96 * 4);
    await frame.copyTo(pixels, { format: "RGBA" });
    frame.close();
    painter.close();
    const redAt = (x: number, y: number) => pixels[(y * 128 + x) * 4] ?? 0;
    for (const [x, y] of [
      [48, 48],
      [20, 48],
      [48, 76],
    ] as const)
      expect(Math.abs(redAt(x, y) - 192)).toBeLessThan(5);
    for (const [x, y] of [
      [18, 18],
      [77, 18],
      [100, 48],
    ] as const)
      expect(Math.abs(redAt(x, y) - 64)).toBeLessThan(5);
  });
});
