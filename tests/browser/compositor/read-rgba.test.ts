import { expect, test } from "vitest";
import { readParts, readRgba } from "../../../renderer/compositor/read-rgba.ts";
import { isDoneWhileWindowIsBusy } from "./busy-window.ts";

const size = { width: 6, height: 4 };
const all = { x: 0, y: 0, ...size };

const read = async (frame: VideoFrame, part = all): Promise<Uint8ClampedArray> => {
  const pixels = readRgba(frame, part, new Uint8ClampedArray(4 * part.width * part.height));
  frame.close();
  return pixels;
};
const frameOf = (
  bytes: readonly number[],
  init: Partial<VideoFrameBufferInit> & { readonly format: VideoPixelFormat },
): VideoFrame =>
  new VideoFrame(new Uint8Array(bytes), {
    codedWidth: size.width,
    codedHeight: size.height,
    timestamp: 0,
    ...init,
  });
const filled = (count: number, value: number): readonly number[] =>
  Array.from({ length: count }, () => value);
const pixelOf = (pixels: Uint8ClampedArray, at: number): readonly number[] => [
  ...pixels.subarray(4 * at, 4 * at + 4),
];

test.each([
  ["RGBA", [10, 20, 30, 40]],
  ["RGBX", [10, 20, 30, 255]],
  ["BGRA", [30, 20, 10, 40]],
  ["BGRX", [30, 20, 10, 255]],
] as const)("%s comes out as RGBA, each byte as it was", async (format, wanted) => {
  const bytes = Array.from({ length: 24 }, () => [10, 20, 30, 40]).flat();
  const pixels = await read(frameOf(bytes, { format }));
  for (let at = 0; at < 24; at += 1) expect(pixelOf(pixels, at)).toEqual(wanted);
});

const bars = [
  ["white", { r: 255, g: 255, b: 255 }],
  ["black", { r: 0, g: 0, b: 0 }],
  ["red", { r: 255, g: 0, b: 0 }],
  ["green", { r: 0, g: 255, b: 0 }],
  ["blue", { r: 0, g: 0, b: 255 }],
  ["skin", { r: 224, g: 172, b: 140 }],
] as const;
/** By the standards' own formulas. */
const yuvOf = (
  { r, g, b }: (typeof bars)[number][1],
  [red, blue]: readonly [number, number],
  isFull: boolean,
): readonly [y: number, u: number, v: number] => {
  const luma = red * r + (1 - red - blue) * g + blue * b;
  const chroma = isFull ? 1 : 224 / 255;
  return [
    isFull ? luma : 16 + (luma * 219) / 255,
    128 + ((b - luma) / (2 * (1 - blue))) * chroma,
    128 + ((r - luma) / (2 * (1 - red))) * chroma,
  ].map((value) => Math.min(255, Math.round(value))) as [number, number, number];
};

test.each([
  ["smpte170m", false, [0.299, 0.114]],
  ["smpte170m", true, [0.299, 0.114]],
  ["bt709", false, [0.2126, 0.0722]],
  ["bt709", true, [0.2126, 0.0722]],
] as const)(
  "planes become the colours they mean (%s, full range %s)",
  async (matrix, fullRange, weights) => {
    const colorSpace = { matrix, fullRange };
    for (const [name, colour] of bars) {
      const [y, u, v] = yuvOf(colour, weights, fullRange);
      const wanted = [colour.r, colour.g, colour.b, 255];
      const planes = {
        I420: [...filled(24, y), ...filled(6, u), ...filled(6, v)],
        NV12: [...filled(24, y), ...filled(6, 0).flatMap(() => [u, v])],
        I422: [...filled(24, y), ...filled(12, u), ...filled(12, v)],
        I444: [...filled(24, y), ...filled(24, u), ...filled(24, v)],
      };
      for (const [format, bytes] of Object.entries(planes)) {
        const pixels = await read(
          frameOf(bytes, { format: format as VideoPixelFormat, colorSpace }),
        );
        for (const at of [0, 7, 23])
          for (const [channel, value] of pixelOf(pixels, at).entries())
            expect(
              Math.abs(value - (wanted[channel] ?? Number.NaN)),
              `${name} in ${format}, channel ${channel}: ${value}`,
            ).toBeLessThanOrEqual(2);
      }
    }
  },
);

test("planes with alpha keep it, and each pixel has its own chroma", async () => {
  const alpha = Array.from({ length: 24 }, (_, at) => at * 10);
  const bytes = [...filled(24, 126), ...filled(6, 128), 200, 128, 128, 128, 128, 128, ...alpha];
  const pixels = await read(frameOf(bytes, { format: "I420A" }));
  expect(Array.from({ length: 24 }, (_, at) => pixels[4 * at + 3])).toEqual(alpha);
  // One sample of four pixels is red.
  const reds = Array.from({ length: 24 }, (_, at) => (pixels[4 * at] ?? 0) > 200);
  expect(reds.flatMap((isRed, at) => (isRed ? [at] : []))).toEqual([0, 1, 6, 7]);
});

test.each(["RGBA", "I444"] as const)("a part is cut out at any place (%s)", async (format) => {
  const lumas = Array.from({ length: 24 }, (_, at) => 20 + 8 * at);
  const bytes =
    format === "RGBA"
      ? lumas.flatMap((luma) => [luma, luma, luma, 255])
      : [...lumas, ...filled(48, 128)];
  const init = { format, colorSpace: { matrix: "smpte170m", fullRange: true } as const };
  const pixels = await read(frameOf(bytes, init), { x: 1, y: 1, width: 3, height: 2 });
  const found = Array.from({ length: 6 }, (_, at) => pixels[4 * at]);
  expect(found).toEqual([7, 8, 9, 13, 14, 15].map((at) => lumas[at]));
});

test("only what is visible counts", async () => {
  const lumas = Array.from({ length: 24 }, (_, at) => 20 + 8 * at);
  const frame = frameOf([...lumas, ...filled(12, 128)], {
    format: "I420",
    visibleRect: { x: 2, y: 2, width: 4, height: 2 },
    colorSpace: { matrix: "smpte170m", fullRange: true },
  });
  const pixels = await read(frame, { x: 0, y: 0, width: 4, height: 2 });
  expect(pixels[0]).toBe(lumas[2 * 6 + 2]);
  expect(pixels[4 * 4]).toBe(lumas[3 * 6 + 2]);
});

test("what is shown by ImageDecoder is straight: half transparent colours keep their own", async () => {
  const canvas = new OffscreenCanvas(2, 1);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no context");
  const given = [200, 100, 40, 128, 10, 250, 90, 255];
  context.putImageData(new ImageData(new Uint8ClampedArray(given), 2, 1), 0, 0);
  const png = await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer();
  const decoder = new ImageDecoder({ data: png, type: "image/png" });
  const { image } = await decoder.decode();
  const pixels = await read(image, { x: 0, y: 0, width: 2, height: 1 });
  decoder.close();
  // The canvas has premultiplied them once.
  for (const [at, value] of given.entries())
    expect(Math.abs((pixels[at] ?? 0) - value), `byte ${at}`).toBeLessThanOrEqual(1);
});

test("grey is one byte a pixel, and as in RGBA", async () => {
  const greys = Array.from({ length: 24 }, (_, at) => 11 * at);
  const limited = greys.map((grey) => Math.round(16 + (grey * 219) / 255));
  for (const frame of [
    frameOf(
      greys.flatMap((grey) => [0, 0, grey, 255]),
      { format: "BGRX" },
    ),
    frameOf([...limited, ...filled(12, 128)], { format: "I420" }),
  ]) {
    const part = { x: 2, y: 1, width: 4, height: 3 };
    const found = await readParts(frame, ({ grey }) => grey(part, new Uint8Array(12)));
    const reds = await read(frame, part);
    expect([...found]).toEqual(Array.from({ length: 12 }, (_, at) => reds[4 * at]));
    const wanted = [8, 9, 10, 11, 14, 15, 16, 17, 20, 21, 22, 23].map((at) => greys[at] ?? 0);
    for (const [at, value] of found.entries())
      expect(Math.abs(value - (wanted[at] ?? 0)), `pixel ${at}`).toBeLessThanOrEqual(1);
  }
});

test("a frame that is closed cannot be read", async () => {
  const frame = frameOf(filled(36, 128), { format: "I420" });
  frame.close();
  await expect(readRgba(frame, all, new Uint8ClampedArray(96))).rejects.toThrow("closed");
});

test("a worker reads while the window is busy", async () => {
  const worker = new Worker(new URL("reading-worker.ts", import.meta.url), { type: "module" });
  expect(await isDoneWhileWindowIsBusy(worker)).toBe(true);
});
