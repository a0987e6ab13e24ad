import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { limits } from "../../../../renderer/gifts/players/limits.ts";
import { demuxMp4 } from "../../../../renderer/gifts/players/video/demux-mp4.ts";
import { scaled, turned } from "../../../../renderer/gifts/players/video/mask.ts";
import { planOfLayout, readVapc } from "../../../../renderer/gifts/players/video/video-layout.ts";

// The MP4 parser logs what it finds broken.
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterAll(() => void vi.restoreAllMocks());

const read = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../fixtures/gifts", name)));

const valueOf = <T>(
  result: { ok: true; value: T } | { ok: false; error: { detail?: string | undefined } },
): T => {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
};

describe("an MP4", () => {
  test("is taken apart into pictures by their times, though they are decoded in another order", () => {
    const video = valueOf(demuxMp4(read("alpha-left.mp4")));
    expect(video).toMatchObject({ width: 192, height: 64, hasSound: false, vapc: undefined });
    expect(video.codec).toMatch(/^avc1\./);
    expect(video.timesUs).toEqual([0, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000]);
    const times = video.samples.map(({ timeUs }) => timeUs);
    expect(times.toSorted((a, b) => a - b)).toEqual(video.timesUs.slice(0, -1));
    expect(times).not.toEqual(video.timesUs.slice(0, -1));
    expect(video.samples[0]?.isKey).toBe(true);
  });

  test("says that it has sound, and what VAP's box holds", () => {
    expect(valueOf(demuxMp4(read("alpha-left-with-sound.mp4"))).hasSound).toBe(true);
    const { vapc, width, height } = valueOf(demuxMp4(read("vap.mp4")));
    const plan = valueOf(readVapc(vapc!, width, height));
    expect(plan).toMatchObject({ width: 96, height: 64, alpha: { x: 100, width: 48 } });
    expect(plan.places.get(0)).toBeUndefined();
    expect(plan.places.get(3)).toMatchObject([
      { slot: { kind: "picture", covers: true }, rect: { x: 70, y: 4, width: 20, height: 20 } },
      { slot: { kind: "text", colour: "#00ffff", isBold: true }, mask: { x: 122 } },
    ]);
  });

  const at = (bytes: Uint8Array, type: string): number =>
    Buffer.from(bytes).indexOf(Buffer.from(type, "latin1"));

  test("that promises four thousand million pictures is refused at once", () => {
    const bytes = read("alpha-left.mp4");
    const view = new DataView(bytes.buffer);
    view.setUint32(at(bytes, "stsz") + 8, 100);
    view.setUint32(at(bytes, "stsz") + 12, 0xffff_ffff);
    expect(demuxMp4(bytes)).toMatchObject({ ok: false, error: { code: "alert.file_too_large" } });
  });

  test("in another codec is of no known format", () => {
    const bytes = read("alpha-left.mp4");
    bytes.set(new TextEncoder().encode("hvc1"), at(bytes, "avc1\0\0"));
    bytes.set(new TextEncoder().encode("hvcX"), at(bytes, "avcC"));
    expect(demuxMp4(bytes).ok).toBe(false);
  });

  test("gives a result, whatever its bytes are", () => {
    const files = ["alpha-left.mp4", "vap.mp4", "alpha-left-with-sound.mp4"].map(read);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (file, changes, keep) => {
          const bytes = file.slice();
          // Mostly in the tables, which lie at the beginning.
          for (const [place, value] of changes)
            bytes[place % Math.min(1_400, bytes.length)] = value;
          const result = demuxMp4(bytes.slice(0, Math.ceil(bytes.length * (0.3 + keep))));
          if (!result.ok) return;
          expect(result.value.samples.length).toBeLessThanOrEqual(limits.frames);
          expect(result.value.samples.length).toBe(result.value.timesUs.length - 1);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

describe("VAP's box", () => {
  const vapc = (changes: object, rest: object = {}): Uint8Array =>
    new TextEncoder().encode(
      JSON.stringify({
        info: {
          v: 2,
          f: 10,
          w: 100,
          h: 80,
          videoW: 160,
          videoH: 96,
          aFrame: [104, 0, 50, 40],
          rgbFrame: [0, 0, 100, 80],
          ...changes,
        },
        ...rest,
      }),
    );

  test("is read with what it leaves out", () => {
    expect(readVapc(vapc({}), 160, 96)).toMatchObject({ ok: true, value: { width: 100 } });
  });

  test.each([
    ["alert.file_broken", { aFrame: [120, 0, 50, 40] }],
    ["alert.file_broken", { rgbFrame: [0, 0, 100, 8_000] }],
    ["alert.file_broken", { v: 3 }],
    ["alert.file_broken", { rgbFrame: [0, 0, -4, 80] }],
  ])("is refused with %s for %j", (code, changes) => {
    expect(readVapc(vapc(changes), 160, 96)).toMatchObject({ ok: false, error: { code } });
  });

  test("is refused where slots cover the picture over and over", () => {
    const place = { srcId: "1", z: 0, frame: [0, 0, 100, 80], mFrame: [0, 0, 8, 8], mt: 0 };
    const src = [{ srcId: "1", srcType: "img", srcTag: "a" }];
    const frames = (count: number) => ({
      src,
      frame: [{ i: 0, obj: Array.from({ length: count }, () => place) }],
    });
    expect(readVapc(vapc({}, frames(2)), 160, 96).ok).toBe(true);
    expect(readVapc(vapc({}, frames(3)), 160, 96)).toMatchObject({
      ok: false,
      error: { code: "alert.file_too_large" },
    });
  });

  test("is refused where a slot is longer than any picture", () => {
    const place = { srcId: "1", z: 0, frame: [0, 0, 4_000, 1], mFrame: [0, 0, 8, 8], mt: 0 };
    const rest = {
      src: [{ srcId: "1", srcType: "img", srcTag: "a" }],
      frame: [{ i: 0, obj: [place] }],
    };
    const info = {
      w: 1,
      h: 4_096,
      rgbFrame: [0, 0, 2_048, 2_048],
      aFrame: [2_048, 0, 2_048, 2_048],
    };
    expect(readVapc(vapc(info, rest), 4_096, 2_048)).toMatchObject({
      ok: false,
      error: { code: "alert.file_too_large", detail: "vapc: a slot of 8192000 x 1 pixels" },
    });
  });

  test("leaves slots that are meant for the anchor empty", () => {
    const place = { srcId: 1, z: 0, frame: [0, 0, 10, 10], mFrame: [0, 0, 8, 8], mt: 0 };
    const src = [{ srcId: 1, srcType: "txt", srcTag: "[textAnchor]" }];
    const plan = valueOf(readVapc(vapc({}, { src, frame: [{ i: 0, obj: [place] }] }), 160, 96));
    expect(plan.places.get(0)).toEqual([]);
  });

  test("gives a result, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => new TextEncoder().encode(json)),
        ),
        (body) => {
          expect(readVapc(body, 160, 96).ok).toBe(false);
        },
      ),
    );
  });
});

test("a plain layout halves the picture", () => {
  expect(planOfLayout("alphaRight", 200, 100)).toMatchObject({
    value: { width: 100, height: 100, colours: { x: 0 }, alpha: { x: 100 } },
  });
  expect(planOfLayout("alphaTop", 200, 100)).toMatchObject({
    value: { width: 200, height: 50, colours: { y: 50 }, alpha: { y: 0 } },
  });
  expect(planOfLayout("opaque", 4_000, 100)).toMatchObject({
    error: { code: "alert.file_too_large" },
  });
});

describe("a mask", () => {
  const mask = fc
    .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain((size) =>
      fc
        .uint8Array({ minLength: size.width * size.height, maxLength: size.width * size.height })
        .map((data) => ({ ...size, data })),
    );

  test("turned four times is itself, and once has its left column on top", () => {
    expect([...turned({ width: 2, height: 2, data: Uint8Array.from([1, 2, 3, 4]) }).data]).toEqual([
      3, 1, 4, 2,
    ]);
    fc.assert(
      fc.property(mask, (each) => {
        expect(turned(turned(turned(turned(each))))).toEqual(each);
      }),
    );
  });

  test("scaled stays within its least and most, and is itself at its own size", () => {
    fc.assert(
      fc.property(
        mask,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (each, width, height) => {
          const { data } = scaled(each, width, height);
          expect(data.length).toBe(width * height);
          expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...each.data));
          expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...each.data));
          expect(scaled(each, each.width, each.height)).toBe(each);
        },
      ),
    );
    expect([
      ...scaled({ width: 2, height: 1, data: Uint8Array.from([0, 200]) }, 4, 1).data,
    ]).toEqual([0, 50, 150, 200]);
  });
});
