import { describe, expect, test } from "vitest";
import { PictureId } from "../../../preload/contract/ids.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";
import { stripOf } from "../../../renderer/compositor/filters/lut/lut-picture.ts";
import { lutOf, parseCube } from "../../../renderer/compositor/filters/lut/parse-cube.ts";
import { importLut } from "../../../renderer/scene/filters/import-lut.ts";

const pictureId = PictureId.parse("a".repeat(64));

/** Keeps what it is asked to. */
const keeper = () => {
  const kept: Uint8Array<ArrayBuffer>[] = [];
  const ask = async (_name: string, input: { bytes: Uint8Array<ArrayBuffer> }) => {
    kept.push(input.bytes);
    return succeed({ pictureId });
  };
  return { kept, ask: ask as unknown as Parameters<typeof importLut>[1] };
};

const cubeText = (size: number): string => {
  const { values } = lutOf(size, ([red, green, blue]) => [red ** 0.8, green * 0.9, 1 - blue]);
  const lines = Array.from({ length: size ** 3 }, (_, at) =>
    [...values.subarray(3 * at, 3 * at + 3)].map((value) => value.toFixed(6)).join(" "),
  );
  return [`LUT_3D_SIZE ${size}`, ...lines].join("\n");
};

const pixelsOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: "none" });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!context) throw new Error("no 2d context");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
};

const pngOf = async (width: number, height: number): Promise<Blob> => {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.fillRect(0, 0, width, height);
  return canvas.convertToBlob({ type: "image/png" });
};

describe("a LUT's file", () => {
  test("is kept as a picture with exactly its colours", async () => {
    const { kept, ask } = keeper();
    const text = cubeText(9);
    expect(await importLut(new File([text], "warm.cube"), ask)).toEqual({ ok: true, pictureId });
    const parsed = parseCube(text);
    if (!parsed.ok || !kept[0]) throw new Error("nothing was kept");
    const found = await pixelsOf(kept[0]);
    expect([found.width, found.height]).toEqual([81, 9]);
    expect([...found.data]).toEqual([...stripOf(parsed.lut).data]);
  });

  test("that is wrong says where, and nothing is kept", async () => {
    const { kept, ask } = keeper();
    const answers = [
      new File(["LUT_3D_SIZE 2\n0 0 0\n0 x 0"], "wrong.cube"),
      new File([cubeText(3).split("\n").slice(0, -1).join("\n")], "short.cube"),
      new File([new Uint8Array([0, 255, 17, 9, 3])], "none.cube"),
      new File([await pngOf(100, 100)], "small.png"),
      new File([(await pngOf(512, 512)).slice(0, 400)], "broken.png"),
    ];
    const faults: unknown[] = [];
    for (const file of answers) {
      const answer = await importLut(file, ask);
      faults.push("fault" in answer ? answer.fault : answer);
    }
    expect(faults).toEqual([
      { reason: "line", line: 3 },
      { reason: "tooFewColours", found: 26, wanted: 27 },
      { reason: "line", line: 1 },
      { reason: "pictureSize" },
      { reason: "unreadable" },
    ]);
    expect(kept).toEqual([]);
  });

  test("of 20,000 pixels a side is refused by its head", async () => {
    const { ask } = keeper();
    const head = new Uint8Array(await (await pngOf(8, 8)).arrayBuffer());
    const view = new DataView(head.buffer);
    view.setUint32(16, 20_000);
    view.setUint32(20, 20_000);
    expect(await importLut(new File([head], "huge.png"), ask)).toEqual({
      ok: false,
      fault: { reason: "pictureSize" },
    });
  });

  test("that cannot be kept says why", async () => {
    const ask = (async () => fail("document.write_failed")) as unknown as Parameters<
      typeof importLut
    >[1];
    expect(await importLut(new File([cubeText(2)], "a.cube"), ask)).toEqual({
      ok: false,
      failure: { code: "document.write_failed" },
    });
  });
});
