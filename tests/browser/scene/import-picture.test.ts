import { expect, test } from "vitest";
import { PictureId } from "../../../preload/contract/ids.ts";
import { succeed } from "../../../preload/contract/result.ts";
import type { request } from "../../../renderer/bridge.ts";
import { importPicture } from "../../../renderer/scene/import-picture.ts";

/** A main that keeps whatever it is given, and what it was given. */
const fakeMain = () => {
  const kept: unknown[] = [];
  const ask = ((name: string, input: unknown) => {
    kept.push({ name, input });
    return Promise.resolve(succeed({ pictureId: PictureId.parse("a".repeat(64)) }));
  }) as unknown as typeof request;
  return { kept, ask };
};

const crcOf = (bytes: Uint8Array): number => {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
};
const uint32 = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const chunk = (type: string, data: Uint8Array) => {
  const body = Uint8Array.from([...new TextEncoder().encode(type), ...data]);
  return [...uint32(data.length), ...body, ...uint32(crcOf(body))];
};
const deflate = async (bytes: number): Promise<Uint8Array> => {
  const packed = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
};
/** A black picture of one bit a pixel, or with rubbish where its pixels should be. */
const pngOf = async (width: number, height: number, pixels?: Uint8Array): Promise<File> => {
  const header = Uint8Array.from([...uint32(width), ...uint32(height), 1, 0, 0, 0, 0]);
  const data = pixels ?? (await deflate(height * (1 + Math.ceil(width / 8))));
  const bytes = [
    0x89,
    0x50,
    0x4e,
    0x47,
    13,
    10,
    26,
    10,
    ...chunk("IHDR", header),
    ...chunk("IDAT", data),
    ...chunk("IEND", new Uint8Array()),
  ];
  return new File([Uint8Array.from(bytes)], "picture.png", { type: "image/png" });
};

test("a picture that can be shown is kept with its size", async () => {
  const main = fakeMain();
  const answer = await importPicture(await pngOf(40, 30), main.ask);
  expect(answer).toMatchObject({ ok: true, value: { width: 40, height: 30 } });
  expect(main.kept).toHaveLength(1);
});

test.for([
  [20_000, 20_000],
  [20_000, 20],
] as const)(
  "one of %d x %d pixels is too large, says its head; nothing is kept",
  async ([width, height]) => {
    const main = fakeMain();
    expect(await importPicture(await pngOf(width, height), main.ask)).toMatchObject({
      ok: false,
      error: { code: "picture.too_large" },
    });
    expect(main.kept).toEqual([]);
  },
);

test("one whose pixels are rubbish is no picture; nothing is kept", async () => {
  const main = fakeMain();
  const rubbish = Uint8Array.from({ length: 200 }, (_, index) => (index * 37) & 255);
  const files = [
    await pngOf(40, 30, rubbish),
    new File(["not a picture"], "words.png", { type: "image/png" }),
    new File([], "nothing.png", { type: "image/png" }),
  ];
  for (const file of files)
    expect(await importPicture(file, main.ask)).toMatchObject({
      ok: false,
      error: { code: "picture.invalid" },
    });
  expect(main.kept).toEqual([]);
});
