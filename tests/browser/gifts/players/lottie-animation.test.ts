import { expect, test } from "vitest";
import type { Picture } from "../../../../renderer/compositor/picture.ts";
import { expectPixel, failureOf, fixture, open, pictureAt, pixelOf } from "./fixture.ts";

test.each(["walk.json", "walk.lottie"])("%s is drawn at any time, in any order", async (name) => {
  const animation = await open(name);
  expect(animation).toMatchObject({ width: 120, height: 100, durationMs: 1_000, cues: [] });
  for (const frame of [15, 0, 8, 19, 4]) {
    const picture = await pictureAt(animation, frame * 50);
    const x = 10 + 5 * frame;
    expectPixel(picture, [x, 20], [219, 41, 41, 255], 3);
    expectPixel(picture, [x < 60 ? x + 12 : x - 12, 20], [0, 0, 0, 0], 0);
    expectPixel(picture, [30, 70], [0, 0, 255, 255], 2);
    expectPixel(picture, [75, 60], [40, 200, 40, 255], 3);
  }
  animation.close();
});

test("half transparent colours are straight", async () => {
  const json = JSON.parse(new TextDecoder().decode(await fixture("walk.json"))) as {
    layers: { ks: { o: unknown } }[];
  };
  json.layers[2]!.ks.o = { a: 0, k: 50 };
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  const animation = await open("half", {}, bytes);
  const picture = await pictureAt(animation, 0);
  expect(pixelOf(picture, 30, 70).map((value) => Math.round(value / 4))).toEqual([0, 0, 64, 32]);
  animation.close();
});

test.each([
  ["foreign/lottie-starfish.json", 800, 600],
  ["foreign/lottie-adrock.json", 690, 913],
  ["foreign/lottie-dalek.json", 1_920, 1_080],
  ["foreign/made-with-dotlottie-js.lottie", 800, 600],
])(
  "plays %s, equal byte by byte in any order",
  async (name, width, height) => {
    const times = [0, 300, 2_500];
    const shownBy = async (order: readonly number[]): Promise<readonly (Picture | undefined)[]> => {
      const animation = await open(name);
      expect(animation).toMatchObject({ width, height });
      const pictures = new Map<number, Picture>();
      for (const tMs of order) pictures.set(tMs, await pictureAt(animation, tMs));
      animation.close();
      return times.map((tMs) => pictures.get(tMs));
    };
    const forwards = await shownBy(times);
    const backwards = await shownBy(times.toReversed());
    for (const [at, picture] of forwards.entries()) {
      expect(sameBytes(picture, backwards[at])).toBe(true);
      expect(opaquePixels(picture)).toBeGreaterThan(100);
    }
    expect(sameBytes(forwards[0], forwards[2])).toBe(false);
  },
  60_000,
);

const bytesOf = (picture: Picture | undefined): Uint8ClampedArray => {
  if (!picture || picture.pixels instanceof VideoFrame) throw new Error("no pixels");
  return picture.pixels.data;
};
const sameBytes = (one: Picture | undefined, other: Picture | undefined): boolean => {
  const bytes = bytesOf(other);
  return bytesOf(one).every((value, at) => value === bytes[at]);
};
const opaquePixels = (picture: Picture | undefined): number => {
  const bytes = bytesOf(picture);
  let count = 0;
  for (let at = 3; at < bytes.length; at += 4) if ((bytes[at] ?? 0) > 200) count += 1;
  return count;
};

test("nothing is fetched but our own files", async () => {
  performance.clearResourceTimings();
  (await open("walk.lottie")).close();
  const urls = performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin);
  expect(urls.length).toBeGreaterThan(0);
  expect(new Set(urls)).toEqual(new Set([location.origin]));
});

test("a missing picture is named, and what is no animation is refused", async () => {
  const json = new TextDecoder().decode(await fixture("walk.json"));
  const external = json.replace(/data:image\/png;base64,[^"]+/, "https://example.com/leaf.png");
  const refusals = [
    [external, "alert.file_broken", "the picture https://example.com/leaf.png is missing"],
    [json.slice(0, -40), "alert.file_broken", "JSON"],
    ["{}", "alert.file_broken", "no Lottie"],
    [json.replace('"w":120', '"w":10000'), "alert.file_broken", "no Lottie"],
    [json.replace('"op":20,"w"', '"op":1e9,"w"'), "alert.file_too_large", "frames"],
  ] as const;
  for (const [text, code, detail] of refusals) {
    const failure = await failureOf(new TextEncoder().encode(text), "refused", 0);
    expect(failure).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
  }
});

test("wherever an archive is broken, it shows something or fails with a reason", async () => {
  const whole = await fixture("walk.lottie");
  for (let at = 4; at < whole.length; at += Math.ceil(whole.length / 30)) {
    const broken = whole.slice();
    broken.fill(0xa5, at, at + 5);
    const failure = await failureOf(broken, "broken", 500);
    expect(failure?.code ?? "alert.").toMatch(/^alert\./);
  }
  expect(await failureOf(whole.slice(0, 600), "cut", 0)).toMatchObject({
    code: "alert.file_broken",
  });
});
