import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { icnsOf, icnsSidesPx, icoOf } from "../../scripts/icon-files.mjs";

const icons = join(import.meta.dirname, "../../resources/icons");
const pngSignature = "89504e470d0a1a0a";

/** Entries of a Windows icon. */
const readIco = (file: Buffer) =>
  Array.from({ length: file.readUInt16LE(4) }, (_, i) => {
    const at = 6 + 16 * i;
    const offset = file.readUInt32LE(at + 12);
    const data = file.subarray(offset, offset + file.readUInt32LE(at + 8));
    return { sidePx: file.readUInt8(at) || 256, data };
  });

/** Chunks of a macOS icon. */
const readIcns = (file: Buffer) => {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    chunks.push({
      type: file.toString("latin1", at, at + 4),
      data: file.subarray(at + 8, at + file.readUInt32BE(at + 4)),
    });
  return chunks;
};

const png = (sidePx: number) => Buffer.from(`PNG of ${sidePx}`);
const picture = (sidePx: number) => ({
  sidePx,
  png: png(sidePx),
  rgba: Uint8Array.from({ length: sidePx * sidePx * 4 }, (_, i) => i % 256),
});

describe("a Windows icon", () => {
  it("has bitmaps for small sizes, upside down and blue first, and PNG for the largest", () => {
    const [small, large] = readIco(icoOf([picture(2), picture(256)]));
    expect(small?.sidePx).toBe(2);
    expect(small?.data.readUInt32LE(0)).toBe(40);
    expect(small?.data.readInt32LE(8)).toBe(4);
    expect([...small!.data.subarray(40, 56)]).toEqual([
      10, 9, 8, 11, 14, 13, 12, 15, 2, 1, 0, 3, 6, 5, 4, 7,
    ]);
    // Two rows of a mask, each filled up to four bytes.
    expect(small?.data).toHaveLength(40 + 16 + 8);
    expect(large).toEqual({ sidePx: 256, data: png(256) });
  });
});

describe("a macOS icon", () => {
  it("has each size once", () => {
    const file = icnsOf(icnsSidesPx.map((sidePx) => picture(sidePx)));
    expect(file.toString("latin1", 0, 4)).toBe("icns");
    expect(file.readUInt32BE(4)).toBe(file.length);
    const chunks = readIcns(file);
    expect(chunks.map(({ data }) => data.toString())).toEqual(
      icnsSidesPx.map((sidePx) => png(sidePx).toString()),
    );
  });

  it("is not made where a size is lacking", () => {
    expect(() => icnsOf([picture(32)])).toThrow("no picture of 64 pixels");
  });
});

describe("the app's icons", () => {
  it("have the sizes that they say", () => {
    const sideOf = (file: Buffer): number => file.readUInt32BE(16);
    const mac = readIcns(readFileSync(join(icons, "icon.icns")));
    expect(mac.map(({ data }) => sideOf(data))).toEqual(icnsSidesPx);
    for (const { data } of mac) expect(data.toString("hex", 0, 8)).toBe(pngSignature);
    for (const { sidePx, data } of readIco(readFileSync(join(icons, "icon.ico"))))
      expect(sidePx === 256 ? sideOf(data) : data.readInt32LE(4)).toBe(sidePx);
    for (const sidePx of [16, 24, 32, 48, 64, 128, 256, 512])
      expect(sideOf(readFileSync(join(icons, `linux/${sidePx}x${sidePx}.png`)))).toBe(sidePx);
  });
});
