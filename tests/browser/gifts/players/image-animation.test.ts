import { expect, test } from "vitest";
import type { Picture } from "../../../../renderer/compositor/picture.ts";
import { limits } from "../../../../renderer/gifts/players/limits.ts";
import { openPlayer } from "../../../../renderer/gifts/players/open-player.ts";
import {
  expectPixel,
  failureOf,
  fixture,
  frameColours,
  open,
  pictureAt,
  pixelOf,
} from "./fixture.ts";

const times = [550, 50, 350, 150, 450, 250, 99, 100];

test.each([
  ["six.webp", limits.longestMs, 2],
  ["six.apng", 1_200, 0],
  ["six.avif", limits.longestMs, 6],
])("%s shows each frame at its time, in any order", async (name, durationMs, tolerance) => {
  const animation = await open(name);
  expect(animation).toMatchObject({ width: 96, height: 64, durationMs, cues: [] });
  expect(animation.passMs).toBeCloseTo(600, 3);
  for (const tMs of times) {
    const picture = await pictureAt(animation, tMs);
    const [r, g, b] = frameColours[Math.floor(tMs / 100)]!;
    expectPixel(picture, [10, 30], [r, g, b, 255], tolerance);
    // Colours of what is half transparent are rounded by their alpha.
    expectPixel(picture, [48, 30], [r, g, b, 128], tolerance + 2);
    expectPixel(picture, [90, 30], [r, g, b, 0], tolerance);
  }
  animation.close();
});

test("a GIF plays as often as it says", async () => {
  const animation = await open("six.gif");
  expect(animation).toMatchObject({ width: 96, height: 64, durationMs: 600, passMs: 600 });
  for (const tMs of times) {
    const picture = await pictureAt(animation, tMs);
    const [r, g, b] = frameColours[Math.floor(tMs / 100)]!;
    expectPixel(picture, [10, 30], [r, g, b, 255], 8);
    expectPixel(picture, [90, 30], [r, g, b, 0], 0);
  }
  animation.close();
});

test("a GIF of somebody else's plays, the same in any order", async () => {
  const name = "foreign/gifuct-dog.gif";
  const one = await open(name);
  const other = await open(name);
  expect(one).toMatchObject({ width: 500, height: 362, passMs: 200, durationMs: limits.longestMs });
  const forward: Picture[] = [];
  for (const tMs of [0, 50, 100, 150]) forward.push(await pictureAt(one, tMs));
  for (const index of [2, 0, 3, 1])
    expect(await pictureAt(other, 50 * index)).toEqual(forward[index]);
  expect(new Set(forward.map(({ id }) => id)).size).toBe(4);
  const opaque = (picture: Picture) => pixelOf(picture, 250, 180)[3];
  expect(forward.map(opaque)).toEqual([255, 255, 255, 255]);
  one.close();
  other.close();
});

test("a frame keeps its id and its pixels, is another picture than its neighbours, and comes again with the next pass", async () => {
  const animation = await open("six.apng");
  const again = await open("six.apng");
  const first = await pictureAt(animation, 0);
  const second = await pictureAt(animation, 100);
  expect(animation.frameAt(199)).toBe(second);
  expect(second.id).not.toBe(first.id);
  expect(await pictureAt(animation, 700)).toBe(second);
  expect(await pictureAt(animation, 5_000)).toBe(await pictureAt(animation, 1_199));
  expect(await pictureAt(animation, -5)).toBe(first);
  await pictureAt(again, 500);
  expect(await pictureAt(again, 100)).toEqual(second);
  animation.close();
  again.close();
});

test.each(["still.png", "still.webp"])("%s is one frame without a time", async (name) => {
  const animation = await open(name);
  expect(animation).toMatchObject({ durationMs: 0, passMs: 0 });
  const picture = await pictureAt(animation, 12_345);
  expectPixel(picture, [10, 30], [220, 40, 40, 255], 1);
  expectPixel(picture, [48, 30], [220, 40, 40, 128], 2);
  animation.close();
});

test("frames are decoded ahead of their time", async () => {
  const animation = await open("six.webp");
  expect((await animation.prepare(0)).ok).toBe(true);
  await expect.poll(() => animation.frameAt(550)).toBeDefined();
  animation.close();
});

test.each(["six.webp", "six.apng", "six.gif", "six.avif"])(
  "%s is refused with a reason where its end is missing",
  async (name) => {
    const whole = await fixture(name);
    const failure = await failureOf(whole.slice(0, whole.length - 200), name, 550);
    expect(failure).toMatchObject({ code: "alert.file_broken" });
    expect(failure?.detail).toBeTruthy();
  },
);

test.each(["six.webp", "six.apng", "six.gif", "six.avif"])(
  "%s shows something or fails with a reason, wherever it is broken",
  async (name) => {
    const whole = await fixture(name);
    for (let at = 20; at < whole.length; at += Math.ceil(whole.length / 23)) {
      const broken = whole.slice();
      broken.fill(0xa5, at, at + 9);
      const failure = await failureOf(broken, name, 550);
      expect(failure?.code ?? "alert.").toMatch(/^alert\./);
    }
  },
);

test("a picture of 10,000 pixels is refused before it is decoded", async () => {
  const bytes = await fixture("still.png");
  new DataView(bytes.buffer).setUint32(16, 10_000);
  expect(await openPlayer(bytes, { id: "wide" })).toMatchObject({
    ok: false,
    error: { code: "alert.file_too_large", detail: "10000 x 64 pixels" },
  });
});

test("a closed animation answers with a failure", async () => {
  const animation = await open("six.webp");
  const waiting = animation.prepare(500);
  animation.close();
  animation.close();
  expect((await waiting).ok).toBe(false);
  expect((await animation.prepare(0)).ok).toBe(false);
  expect(animation.frameAt(0)).toBeUndefined();
});
