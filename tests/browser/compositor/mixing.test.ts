import { afterEach, describe, expect, test } from "vitest";
import type { PainterKind } from "../../../preload/contract/painter.ts";
import { BlendMode } from "../../../preload/contract/scene.ts";
import { turnOfBox } from "../../../renderer/compositor/affine.ts";
import { openPainter } from "../../../renderer/compositor/open-painter.ts";
import type { Picture, Rect } from "../../../renderer/compositor/picture.ts";
import type { DrawOp } from "../../../renderer/compositor/plan.ts";

const size = { width: 320, height: 180 };
const painters = ["cpu", "webgl"] as const;
const everywhere: Rect = { x: 0, y: 0, ...size };
/** Of 255, in the mean over a region: what limited range, 4:2:0 and premultiplied bytes take. */
const tolerance = 4;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const paint = async (kind: PainterKind, ops: readonly DrawOp[]): Promise<Uint8Array> => {
  const painter = await openPainter(kind, size);
  closing.push(() => painter.close());
  const frame = await painter.paint(ops, { timestampUs: 0, durationUs: 33_333 });
  const pixels = new Uint8Array(size.width * size.height * 4);
  await frame.copyTo(pixels, { format: "RGBA" });
  frame.close();
  return pixels;
};

type Rgb = readonly [number, number, number];

const meanOf = (pixels: Uint8Array, region: Rect): Rgb => {
  const sums: [number, number, number] = [0, 0, 0];
  for (let y = region.y; y < region.y + region.height; y += 1)
    for (let x = region.x; x < region.x + region.width; x += 1)
      for (const channel of [0, 1, 2] as const)
        sums[channel] += pixels[(y * size.width + x) * 4 + channel] ?? 0;
  const count = region.width * region.height;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
};

/** The largest difference of a channel. */
const apart = (one: Rgb, other: Rgb): number =>
  Math.max(...([0, 1, 2] as const).map((channel) => Math.abs(one[channel] - other[channel])));

const hex = (rgb: Rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

const pictureOf = (
  id: string,
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number, number, number],
): Picture => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set(at(x, y), (y * width + x) * 4);
  return {
    id,
    version: 1,
    width,
    height,
    pixels: { format: "RGBA", premultiplied: false, data },
  };
};

const draw = (
  picture: Picture,
  rect: Rect,
  more: Partial<Extract<DrawOp, { op: "picture" }>> = {},
): DrawOp => ({
  op: "picture",
  picture,
  from: { x: 0, y: 0, width: picture.width, height: picture.height },
  rect,
  opacity: 1,
  filters: [],
  ...more,
});
const fill = (
  colour: Rgb,
  rect: Rect,
  more: Partial<Extract<DrawOp, { op: "fill" }>> = {},
): DrawOp => ({
  op: "fill",
  colour: hex(colour),
  rect,
  ...more,
});
const blendOf = (mode: BlendMode) => (mode === "normal" ? {} : { blend: mode });

/** One channel over an opaque one, from 0 to 1: `a` of the source's alpha. */
const mixed = (mode: BlendMode, source: number, below: number, a: number): number => {
  const over = source * a + below * (1 - a);
  switch (mode) {
    case "normal":
      return over;
    case "additive":
      return Math.min(1, below + source * a);
    case "subtract":
      return Math.max(0, below - source * a);
    case "screen":
      return below + source * a - below * source * a;
    case "multiply":
      return below * source * a + below * (1 - a);
    case "lighten":
      return Math.max(below, over);
    case "darken":
      return Math.min(below, over);
    default:
      return mode satisfies never;
  }
};

/** Greys and colours that stay in limited range's gamut after every mode. */
const pairs: readonly (readonly [Rgb, Rgb])[] = [
  [
    [200, 120, 60],
    [90, 100, 160],
  ],
  [
    [40, 200, 160],
    [180, 70, 90],
  ],
  [
    [128, 128, 128],
    [200, 200, 200],
  ],
  [
    [255, 255, 255],
    [60, 120, 180],
  ],
  [
    [0, 0, 0],
    [60, 120, 180],
  ],
];

describe.for(painters)("%s mixes", (painter) => {
  test.for(BlendMode.options)("%s: areas, whole and half", async (mode) => {
    const cell = { width: 64, height: 60 };
    const cells = pairs.flatMap(([source, below], index) =>
      [1, 0.5].map((opacity, row) => ({
        source,
        below,
        opacity,
        rect: { x: index * cell.width, y: row * cell.height, ...cell },
      })),
    );
    const pixels = await paint(painter, [
      { op: "clear", colour: "#000000" },
      ...cells.flatMap(({ source, below, opacity, rect }) => [
        fill(below, rect),
        fill(source, rect, { opacity, ...blendOf(mode) }),
      ]),
    ]);
    for (const { source, below, opacity, rect } of cells) {
      const of = (channel: 0 | 1 | 2) =>
        255 * mixed(mode, source[channel] / 255, below[channel] / 255, opacity);
      const inner = { x: rect.x + 8, y: rect.y + 8, width: 48, height: 44 };
      expect(apart(meanOf(pixels, inner), [of(0), of(1), of(2)])).toBeLessThanOrEqual(tolerance);
    }
  });

  test.for(BlendMode.options)(
    "%s: a picture with an alpha, clear where it is clear",
    async (mode) => {
      const below: Rgb = [90, 140, 180];
      const half = pictureOf("half", 160, 90, (x) =>
        x < 80 ? [220, 90, 40, 0] : [220, 90, 40, 128],
      );
      const pixels = await paint(painter, [
        { op: "clear", colour: hex(below) },
        draw(half, { x: 80, y: 45, width: 160, height: 90 }, blendOf(mode)),
      ]);
      expect(
        apart(meanOf(pixels, { x: 84, y: 50, width: 70, height: 80 }), below),
      ).toBeLessThanOrEqual(2);
      const of = (channel: 0 | 1 | 2, source: number) =>
        255 * mixed(mode, source / 255, below[channel] / 255, 128 / 255);
      expect(
        apart(meanOf(pixels, { x: 166, y: 50, width: 70, height: 80 }), [
          of(0, 220),
          of(1, 90),
          of(2, 40),
        ]),
      ).toBeLessThanOrEqual(tolerance);
    },
  );

  test("a group as one picture: its parts do not show through each other", async () => {
    const box = { x: 40, y: 30, width: 100, height: 80 };
    const pixels = await paint(painter, [
      { op: "clear", colour: "#000000" },
      {
        op: "group",
        surface: {
          width: 100,
          height: 80,
          ops: [
            fill([200, 200, 200], { x: 0, y: 0, width: 100, height: 80 }),
            fill([100, 100, 100], { x: 0, y: 0, width: 50, height: 80 }),
          ],
        },
        from: { x: 0, y: 0, width: 100, height: 80 },
        rect: box,
        opacity: 0.5,
      },
    ]);
    expect(
      apart(meanOf(pixels, { x: 44, y: 34, width: 40, height: 70 }), [50, 50, 50]),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 96, y: 34, width: 40, height: 70 }), [100, 100, 100]),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 150, y: 34, width: 40, height: 70 }), [0, 0, 0]),
    ).toBeLessThanOrEqual(1);
  });

  test("a group keeps what is clear in it clear, also turned and added", async () => {
    const box = { x: 100, y: 40, width: 120, height: 100 };
    const map = turnOfBox(box, { rotationDeg: 180, flipX: false, flipY: false });
    const pixels = await paint(painter, [
      { op: "clear", colour: "#404040" },
      {
        op: "group",
        surface: {
          width: 120,
          height: 100,
          ops: [fill([100, 0, 0], { x: 0, y: 0, width: 60, height: 100 })],
        },
        from: { x: 0, y: 0, width: 120, height: 100 },
        rect: box,
        opacity: 1,
        blend: "additive",
        ...(map && { map }),
      },
    ]);
    expect(
      apart(meanOf(pixels, { x: 104, y: 46, width: 50, height: 88 }), [64, 64, 64]),
    ).toBeLessThanOrEqual(2);
    expect(
      apart(meanOf(pixels, { x: 166, y: 46, width: 50, height: 88 }), [164, 64, 64]),
    ).toBeLessThanOrEqual(tolerance);
  });
});

/** Red above left, green above right, blue below left, white below right. */
const quarters = (width: number, height: number) =>
  pictureOf("quarters", width, height, (x, y) =>
    x < width / 2
      ? y < height / 2
        ? [200, 40, 40, 255]
        : [40, 40, 200, 255]
      : y < height / 2
        ? [40, 200, 40, 255]
        : [230, 230, 230, 255],
  );
const [red, green, blue, white] = [
  [200, 40, 40],
  [40, 200, 40],
  [40, 40, 200],
  [230, 230, 230],
] as const;

describe.for(painters)("%s turns", (painter) => {
  const box = { x: 100, y: 50, width: 120, height: 80 };
  /** What is seen in the box's quarters: above left, above right, below right, below left. */
  const cases = [
    [{ rotationDeg: 0, flipX: true, flipY: false }, [green, red, blue, white]],
    [{ rotationDeg: 0, flipX: false, flipY: true }, [blue, white, green, red]],
    [{ rotationDeg: 180, flipX: false, flipY: false }, [white, blue, red, green]],
    [{ rotationDeg: 180, flipX: true, flipY: false }, [blue, white, green, red]],
  ] as const;
  test.for(cases)("mirrored and by half a turn: %j", async ([turn, seen]) => {
    const map = turnOfBox(box, turn);
    const pixels = await paint(painter, [
      { op: "clear", colour: "#000000" },
      draw(quarters(60, 40), box, map ? { map } : {}),
    ]);
    const inset = { width: 40, height: 24 };
    expect(apart(meanOf(pixels, { x: 108, y: 58, ...inset }), seen[0])).toBeLessThanOrEqual(
      tolerance,
    );
    expect(apart(meanOf(pixels, { x: 172, y: 58, ...inset }), seen[1])).toBeLessThanOrEqual(
      tolerance,
    );
    expect(apart(meanOf(pixels, { x: 172, y: 98, ...inset }), seen[2])).toBeLessThanOrEqual(
      tolerance,
    );
    expect(apart(meanOf(pixels, { x: 108, y: 98, ...inset }), seen[3])).toBeLessThanOrEqual(
      tolerance,
    );
    expect(
      apart(meanOf(pixels, { x: 0, y: 0, width: 98, height: 180 }), [0, 0, 0]),
    ).toBeLessThanOrEqual(1);
    expect(
      apart(meanOf(pixels, { x: 222, y: 0, width: 98, height: 180 }), [0, 0, 0]),
    ).toBeLessThanOrEqual(1);
  });

  test("a quarter turn clockwise", async () => {
    const map = turnOfBox(box, { rotationDeg: 90, flipX: false, flipY: false });
    const pixels = await paint(painter, [
      { op: "clear", colour: "#000000" },
      draw(quarters(60, 40), box, map ? { map } : {}),
    ]);
    // The box of 120 x 80 about (160, 90) stands upright: x 120 to 200, y 30 to 150.
    expect(
      apart(meanOf(pixels, { x: 126, y: 36, width: 28, height: 48 }), blue),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 166, y: 36, width: 28, height: 48 }), red),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 166, y: 96, width: 28, height: 48 }), green),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 126, y: 96, width: 28, height: 48 }), white),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 100, y: 0, width: 18, height: 180 }), [0, 0, 0]),
    ).toBeLessThanOrEqual(1);
    expect(
      apart(meanOf(pixels, { x: 202, y: 0, width: 18, height: 180 }), [0, 0, 0]),
    ).toBeLessThanOrEqual(1);
    expect(
      apart(meanOf(pixels, { x: 120, y: 0, width: 80, height: 28 }), [0, 0, 0]),
    ).toBeLessThanOrEqual(1);
  });

  test.for([
    [{ rotationDeg: 90, flipX: true, flipY: false }, [white, green, red, blue]],
    [{ rotationDeg: 270, flipX: false, flipY: false }, [green, white, blue, red]],
    [{ rotationDeg: 270, flipX: true, flipY: false }, [red, blue, white, green]],
  ] as const)("quarter turns of a part: %j", async ([turn, seen]) => {
    const map = turnOfBox(box, turn);
    const odd = quarters(61, 41);
    const pixels = await paint(painter, [
      { op: "clear", colour: "#000000" },
      draw(odd, box, {
        from: { x: 10, y: 7, width: 41, height: 27 },
        ...(map && { map }),
      }),
    ]);
    // Above left, above right, below right, below left.
    expect(
      apart(meanOf(pixels, { x: 126, y: 36, width: 28, height: 48 }), seen[0]),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 166, y: 36, width: 28, height: 48 }), seen[1]),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 166, y: 96, width: 28, height: 48 }), seen[2]),
    ).toBeLessThanOrEqual(tolerance);
    expect(
      apart(meanOf(pixels, { x: 126, y: 96, width: 28, height: 48 }), seen[3]),
    ).toBeLessThanOrEqual(tolerance);
  });

  test.for([17, 45, 123.4, 271, 333])(
    "by %d degrees: the same area, the same middle",
    async (rotationDeg) => {
      const map = turnOfBox(box, { rotationDeg, flipX: false, flipY: false });
      const pixels = await paint(painter, [
        { op: "clear", colour: "#000000" },
        fill([200, 200, 200], box, map ? { map } : {}),
      ]);
      let sum = 0;
      let sumX = 0;
      let sumY = 0;
      for (let y = 0; y < size.height; y += 1)
        for (let x = 0; x < size.width; x += 1) {
          const value = (pixels[(y * size.width + x) * 4] ?? 0) / 200;
          sum += value;
          sumX += value * (x + 0.5);
          sumY += value * (y + 0.5);
        }
      expect(Math.abs(sum / (120 * 80) - 1)).toBeLessThan(0.01);
      expect(Math.abs(sumX / sum - 160)).toBeLessThan(0.1);
      expect(Math.abs(sumY / sum - 90)).toBeLessThan(0.1);
    },
  );
});

test("both painters agree on what is turned, cropped, scaled, faded and mixed", async () => {
  const waves = pictureOf("waves", 200, 140, (x, y) => [
    Math.round(127 + 100 * Math.sin(x / 19)),
    Math.round(127 + 100 * Math.sin(y / 17)),
    Math.round(127 + 100 * Math.sin((x + y) / 21)),
    255,
  ]);
  const glow = pictureOf("glow", 120, 120, (x, y) => [
    250,
    180,
    40,
    Math.max(0, 255 - Math.round(Math.hypot(x - 60, y - 60) * 4)),
  ]);
  const box = { x: 60, y: 20, width: 180, height: 120 };
  for (const mode of BlendMode.options) {
    const map = turnOfBox(box, { rotationDeg: 33, flipX: true, flipY: false });
    const glowMap = turnOfBox(
      { x: 150, y: 40, width: 140, height: 120 },
      { rotationDeg: 200, flipX: false, flipY: true },
    );
    const ops: readonly DrawOp[] = [
      { op: "clear", colour: "#203040" },
      draw(waves, everywhere),
      draw(waves, box, {
        from: { x: 20, y: 10, width: 150, height: 100 },
        opacity: 0.7,
        ...blendOf(mode),
        ...(map && { map }),
      }),
      draw(
        glow,
        { x: 150, y: 40, width: 140, height: 120 },
        { ...blendOf(mode), ...(glowMap && { map: glowMap }) },
      ),
    ];
    const [cpu, gl] = [await paint("cpu", ops), await paint("webgl", ops)];
    const differences: number[] = [];
    const block = { width: 8, height: 6 };
    for (let y = 0; y + block.height <= size.height; y += block.height)
      for (let x = 0; x + block.width <= size.width; x += block.width) {
        const [one, other] = [meanOf(cpu, { x, y, ...block }), meanOf(gl, { x, y, ...block })];
        for (const channel of [0, 1, 2] as const)
          differences.push(Math.abs(one[channel] - other[channel]));
      }
    const sorted = differences.toSorted((one, other) => one - other);
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect({
      mode,
      near: mean < 2 && (sorted[Math.floor(sorted.length * 0.98)] ?? 255) < 8,
    }).toEqual({
      mode,
      near: true,
    });
  }
});
