import { afterEach, describe, expect, test } from "vitest";
import { FilterId } from "../../../preload/contract/ids.ts";
import type { PainterKind } from "../../../preload/contract/painter.ts";
import type { FilterOf } from "../../../preload/contract/filter.ts";
import { chromaOf, keyOf } from "../../../renderer/compositor/filters/chroma-key.ts";
import { WebGlPainter } from "../../../renderer/compositor/gl/webgl-painter.ts";
import { openPainter } from "../../../renderer/compositor/open-painter.ts";
import type { Painter } from "../../../renderer/compositor/painter.ts";
import type { Picture, Rect } from "../../../renderer/compositor/picture.ts";
import type { DrawOp } from "../../../renderer/compositor/plan.ts";
import { isSoftwareRenderer, timePainter } from "../../../renderer/compositor/probe-painter.ts";

const size = { width: 320, height: 180 };
const black: DrawOp = { op: "clear", colour: "#000000" };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const open = async (kind: PainterKind): Promise<Painter> => {
  const painter = await openPainter(kind, size);
  closing.push(() => painter.close());
  return painter;
};

/** RGBA of all of the canvas. */
const paint = async (painter: Painter, ops: readonly DrawOp[]): Promise<Uint8Array> => {
  const frame = await painter.paint(ops, { timestampUs: 1_000, durationUs: 33_333 });
  expect([frame.displayWidth, frame.displayHeight]).toEqual([size.width, size.height]);
  expect([frame.timestamp, frame.duration]).toEqual([1_000, 33_333]);
  const pixels = new Uint8Array(size.width * size.height * 4);
  await frame.copyTo(pixels, { format: "RGBA" });
  frame.close();
  return pixels;
};

type Colour = readonly [number, number, number, number];

/** A picture of what `colourAt` says, straight RGBA. */
const pictureOf = (
  id: string,
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
  version = 1,
): Picture => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 4);
  return { id, version, width, height, pixels: { format: "RGBA", premultiplied: false, data } };
};

const whole = ({ width, height }: Picture): Rect => ({ x: 0, y: 0, width, height });

const draw = (
  picture: Picture,
  rect: Rect,
  more: Partial<Extract<DrawOp, { op: "picture" }>> = {},
): DrawOp => ({
  op: "picture",
  picture,
  from: whole(picture),
  rect,
  opacity: 1,
  filters: [],
  ...more,
});

const fill = (colour: string, rect: Rect): DrawOp => ({ op: "fill", colour, rect });

const lumaAt = (pixels: Uint8Array, at: number): number =>
  0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);

const blockPx = 6;

/**
 * How far `a` and `b` are apart within a rectangle: in luma by the pixel, in colour by the means of small blocks, since a
 * painter of YUV 4:2:0 has colour for four pixels at once.
 */
const compare = (a: Uint8Array, b: Uint8Array, region: Rect) => {
  const lumas: number[] = [];
  const colours: number[] = [];
  for (let y = region.y; y < region.y + region.height; y += 1)
    for (let x = region.x; x < region.x + region.width; x += 1) {
      const offset = (y * size.width + x) * 4;
      lumas.push(Math.abs(lumaAt(a, offset) - lumaAt(b, offset)));
    }
  for (let y = region.y; y + blockPx <= region.y + region.height; y += blockPx)
    for (let x = region.x; x + blockPx <= region.x + region.width; x += blockPx) {
      const block = { x, y, width: blockPx, height: blockPx };
      const other = meanOf(b, block);
      for (const [channel, value] of meanOf(a, block).entries())
        colours.push(Math.abs(value - (other[channel] ?? 0)));
    }
  const summary = (values: readonly number[]) => ({
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    p98: values.toSorted((left, right) => left - right)[Math.floor(values.length * 0.98)] ?? 0,
  });
  return { luma: summary(lumas), colour: summary(colours) };
};

const at = (pixels: Uint8Array, x: number, y: number): readonly number[] => [
  ...pixels.subarray((y * size.width + x) * 4, (y * size.width + x) * 4 + 3),
];

const meanOf = (pixels: Uint8Array, region: Rect): readonly number[] => {
  const sums = [0, 0, 0];
  for (let y = region.y; y < region.y + region.height; y += 1)
    for (let x = region.x; x < region.x + region.width; x += 1)
      for (const [channel, value] of at(pixels, x, y).entries()) sums[channel]! += value;
  return sums.map((sum) => sum / (region.width * region.height));
};

const expectNear = (
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void => {
  for (const [channel, value] of expected.entries())
    expect(
      Math.abs((actual[channel] ?? Number.NaN) - value),
      `${actual.join()} ~ ${expected.join()}`,
    ).toBeLessThanOrEqual(tolerance);
};

const waves = (x: number, y: number): Colour => [
  Math.round(127 + 120 * Math.sin(x / 9)),
  Math.round(127 + 120 * Math.sin(y / 7)),
  Math.round(127 + 120 * Math.sin((x + y) / 11)),
  255,
];
const glow = (x: number, y: number): Colour => [
  250,
  180,
  40,
  Math.max(0, 255 - Math.round(Math.hypot(x - 40, y - 30) * 7)),
];

/** Colours in I420 planes of BT.601 limited range: three bands of grey, red and blue. */
const bandsFrame = (): VideoFrame => {
  const [width, height] = [96, 64];
  const bands = [
    [126, 128, 128],
    [81, 90, 240],
    [41, 240, 110],
  ] as const;
  const bytes = new Uint8Array((width * height * 3) / 2);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) bytes[y * width + x] = bands[Math.floor(x / 32)]![0];
  for (const plane of [1, 2] as const)
    for (let y = 0; y < height / 2; y += 1)
      for (let x = 0; x < width / 2; x += 1)
        bytes[width * height + ((plane - 1) * width * height) / 4 + (y * width) / 2 + x] =
          bands[Math.floor(x / 16)]![plane];
  const frame = new VideoFrame(bytes, {
    format: "I420",
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: {
      matrix: "smpte170m",
      primaries: "smpte170m",
      transfer: "smpte170m",
      fullRange: false,
    },
  });
  closing.push(() => frame.close());
  return frame;
};

const rgbaFrame = (): VideoFrame => {
  const [width, height] = [80, 60];
  const bytes = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) bytes.set(waves(x, y), (y * width + x) * 4);
  const frame = new VideoFrame(bytes, {
    format: "RGBA",
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
  });
  closing.push(() => frame.close());
  return frame;
};

const ofFrame = (id: string, frame: VideoFrame): Picture => ({
  id,
  version: 1,
  width: frame.displayWidth,
  height: frame.displayHeight,
  pixels: frame,
});

const everywhere: Rect = { x: 0, y: 0, ...size };
const grey = fill("#808080", everywhere);
const wavy = pictureOf("waves", 80, 60, waves);
const glowing = pictureOf("glow", 80, 60, glow);

/** What both painters have to do alike, and the region that is compared. */
const cases: readonly {
  readonly name: string;
  readonly ops: () => readonly DrawOp[];
  readonly region?: Rect;
}[] = [
  {
    name: "fills with alpha over each other",
    ops: () => [
      black,
      fill("#d02020", { x: 20, y: 20, width: 100, height: 80 }),
      fill("#2040c080", { x: 60, y: 40, width: 100, height: 80 }),
      fill("#f0f0f033", { x: 0, y: 60, width: 320, height: 30 }),
    ],
  },
  {
    name: "edges of fills between pixels",
    ops: () => [
      black,
      fill("#ffffff", { x: 20.25, y: 20.5, width: 50.5, height: 30.25 }),
      fill("#40c04080", { x: 100.75, y: 10.1, width: 0.5, height: 100 }),
    ],
  },
  {
    name: "a picture as it is",
    ops: () => [grey, draw(wavy, { x: 17, y: 11, width: 80, height: 60 })],
  },
  {
    name: "a part of a picture, partly outside",
    ops: () => [
      grey,
      draw(
        wavy,
        { x: -10, y: 150, width: 40, height: 40 },
        { from: { x: 20, y: 10, width: 40, height: 40 } },
      ),
    ],
  },
  {
    name: "a picture made bigger",
    ops: () => [grey, draw(wavy, { x: 10, y: 10, width: 200, height: 150 })],
  },
  {
    name: "a picture made a little smaller",
    ops: () => [grey, draw(wavy, { x: 10, y: 10, width: 48, height: 36 })],
  },
  {
    name: "a picture made much smaller",
    ops: () => [
      grey,
      draw(
        pictureOf("large", 640, 480, (x, y) => waves(x / 8, y / 8)),
        {
          x: 10,
          y: 10,
          width: 80,
          height: 60,
        },
      ),
    ],
    region: { x: 11, y: 11, width: 78, height: 58 },
  },
  {
    name: "a picture that is half seen",
    ops: () => [
      grey,
      draw(wavy, { x: 10, y: 10, width: 80, height: 60 }, { opacity: 0.5 }),
      draw(wavy, { x: 60, y: 40, width: 160, height: 120 }, { opacity: 0.25 }),
    ],
  },
  {
    name: "a picture with alpha, as it is, bigger, and half seen",
    ops: () => [
      grey,
      draw(glowing, { x: 10, y: 10, width: 80, height: 60 }),
      draw(glowing, { x: 100, y: 10, width: 160, height: 120 }),
      draw(glowing, { x: 30, y: 80, width: 80, height: 60 }, { opacity: 0.6 }),
    ],
  },
  {
    name: "a frame in I420",
    ops: () => [
      grey,
      draw(ofFrame("bands", bandsFrame()), { x: 10, y: 10, width: 96, height: 64 }),
    ],
  },
  {
    name: "a frame in I420, bigger",
    ops: () => [
      grey,
      draw(ofFrame("bands", bandsFrame()), { x: 10, y: 10, width: 240, height: 160 }),
    ],
    region: { x: 12, y: 12, width: 236, height: 156 },
  },
  {
    name: "a frame in RGBA",
    ops: () => [grey, draw(ofFrame("frame", rgbaFrame()), { x: 10, y: 10, width: 80, height: 60 })],
  },
];

describe("both painters do alike", () => {
  test.each(cases)("$name", async ({ ops, region = everywhere }) => {
    const [webgl, cpu] = await Promise.all([open("webgl"), open("cpu")]);
    const left = await paint(webgl, ops());
    const right = await paint(cpu, ops());
    const { luma, colour } = compare(left, right, region);
    expect(luma.mean).toBeLessThanOrEqual(2);
    expect(luma.p98).toBeLessThanOrEqual(6);
    expect(colour.mean).toBeLessThanOrEqual(4);
    expect(colour.p98).toBeLessThanOrEqual(8);
    // Both could have painted nothing.
    const blank = await paint(cpu, ops().slice(0, 1));
    expect(compare(right, blank, everywhere).luma.mean).toBeGreaterThan(0.2);
  });
});

describe("the WebGL painter", () => {
  test("copies a picture that is not scaled, and its parts, exactly", async () => {
    const painter = await open("webgl");
    const from = { x: 20, y: 10, width: 40, height: 40 };
    const pixels = await paint(painter, [
      grey,
      draw(wavy, { x: 17, y: 11, width: 80, height: 60 }),
      draw(wavy, { x: 300, y: 160, width: 40, height: 40 }, { from }),
    ]);
    for (let y = 0; y < 60; y += 1)
      for (let x = 0; x < 80; x += 1)
        expect(at(pixels, x + 17, y + 11)).toEqual(waves(x, y).slice(0, 3));
    for (let y = 0; y < 20; y += 1)
      for (let x = 0; x < 20; x += 1)
        expect(at(pixels, x + 300, y + 160)).toEqual(waves(x + 20, y + 10).slice(0, 3));
    expect(at(pixels, 16, 11)).toEqual([128, 128, 128]);
  });

  test("covers pixels at a picture's edge by how much of them it has", async () => {
    const painter = await open("webgl");
    const white = pictureOf("white", 40, 40, () => [255, 255, 255, 255]);
    const pixels = await paint(painter, [
      black,
      draw(white, { x: 10.25, y: 20.5, width: 40, height: 40 }),
    ]);
    expectNear(at(pixels, 10, 30), [191, 191, 191], 2);
    expectNear(at(pixels, 50, 30), [64, 64, 64], 2);
    expectNear(at(pixels, 30, 20), [128, 128, 128], 2);
    expectNear(at(pixels, 10, 20), [96, 96, 96], 2);
    expect(at(pixels, 30, 30)).toEqual([255, 255, 255]);
    expect(at(pixels, 9, 30)).toEqual([0, 0, 0]);
  });

  test.each([0.3, 1, 3])("shows nothing of what was cropped away, scaled by %d", async (scale) => {
    const painter = await open("webgl");
    const cropped = pictureOf("cropped", 60, 60, (x, y) =>
      x >= 20 && x < 40 && y >= 20 && y < 40 ? [0, 200, 0, 255] : [255, 0, 255, 255],
    );
    const side = 20 * scale;
    const pixels = await paint(painter, [
      black,
      draw(
        cropped,
        { x: 10, y: 10, width: side, height: side },
        { from: { x: 20, y: 20, width: 20, height: 20 } },
      ),
    ]);
    for (let x = 10; x < 10 + side; x += 1) expectNear(at(pixels, x, 10), [0, 200, 0], 1);
    expect(at(pixels, 9, 10)).toEqual([0, 0, 0]);
  });

  test.each([2.5, 4, 7, 20])(
    "makes a fine pattern grey where it is %d times smaller",
    async (times) => {
      const painter = await open("webgl");
      const lines = pictureOf("lines", 640, 480, (x) =>
        x % 2 === 0 ? [255, 255, 255, 255] : [0, 0, 0, 255],
      );
      const [width, height] = [640 / times, 480 / times];
      const pixels = await paint(painter, [black, draw(lines, { x: 0, y: 0, width, height })]);
      for (let x = 1; x < Math.min(size.width, Math.floor(width)) - 1; x += 1)
        expectNear(at(pixels, x, 5), [128, 128, 128], 40);
      const [red] = meanOf(pixels, {
        x: 1,
        y: 1,
        width: Math.floor(width) - 2,
        height: Math.min(size.height, Math.floor(height)) - 2,
      });
      expect(Math.abs((red ?? 0) - 128)).toBeLessThanOrEqual(3);
    },
  );

  test("keeps a picture until its version changes, also beyond its memory", async () => {
    const painter = new WebGlPainter(size, 80 * 60 * 4);
    closing.push(() => painter.close());
    const plain = (id: string, version: number, colour: Colour) =>
      pictureOf(id, 80, 60, () => colour, version);
    const show = async (...pictures: readonly Picture[]) =>
      paint(painter, [
        black,
        ...pictures.map((picture, index) =>
          draw(picture, { x: index * 80, y: 0, width: 80, height: 60 }),
        ),
      ]);
    const red = plain("a", 1, [200, 0, 0, 255]);
    expect(at(await show(red), 5, 5)).toEqual([200, 0, 0]);
    expect(at(await show(plain("a", 1, [0, 0, 200, 255])), 5, 5)).toEqual([200, 0, 0]);
    const both = await show(plain("a", 2, [0, 0, 200, 255]), plain("b", 1, [0, 200, 0, 255]));
    expect([at(both, 5, 5), at(both, 85, 5)]).toEqual([
      [0, 0, 200],
      [0, 200, 0],
    ]);
    expect(at(await show(red), 5, 5)).toEqual([200, 0, 0]);
  });

  test("rejects once its context is lost", async () => {
    const contexts: (RenderingContext | OffscreenRenderingContext)[] = [];
    const getContext = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: never[]) {
      const context = getContext.apply(this, args as never) as OffscreenRenderingContext;
      contexts.push(context);
      return context;
    } as never;
    closing.push(() => {
      OffscreenCanvas.prototype.getContext = getContext;
    });
    const painter = await open("webgl");
    await paint(painter, [black]);
    const [gl] = contexts as WebGL2RenderingContext[];
    gl?.getExtension("WEBGL_lose_context")?.loseContext();
    await expect(painter.paint([black], { timestampUs: 0, durationUs: 0 })).rejects.toThrow("lost");
    painter.close();
  });
});

type Key = FilterOf<"chromaKey">;
const key = (more: Partial<Key> = {}): Key => ({
  id: FilterId.parse("key"),
  kind: "chromaKey",
  enabled: true,
  colour: "#00b140",
  similarity: 0.12,
  smoothness: 0.15,
  spill: 0.3,
  ...more,
});

/** What chroma-key.ts makes of one pixel over the given ground, by the order of `filters`. */
const keyed = (colour: Colour, filters: readonly Key[], ground: number): readonly number[] => {
  let [red, green, blue, alpha] = colour.map((value) => value / 255) as [
    number,
    number,
    number,
    number,
  ];
  for (const filter of filters) {
    const kept = keyOf(filter)(chromaOf(red * 255, green * 255, blue * 255));
    const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    [red, green, blue] = [red, green, blue].map(
      (part) => luma + (part - luma) * kept.saturation,
    ) as [number, number, number];
    alpha *= kept.alpha;
  }
  return [red, green, blue].map((part) => part * alpha * 255 + ground * (1 - alpha));
};

describe("the WebGL painter's chroma key", () => {
  /** From the screen's green to a person's skin, and across brightness. */
  const studio = (x: number, y: number): Colour => {
    const share = Math.min(1, Math.max(0, (x - 10) / 60));
    const dim = 0.6 + (0.4 * y) / 60;
    return [
      Math.round((0 + 220 * share) * dim),
      Math.round((177 - 17 * share) * dim),
      Math.round((64 + 60 * share) * dim),
      255,
    ];
  };

  test.each([
    ["usual", [key()]],
    ["without smoothness and spill", [key({ smoothness: 0, spill: 0 })]],
    ["with all at their ends", [key({ similarity: 0, smoothness: 1, spill: 1 })]],
    ["two in a row", [key(), key({ colour: "#dca07c", similarity: 0.02, smoothness: 0.1 })]],
  ] as const)("is that of chroma-key.ts: %s", async (_name, filters) => {
    const painter = await open("webgl");
    const picture = pictureOf("studio", 80, 60, studio);
    const pixels = await paint(painter, [
      grey,
      draw(picture, { x: 20, y: 10, width: 80, height: 60 }, { filters }),
    ]);
    const wrong: string[] = [];
    let gone = 0;
    let seen = 0;
    for (let y = 0; y < 60; y += 1)
      for (let x = 0; x < 80; x += 1) {
        const expected = keyed(studio(x, y), filters, 128);
        const actual = at(pixels, x + 20, y + 10);
        const far = expected.some((value, channel) => Math.abs(value - (actual[channel] ?? 0)) > 3);
        if (far) wrong.push(`${x},${y}: ${actual.join()} instead of ${expected.join()}`);
        if (expected.every((value) => Math.abs(value - 128) < 1)) gone += 1;
        else seen += 1;
      }
    // A hard edge may fall on either side of a pixel.
    expect(wrong.slice(80 * 60 * 0.01)).toEqual([]);
    expect(Math.min(gone, seen)).toBeGreaterThan(filters[0].similarity === 0 ? -1 : 100);
  });

  test("works before scaling, so that no green comes into the edges", async () => {
    const painter = await open("webgl");
    const halves = pictureOf("halves", 40, 40, (x) =>
      x < 20 ? [0, 177, 64, 255] : [220, 60, 60, 255],
    );
    const pixels = await paint(painter, [
      { op: "clear", colour: "#000000" },
      draw(halves, { x: 0, y: 0, width: 160, height: 160 }, { filters: [key({ spill: 0 })] }),
    ]);
    for (let x = 0; x < 160; x += 1) {
      const [red = 0, green = 0] = at(pixels, x, 80);
      expect(green).toBeLessThanOrEqual(red * 0.3 + 3);
    }
    expect(at(pixels, 10, 80)).toEqual([0, 0, 0]);
    expectNear(at(pixels, 150, 80), [220, 60, 60], 2);
  });

  test("is done alike to a smaller picture after a larger one", async () => {
    const painter = await open("webgl");
    const large = pictureOf("large", 160, 120, () => [0, 177, 64, 255]);
    const small = pictureOf("small", 20, 20, () => [220, 60, 60, 255]);
    const pixels = await paint(painter, [
      black,
      draw(large, { x: 0, y: 0, width: 160, height: 120 }, { filters: [key()] }),
      draw(small, { x: 200, y: 20, width: 60, height: 60 }, { filters: [key({ spill: 0 })] }),
    ]);
    expect(at(pixels, 50, 50)).toEqual([0, 0, 0]);
    for (const [x, y] of [
      [200, 20],
      [259, 79],
      [230, 50],
    ] as const)
      expectNear(at(pixels, x, y), [220, 60, 60], 2);
  });
});

describe("the probe", () => {
  test.each([
    [
      "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
      true,
    ],
    ["ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5)", true],
    ["ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)", true],
    ["ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)", false],
    ["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0)", false],
    ["ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)", false],
  ])("knows software by its name: %s", (renderer, isSoftware) => {
    expect(isSoftwareRenderer(renderer)).toBe(isSoftware);
  });

  test("times a painter until its pixels are there", async () => {
    const slow = await open("cpu");
    const delayed: Painter = {
      paint: async (ops, frame) => {
        await new Promise((done) => setTimeout(done, 20));
        return slow.paint(ops, frame);
      },
      close: () => undefined,
    };
    const time = await timePainter(delayed, size);
    expect(time).toBeGreaterThanOrEqual(19);
    expect(time).toBeLessThan(3_000);
  });
});
