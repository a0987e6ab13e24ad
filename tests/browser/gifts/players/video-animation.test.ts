import { expect, test } from "vitest";
import type { AlertSender } from "../../../../renderer/gifts/players/player.ts";
import {
  expectPixel,
  failureOf,
  fixture,
  frameColours,
  open,
  pictureAt,
  pixelOf,
} from "./fixture.ts";

const times = [550, 50, 350, 150, 450, 250, 0, 599];

test.each([
  ["alpha-left.mp4", {}],
  ["alpha-bottom.mp4", { videoLayout: "alphaBottom" }],
  ["vap.mp4", {}],
] as const)(
  "%s shows colours with their alpha at any time, in any order",
  async (name, options) => {
    const animation = await open(name, options);
    expect(animation).toMatchObject({ width: 96, height: 64, durationMs: 600, passMs: 600 });
    for (const tMs of times) {
      const picture = await pictureAt(animation, tMs);
      const [r, g, b] = frameColours[Math.floor(tMs / 100)]!;
      expectPixel(picture, [10, 30], [r, g, b, 255], 6);
      expectPixel(picture, [48, 30], [r, g, b, 128], 6);
      expectPixel(picture, [90, 60], [r, g, b, 0], 3);
    }
    animation.close();
  },
);

test("pictures are equal, byte by byte, in any order", async () => {
  const forwards = await open("alpha-left.mp4");
  const backwards = await open("alpha-left.mp4");
  const one = [];
  for (const tMs of [0, 100, 200, 300, 400, 500]) one.push(await pictureAt(forwards, tMs));
  const other = [];
  for (const tMs of [500, 400, 300, 200, 100, 0]) other.push(await pictureAt(backwards, tMs));
  expect(other.toReversed()).toEqual(one);
  forwards.close();
  backwards.close();
});

test("an opaque video has no alpha", async () => {
  const animation = await open("alpha-left.mp4", { videoLayout: "opaque" });
  expect(animation).toMatchObject({ width: 192, height: 64 });
  expectPixel(await pictureAt(animation, 0), [10, 30], [255, 255, 255, 255], 4);
  animation.close();
});

const avatarOf = async (colour: string): Promise<ImageBitmap> => {
  const canvas = new OffscreenCanvas(64, 32);
  const context = canvas.getContext("2d")!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 64, 32);
  return createImageBitmap(canvas);
};
const sender = (changes: Partial<AlertSender> = {}): AlertSender => ({
  id: "viewer-1",
  name: "MMMM",
  avatar: null,
  ...changes,
});

/** Pixels of the text slot that are nearer to cyan than to what lies below. */
const cyanPixels = (picture: Parameters<typeof pixelOf>[0]): number => {
  let count = 0;
  for (let y = 40; y < 60; y += 1)
    for (let x = 2; x < 62; x += 1) {
      const [r = 255, g = 0, b = 0, a = 0] = pixelOf(picture, x, y);
      if (r < 60 && g > 200 && b > 200 && a > 60) count += 1;
    }
  return count;
};

test("VAP's slots show the sender's name and picture, in their frames only", async () => {
  const animation = await open("vap.mp4");
  const avatar = await avatarOf("#00ff00");
  const withSender = await pictureAt(animation, 250, sender({ avatar }));
  expectPixel(withSender, [80, 14], [0, 255, 0, 255], 6);
  expect(cyanPixels(withSender)).toBeGreaterThan(40);
  expect(animation.frameAt(250, sender({ avatar }))).toBe(withSender);
  // The first frame has no slots, and nobody's picture stays as it was.
  expect(await pictureAt(animation, 0, sender({ avatar }))).toBe(await pictureAt(animation, 0));
  const withNobody = await pictureAt(animation, 250);
  expectPixel(withNobody, [80, 14], [...frameColours[2], 0], 6);
  expect(cyanPixels(withNobody)).toBe(0);
  expect(withNobody.id).not.toBe(withSender.id);
  avatar.close();
  animation.close();
});

test("a sender without a picture gets a neutral one, another sender another picture", async () => {
  const animation = await open("vap.mp4");
  const one = await pictureAt(animation, 150, sender());
  const other = await pictureAt(animation, 150, sender({ id: "viewer-2", name: "i" }));
  expect(other.id).not.toBe(one.id);
  expect(cyanPixels(other)).toBeLessThan(cyanPixels(one));
  expect(pixelOf(one, 80, 12)[3]).toBeGreaterThan(250);
  animation.close();
});

test("a video's sound is one cue with the file itself, which the window can decode", async () => {
  const animation = await open("alpha-left-with-sound.mp4");
  expect(animation.cues).toMatchObject([{ atMs: 0, offsetMs: 0 }]);
  const [cue] = animation.cues;
  const sound = await new OfflineAudioContext(2, 1, 48_000).decodeAudioData(
    cue!.sound.slice().buffer,
  );
  expect(sound.duration).toBeGreaterThan(0.5);
  expect((await open("alpha-left.mp4")).cues).toEqual([]);
  animation.close();
});

test("plays a file of Tencent's VAP tools, with its slots and its sound", async () => {
  const animation = await open("foreign/vap-demo.mp4");
  expect(animation).toMatchObject({ width: 1504, height: 672, durationMs: 10_000 });
  expect(animation.cues.length).toBe(1);
  for (const tMs of [3_000, 9_900, 500]) {
    const picture = await pictureAt(animation, tMs, sender({ name: "王小明" }));
    expect(picture).toMatchObject({ width: 1504, height: 672 });
  }
  const filled = await pictureAt(animation, 3_000, sender({ name: "王小明" }));
  const bare = await pictureAt(animation, 3_000);
  expect(filled.id).not.toBe(bare.id);
  animation.close();
}, 60_000);

test("a file that ends early, or has no H264 picture, is refused with a reason", async () => {
  const whole = await fixture("vap.mp4");
  expect(await failureOf(whole.slice(0, 1_200), "cut", 0)).toMatchObject({
    code: "alert.file_broken",
  });
  expect(await failureOf(whole.slice(0, 40), "cut", 0)).toMatchObject({
    code: "alert.file_broken",
  });
});

test("wherever a video is broken, it shows something or fails with a reason", async () => {
  for (const name of ["alpha-left.mp4", "vap.mp4"]) {
    const whole = await fixture(name);
    for (let at = 30; at < whole.length; at += Math.ceil(whole.length / 25)) {
      const broken = whole.slice();
      broken.fill(0xa5, at, at + 9);
      const failure = await failureOf(broken, name, 550);
      expect(failure?.code ?? "alert.").toMatch(/^alert\./);
    }
  }
});
