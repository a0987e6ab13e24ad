import fc from "fast-check";
import { expect, test } from "vitest";
import { yuvOf } from "../../../../renderer/compositor/cpu/bt601.ts";
import {
  modelFor,
  modelInput,
  modelSizes,
  type PicturePixels,
} from "../../../../renderer/compositor/segmenter/model-input.ts";

const size = { width: 16, height: 9 };
const colourAt = (x: number, y: number, width: number, height: number) =>
  [(255 * x) / width, (255 * y) / height, 255 * (x < width / 2 ? 0.2 : 0.8)].map(Math.round);

const rgba = (width: number, height: number): PicturePixels => {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data.set([...colourAt(x, y, width, height), 255], 4 * (y * width + x));
  return { format: "RGBA", width, height, data, layout: [{ offset: 0, stride: width * 4 }] };
};

/** With room behind each row, and before the first. */
const yuv = (format: "I420" | "NV12", width: number, height: number): PicturePixels => {
  const [stride, half] = [width + 5, Math.ceil(width / 2)];
  const chromaStride = (format === "NV12" ? 2 * half : half) + 3;
  const rows = Math.ceil(height / 2);
  const first = 7;
  const second = first + stride * height;
  const third = second + chromaStride * rows;
  const data = new Uint8Array(third + chromaStride * rows);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0] = colourAt(x, y, width, height);
      const { y: luma, u, v } = yuvOf(red, green, blue);
      data[first + y * stride + x] = luma;
      const at = (y >> 1) * chromaStride + (x >> 1) * (format === "NV12" ? 2 : 1);
      data[second + at] = u;
      if (format === "NV12") data[second + at + 1] = v;
      else data[third + at] = v;
    }
  const layout = [first, second, ...(format === "I420" ? [third] : [])].map((offset, index) => ({
    offset,
    stride: index === 0 ? stride : chromaStride,
  }));
  return { format, width, height, data, layout };
};

const sides = fc.record({
  width: fc.integer({ min: 40, max: 300 }),
  height: fc.integer({ min: 30, max: 200 }),
});

test("is the picture, smaller: each pixel near the colour of its place", () => {
  fc.assert(
    fc.property(sides, ({ width, height }) => {
      const input = modelInput(rgba(width, height), size);
      expect(input).toHaveLength(size.width * size.height * 3);
      for (let y = 0; y < size.height; y += 1)
        for (let x = 0; x < size.width; x += 1) {
          const at = 3 * (y * size.width + x);
          expect(Math.abs((input[at] ?? 9) - (x + 0.5) / size.width)).toBeLessThan(0.05);
          expect(Math.abs((input[at + 1] ?? 9) - (y + 0.5) / size.height)).toBeLessThan(0.05);
        }
    }),
    { numRuns: 30 },
  );
});

test.each(["I420", "NV12"] as const)("is the same of %s as of RGBA", (format) => {
  fc.assert(
    fc.property(sides, ({ width, height }) => {
      const wanted = modelInput(rgba(width, height), size);
      const found = modelInput(yuv(format, width, height), size);
      const apart = found.map((value, at) => Math.abs(value - (wanted[at] ?? 9)));
      // Colours are those of four pixels, so at the line between two of them they are in between.
      const far = apart.filter((value) => value > 0.08).length / apart.length;
      expect(far).toBeLessThan(0.08);
    }),
    { numRuns: 30 },
  );
});

test("wide pictures go to the wide model, all others to the square one", () => {
  expect(modelFor({ width: 1280, height: 720 })).toBe("landscape");
  expect(modelFor({ width: 640, height: 480 })).toBe("landscape");
  expect(modelFor({ width: 500, height: 500 })).toBe("square");
  expect(modelFor({ width: 720, height: 1280 })).toBe("square");
  expect(modelSizes.landscape).toEqual({ width: 256, height: 144 });
});
