import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  lutOfPicture,
  lutOfStrip,
  type LutPixels,
  stripOf,
} from "../../../../../renderer/compositor/filters/lut/lut-picture.ts";
import {
  type LutFault,
  lutOf,
  parseCube,
  readLut,
  type Rgb,
} from "../../../../../renderer/compositor/filters/lut/parse-cube.ts";

const two = ["0 0 0", "1 0 0", "0 1 0", "1 1 0", "0 0 1", "1 0 1", "0 1 1", "1 1 1"];
const cube = (...lines: readonly string[]): string => lines.join("\n");
const read = (text: string, rgb: Rgb): readonly number[] => {
  const parsed = parseCube(text);
  if (!parsed.ok) throw new Error(parsed.fault.reason);
  return readLut(parsed.lut, rgb).map((value) => Math.round(value * 1_000) / 1_000);
};
const fault = (text: string): LutFault => {
  const parsed = parseCube(text);
  if (parsed.ok) throw new Error("it was read");
  return parsed.fault;
};

describe(".cube files", () => {
  test("have red running fastest, and are linear between their steps", () => {
    const text = cube('TITLE "a"', "# said", "", "LUT_3D_SIZE 2", ...two);
    expect(read(text, [0.25, 0.5, 1])).toEqual([0.25, 0.5, 1]);
    const swapped = cube(
      "LUT_3D_SIZE 2",
      ...two.map((line) => line.split(" ").toReversed().join(" ")),
    );
    expect(read(swapped, [0.25, 0.5, 1])).toEqual([1, 0.5, 0.25]);
  });

  test("may have any ends of lines, a byte order mark, and exponents", () => {
    const text = `\uFEFFLUT_3D_SIZE 2\r\n${two.join("\r\n").replaceAll("1", "1.0e0")}\r\n`;
    expect(read(text, [0.5, 0.25, 0.75])).toEqual([0.5, 0.25, 0.75]);
  });

  test("may be over another domain than 0 to 1", () => {
    const domain = ["DOMAIN_MIN 0 0 0", "DOMAIN_MAX 2 2 2"];
    expect(read(cube("LUT_3D_SIZE 2", ...domain, ...two), [1, 0.5, 0])).toEqual([0.5, 0.25, 0]);
    const curve = ["0 0 0", "0.25 0.5 1", "1 1 1"];
    const wide = ["LUT_1D_SIZE 3", "DOMAIN_MIN -1 -1 -1", "DOMAIN_MAX 1 1 1"];
    expect(read(cube(...wide, ...curve), [0, 0, 0])).toEqual([0.25, 0.5, 1]);
  });

  test("may be curves, one for each channel", () => {
    const text = cube("LUT_1D_SIZE 2", "0 1 0.5", "1 0 0.5");
    expect(read(text, [0.25, 0.25, 0.25])).toEqual([0.25, 0.75, 0.5]);
  });

  test("say which line is wrong", () => {
    expect(fault(cube("LUT_3D_SIZE 2", "0 0 0", "", "0 0"))).toEqual({ reason: "line", line: 4 });
    expect(fault(cube("LUT_3D_SIZE 2", "0 0 zero"))).toEqual({ reason: "line", line: 2 });
    expect(fault(cube("# a", "0 0 0"))).toEqual({ reason: "noSize", line: 2 });
    expect(fault("")).toEqual({ reason: "noSize", line: 1 });
    expect(fault(cube("# a", "LUT_3D_SIZE 65"))).toEqual({ reason: "size", line: 2 });
    expect(fault("LUT_3D_SIZE 1")).toEqual({ reason: "size", line: 1 });
    expect(fault("LUT_3D_SIZE many")).toEqual({ reason: "size", line: 1 });
    expect(fault(cube("LUT_3D_SIZE 2", "DOMAIN_MAX 0 0 0", ...two))).toEqual({
      reason: "domain",
      line: 2,
    });
    expect(fault(cube("LUT_3D_SIZE 2", ...two.slice(1)))).toEqual({
      reason: "tooFewColours",
      found: 7,
      wanted: 8,
    });
    expect(fault(cube("LUT_3D_SIZE 2", ...two, "1 1 1"))).toEqual({
      reason: "tooManyColours",
      line: 10,
      wanted: 8,
    });
  });

  test("are never read from what is none", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(parseCube(text).ok).toBe(false);
      }),
    );
  });
});

describe("pictures of LUTs", () => {
  /** Bent, so that channels and steps cannot be taken for each other. */
  const bent = (size: number) =>
    lutOf(size, ([red, green, blue]) => [red ** 0.7, green * 0.9, 0.1 + 0.8 * blue]);
  const farthest = (a: Float32Array, b: Float32Array): number =>
    a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 9))), 0);

  test("a kept strip is the LUT again", () => {
    for (const size of [2, 3, 17, 33]) {
      const again = lutOfStrip(stripOf(bent(size)));
      expect(again?.size).toBe(size);
      expect(farthest(bent(size).values, again?.values ?? new Float32Array())).toBeLessThan(0.003);
    }
  });

  const pictureOf = (
    size: number,
    side: number,
    place: (red: number, green: number, blue: number) => number,
  ): LutPixels => {
    const data = new Uint8ClampedArray(side * side * 4);
    const { values } = bent(size);
    for (let at = 0; at < size ** 3; at += 1) {
      const pixel = place(at % size, Math.floor(at / size) % size, Math.floor(at / size ** 2));
      for (const part of [0, 1, 2]) data[4 * pixel + part] = (values[3 * at + part] ?? 0) * 255;
    }
    return { width: side, height: side, data };
  };

  test("512 x 512 may be tiles or one row after the other", () => {
    const tiles = pictureOf(
      64,
      512,
      (r, g, b) => (Math.floor(b / 8) * 64 + g) * 512 + (b % 8) * 64 + r,
    );
    const rows = pictureOf(64, 512, (r, g, b) => (b * 64 + g) * 64 + r);
    for (const picture of [tiles, rows]) {
      const parsed = lutOfPicture(picture);
      if (!parsed.ok) throw new Error(parsed.fault.reason);
      expect(farthest(bent(64).values, parsed.lut.values)).toBeLessThan(0.005);
    }
  });

  test("others are refused", () => {
    for (const [width, height] of [
      [512, 511],
      [100, 100],
      [1, 1],
      [4_096, 4_096],
    ] as const)
      expect(
        lutOfPicture({ width, height, data: new Uint8ClampedArray(width * height * 4) }),
      ).toEqual({ ok: false, fault: { reason: "pictureSize" } });
  });
});
