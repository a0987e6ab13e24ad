import { afterEach, describe, expect, test } from "vitest";
import type { Filter } from "../../../preload/contract/filter.ts";
import { CpuPainter } from "../../../renderer/compositor/cpu/cpu-painter.ts";
import type { Picture, Rect } from "../../../renderer/compositor/picture.ts";
import type { DrawOp } from "../../../renderer/compositor/plan.ts";
import { greenKey } from "../../fakes/filters.ts";
import { distance, meanOf, rgbOf, type Shot } from "../programme-reader.ts";

const size = { width: 320, height: 180 };
const clear: DrawOp = { op: "clear", colour: "#000000" };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

let version = 0;
/** Straight RGBA by its pixels. */
const pictureOf = (
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly [number, number, number, number],
): Picture => {
  version += 1;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set(pixel(x, y), (y * width + x) * 4);
  return {
    id: `picture-${version}`,
    version,
    width,
    height,
    pixels: { format: "RGBA", premultiplied: false, data },
  };
};

/** I420 planes in BT.709, as some cameras have them. */
const in709 = (rgba: Uint8ClampedArray, width: number, height: number): Uint8Array => {
  const luma = width * height;
  const planes = new Uint8Array((luma * 3) / 2);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const [r = 0, g = 0, b = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
      const own = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      planes[y * width + x] = 16 + (own * 219) / 255;
      const chroma = (y >> 1) * (width / 2) + (x >> 1);
      planes[luma + chroma] = 128 + (((b - own) / 1.8556) * 224) / 255;
      planes[(luma * 5) / 4 + chroma] = 128 + (((r - own) / 1.5748) * 224) / 255;
    }
  return planes;
};

const nv12FrameOf = (
  i420: Uint8Array,
  { width, height, matrix }: { width: number; height: number; matrix: VideoMatrixCoefficients },
): VideoFrame => {
  const luma = width * height;
  const chroma = luma / 4;
  const nv12 = new Uint8Array(i420.length);
  nv12.set(i420.subarray(0, luma));
  for (let at = 0; at < chroma; at += 1) {
    nv12[luma + 2 * at] = i420[luma + at] ?? 0;
    nv12[luma + 2 * at + 1] = i420[luma + chroma + at] ?? 0;
  }
  return new VideoFrame(nv12, {
    format: "NV12",
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix, fullRange: false },
  });
};

/** The same picture as a captured frame of `format`. */
const frameOf = async (
  picture: Picture,
  format: "I420" | "NV12" | "NV12 of BT.709" | "RGBX",
): Promise<Picture> => {
  const { width, height, pixels } = picture;
  if (pixels instanceof VideoFrame) throw new Error("already a frame");
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(new ImageData(pixels.data, width, height), 0, 0);
  const painter = await CpuPainter.create({ width, height });
  const planar = await painter.paint([clear, drawn(picture)], { timestampUs: 0, durationUs: 1 });
  painter.close();
  let frame = planar;
  if (format === "RGBX") {
    planar.close();
    frame = new VideoFrame(canvas, { timestamp: 0, alpha: "discard" });
  }
  if (format !== "I420" && format !== "RGBX") {
    const i420 = new Uint8Array(planar.allocationSize());
    await planar.copyTo(i420);
    planar.close();
    frame = nv12FrameOf(format === "NV12" ? i420 : in709(pixels.data, width, height), {
      width,
      height,
      matrix: format === "NV12" ? "smpte170m" : "bt709",
    });
  }
  closing.push(() => frame.close());
  version += 1;
  return { id: `frame-${version}`, version, width, height, pixels: frame };
};

const drawn = (
  picture: Picture,
  rect: Rect = { x: 0, y: 0, width: picture.width, height: picture.height },
  options: { from?: Rect; opacity?: number; filters?: readonly Filter[] } = {},
): DrawOp => ({
  op: "picture",
  picture,
  rect,
  from: options.from ?? { x: 0, y: 0, width: picture.width, height: picture.height },
  opacity: options.opacity ?? 1,
  filters: options.filters ?? [],
});

const paint = async (ops: readonly DrawOp[]): Promise<Shot> => {
  const painter = await CpuPainter.create(size);
  const frame = await painter.paint([clear, ...ops], { timestampUs: 40_000, durationUs: 33_333 });
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2d context");
  context.drawImage(frame, 0, 0);
  const { timestamp } = frame;
  frame.close();
  painter.close();
  return {
    ...size,
    rgba: context.getImageData(0, 0, size.width, size.height).data,
    timestampUs: timestamp,
    arrivedAtMs: 0,
  };
};

const near = (shot: Shot, rect: readonly [number, number, number, number], colour: string) =>
  distance(meanOf(shot, ...rect), rgbOf(colour));

const quarters = pictureOf(64, 64, (x, y) => {
  if (x < 32) return y < 32 ? [220, 40, 40, 255] : [40, 60, 220, 255];
  return y < 32 ? [40, 200, 60, 255] : [240, 240, 240, 255];
});

describe("the CPU painter", () => {
  test("fills with colours and their alpha, also in parts of pixels", async () => {
    const shot = await paint([
      { op: "fill", rect: { x: 20, y: 20, width: 100, height: 60 }, colour: "#d02020" },
      { op: "fill", rect: { x: 60, y: 40, width: 100, height: 60 }, colour: "#2040c080" },
      { op: "fill", rect: { x: 200.5, y: 20, width: 1, height: 100 }, colour: "#ffffff" },
    ]);
    expect(near(shot, [24, 24, 30, 12], "#d02020")).toBeLessThan(4);
    expect(near(shot, [64, 44, 50, 30], "#783070")).toBeLessThan(4);
    expect(near(shot, [124, 84, 30, 12], "#102060")).toBeLessThan(4);
    expect(near(shot, [0, 0, 16, 180], "#000000")).toBeLessThan(3);
    expect(near(shot, [200, 24, 2, 90], "#808080")).toBeLessThan(6);
  });

  test.each(["I420", "NV12", "NV12 of BT.709", "RGBX"] as const)(
    "shows %s frames as they are",
    async (format) => {
      const frame = await frameOf(quarters, format);
      const shot = await paint([
        drawn(frame, { x: 10, y: 10, width: 64, height: 64 }),
        drawn(frame, { x: 101, y: 11, width: 160, height: 160 }),
      ]);
      for (const [x, y, side] of [
        [10, 10, 32],
        [101, 11, 80],
      ] as const) {
        const inner = side - 8;
        expect(near(shot, [x + 4, y + 4, inner, inner], "#dc2828")).toBeLessThan(4);
        expect(near(shot, [x + side + 4, y + 4, inner, inner], "#28c83c")).toBeLessThan(4);
        expect(near(shot, [x + 4, y + side + 4, inner, inner], "#283cdc")).toBeLessThan(4);
        expect(near(shot, [x + side + 4, y + side + 4, inner, inner], "#f0f0f0")).toBeLessThan(4);
      }
      expect(near(shot, [80, 0, 18, 180], "#000000")).toBeLessThan(3);
    },
  );

  test("draws the part that is asked for, and nothing of what lies beside it", async () => {
    const shot = await paint([
      drawn(
        quarters,
        { x: 40, y: 20, width: 128, height: 128 },
        {
          from: { x: 32, y: 0, width: 32, height: 32 },
        },
      ),
    ]);
    expect(near(shot, [40, 20, 128, 128], "#28c83c")).toBeLessThan(4);
    expect(near(shot, [42, 22, 2, 124], "#28c83c")).toBeLessThan(6);
  });

  test("blends pictures with their alpha and opacity, without fringes where they are scaled", async () => {
    // Transparent pixels are black: a fringe would be dark.
    const disc = pictureOf(40, 40, (x, y) =>
      Math.hypot(x - 19.5, y - 19.5) < 16 ? [255, 255, 255, 255] : [0, 0, 0, 0],
    );
    const shot = await paint([
      { op: "fill", rect: { x: 0, y: 0, ...size }, colour: "#ffffff" },
      drawn(disc, { x: 11, y: 13, width: 130, height: 130 }),
    ]);
    expect(near(shot, [0, 0, 160, 180], "#ffffff")).toBeLessThan(2);
    const half = await paint([
      { op: "fill", rect: { x: 0, y: 0, ...size }, colour: "#204080" },
      drawn(quarters, { x: 100, y: 50, width: 64, height: 64 }, { opacity: 0.5 }),
    ]);
    expect(near(half, [136, 54, 24, 24], "#24845e")).toBeLessThan(4);
    expect(near(half, [0, 0, 90, 180], "#204080")).toBeLessThan(3);
  });

  test("shrinks without leaving pixels out", async () => {
    const stripes = pictureOf(256, 256, (x) => (x % 8 < 4 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    for (const side of [100, 60, 31]) {
      const shot = await paint([drawn(stripes, { x: 20, y: 20, width: side, height: side })]);
      expect(near(shot, [22, 22, side - 4, side - 4], "#7f7f7f")).toBeLessThan(12);
    }
  });

  test("keys a colour out of frames and of pictures with an alpha", async () => {
    const person = pictureOf(96, 96, (x, y) =>
      Math.hypot(x - 48, y - 48) < 30 ? [224, 176, 144, 255] : [16, 220, 24, 255],
    );
    const through = pictureOf(96, 96, (x, y) =>
      Math.hypot(x - 48, y - 48) < 30 ? [224, 176, 144, 255] : [16, 220, 24, y < 4 ? 254 : 255],
    );
    for (const picture of [await frameOf(person, "I420"), person, through]) {
      const shot = await paint([
        { op: "fill", rect: { x: 0, y: 0, ...size }, colour: "#2040c0" },
        drawn(picture, { x: 41, y: 21, width: 144, height: 144 }, { filters: [greenKey] }),
      ]);
      expect(near(shot, [42, 22, 20, 20], "#2040c0")).toBeLessThan(4);
      expect(near(shot, [100, 80, 26, 26], "#e0b090")).toBeLessThan(4);
      // The edge is of both, and of no green.
      const { r: red, g: green, b: blue } = meanOf(shot, 66, 88, 6, 12);
      expect(green).toBeLessThan(Math.max(red, blue) + 6);
    }
  });

  test("takes many more pictures than it keeps", async () => {
    const painter = await CpuPainter.create(size, 200_000);
    for (let index = 0; index < 60; index += 1) {
      const shade = index * 4;
      const picture = pictureOf(64, 64, () => [shade, shade, shade, 255]);
      const frame = await painter.paint([clear, drawn(picture), drawn(quarters)], {
        timestampUs: index,
        durationUs: 1,
      });
      frame.close();
    }
    const shade = pictureOf(64, 64, () => [90, 90, 90, 255]);
    const frame = await painter.paint([clear, drawn(quarters), drawn(shade)], {
      timestampUs: 99,
      durationUs: 1,
    });
    const luma = new Uint8Array(frame.allocationSize());
    await frame.copyTo(luma);
    frame.close();
    painter.close();
    // 16 + 90 * 219 / 255
    expect(luma[10 * size.width + 10]).toBe(93);
  });
});
