import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeStamp,
  drawStamp,
  encodeStamp,
  readStamp,
  stampAgeMs,
  stampPeriodMs,
  stampStrip,
} from "../../../renderer/compositor/frame-stamp.ts";

const epochMs = fc.integer({ min: 0, max: 4_000_000_000_000 });

/** Draws into plain pixels, blurred by `noise` in each. */
const paint = (ms: number, noise: (index: number) => number = () => 0): Uint8ClampedArray => {
  const rgba = new Uint8ClampedArray(stampStrip.widthPx * stampStrip.heightPx * 4);
  drawStamp(ms, (x, y, width, height, colour) => {
    const level = Number.parseInt(colour.slice(1, 3), 16);
    for (let row = y; row < y + height; row += 1)
      for (let column = x; column < x + width; column += 1) {
        const at = (row * stampStrip.widthPx + column) * 4;
        rgba.fill(level, at, at + 4);
      }
  });
  return rgba.map((value, index) => value + noise(index));
};

test("what is decoded is the low 24 bits of what was encoded", () => {
  fc.assert(
    fc.property(epochMs, (ms) => {
      expect(decodeStamp(encodeStamp(ms))).toBe(ms % stampPeriodMs);
    }),
  );
});

test("one wrong cell is never read as a time", () => {
  fc.assert(
    fc.property(epochMs, fc.integer({ min: 0, max: stampStrip.cells - 1 }), (ms, wrong) => {
      const cells = encodeStamp(ms).map((cell, index) => (index === wrong ? !cell : cell));
      expect(decodeStamp(cells)).toBeUndefined();
    }),
  );
});

test("a drawn strip is read back, also with the noise of an encoder", () => {
  fc.assert(
    fc.property(epochMs, fc.integer({ min: 0, max: 60 }), (ms, amount) => {
      const strip = paint(ms, (index) => ((index * 7_919) % 2 ? amount : -amount));
      expect(readStamp(strip)).toBe(ms % stampPeriodMs);
    }),
    { numRuns: 30 },
  );
});

test.each([0, 128, 255])("a strip of one grey (%i) holds no stamp", (level) => {
  expect(
    readStamp(new Uint8Array(stampStrip.widthPx * stampStrip.heightPx * 4).fill(level)),
  ).toBeUndefined();
});

test("a strip that is too short holds no stamp", () => {
  expect(readStamp(new Uint8Array(100))).toBeUndefined();
});

test("an age goes over the wrap of 24 bits", () => {
  const before = 5 * stampPeriodMs - 10;
  expect(stampAgeMs(before % stampPeriodMs, before + 30)).toBe(30);
});
