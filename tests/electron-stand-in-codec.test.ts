import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCodec } from "./electron-stand-in/codec.ts";

const { encode, decode } = makeCodec();

/** As over the wire: JSON text, and parts beside it. */
function carry(value: unknown): unknown {
  const parts: Uint8Array[] = [];
  const json = JSON.stringify(encode(value, parts));
  return decode(JSON.parse(json), parts);
}

describe("the stand-in's codec", () => {
  it("carries what structured clone carries", () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: false,
      stringUnit: "binary",
      maxDepth: 4,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(carry(value)).toEqual(structuredClone(value));
      }),
    );
  });

  it("carries objects that look like its own tags", () => {
    const values = fc.dictionary(fc.constantFrom("$", "v", "at", "t", "__proto__"), fc.jsonValue());
    fc.assert(
      fc.property(values, (value) => {
        expect(carry(value)).toEqual(structuredClone(value));
      }),
    );
  });

  it("carries errors, buffers and parts of buffers", () => {
    const error = carry(new RangeError("far", { cause: { code: 5 } }));
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ message: "far", cause: { code: 5 } });
    const bytes = new Uint8Array([1, 2, 3, 4, 5, 6]);
    expect(carry(bytes.buffer)).toEqual(bytes.buffer);
    expect(carry(new Uint16Array(bytes.buffer, 2, 2))).toEqual(
      new Uint16Array(bytes.buffer, 2, 2).slice(),
    );
    expect(carry([/a+/giu, new DataView(bytes.buffer)])).toEqual([
      /a+/giu,
      new DataView(bytes.buffer),
    ]);
  });

  it("copies bytes when they are given to it", () => {
    const bytes = new Uint8Array([1]);
    const parts: Uint8Array[] = [];
    const json = encode(bytes, parts);
    bytes[0] = 2;
    expect(decode(json, parts)).toEqual(new Uint8Array([1]));
  });

  it("refuses functions, symbols, promises and circles", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    for (const value of [() => 1, Symbol("s"), Promise.resolve(), circle, [new WeakMap()]]) {
      expect(() => carry(value)).toThrow("An object could not be cloned.");
    }
  });
});
