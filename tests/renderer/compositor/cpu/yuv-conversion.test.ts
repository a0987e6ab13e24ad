import fc from "fast-check";
import { expect, test } from "vitest";
import { yuvOf } from "../../../../renderer/compositor/cpu/bt601.ts";
import { yuvConversion } from "../../../../renderer/compositor/cpu/yuv-conversion.ts";
import { convert } from "./plain-kernels.ts";

const weights = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722] } as const;

/** A colour as a camera of this matrix and range gives it. */
const given = (rgb: readonly number[], matrix: keyof typeof weights, fullRange: boolean) => {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => part / 255);
  const [r, b] = weights[matrix];
  const luma = r * red + (1 - r - b) * green + b * blue;
  const cb = (blue - luma) / (2 * (1 - b));
  const cr = (red - luma) / (2 * (1 - r));
  const [black, lumaSpan, chromaSpan] = fullRange ? [0, 255, 255] : [16, 219, 224];
  const byte = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  return {
    y: byte(black + lumaSpan * luma),
    u: byte(128 + chromaSpan * cb),
    v: byte(128 + chromaSpan * cr),
  };
};

test("a colour is the same colour after it, from every matrix and range", () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.constantFrom("bt601" as const, "bt709" as const),
      fc.boolean(),
      (rgb, matrix, fullRange) => {
        const source = given(rgb, matrix, fullRange);
        const conversion = yuvConversion(matrix, fullRange);
        const planes = { y: [[source.y]], u: [[source.u]], v: [[source.v]] };
        const { y, u, v } = conversion ? convert(planes, conversion) : planes;
        const expected = yuvOf(...rgb);
        expect(Math.abs((y[0]?.[0] ?? 0) - expected.y)).toBeLessThanOrEqual(2);
        expect(Math.abs((u[0]?.[0] ?? 0) - expected.u)).toBeLessThanOrEqual(2);
        expect(Math.abs((v[0]?.[0] ?? 0) - expected.v)).toBeLessThanOrEqual(2);
      },
    ),
  );
});

test("what is BT.601 of limited range already is left alone", () => {
  expect(yuvConversion("bt601", false)).toBeNull();
});
