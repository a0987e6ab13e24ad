import { PbfWriter } from "pbf";
import { expect, test } from "vitest";
import { openPlayer } from "../../../../renderer/gifts/players/open-player.ts";
import type { AlertSender } from "../../../../renderer/gifts/players/player.ts";
import { expectPixel, failureOf, fixture, open, pictureAt, pixelOf } from "./fixture.ts";

const red = [220, 40, 40] as const;

test("an SVGA moves, fades, cuts, masks and draws its sprites", async () => {
  const animation = await open("walk.svga");
  expect(animation).toMatchObject({ width: 120, height: 100, durationMs: 500, passMs: 500 });
  for (const frame of [7, 0, 4, 9]) {
    const picture = await pictureAt(animation, frame * 50);
    const alpha = Math.round(255 * (1 - frame / 20));
    expectPixel(picture, [10 * frame + 5, 9], [...red, alpha], 3);
    expectPixel(picture, [10 * frame + 12, 9], [0, 0, 0, 0], 0);
    expectPixel(picture, [5, 90], [0, 0, 255, 255], 0);
    // The leaf through its hole, and beside it.
    expectPixel(picture, [30, 50], [40, 200, 40, 255], 3);
    expectPixel(picture, [14, 34], [0, 0, 0, 0], 0);
    expectPixel(picture, [64, 50], [...red, 255], 3);
    expectPixel(picture, [76, 50], [0, 0, 0, 0], 0);
    expectPixel(picture, [100, 30], [255, 255, 0, 255], 0);
    expectPixel(picture, [92, 60], [255, 255, 255, 255], 0);
    expectPixel(picture, [96, 60], [0, 0, 0, 0], 0);
  }
  animation.close();
});

test("pictures are equal, byte by byte, in any order", async () => {
  const times = [0, 100, 200, 300, 499];
  const shownBy = async (order: readonly number[]) => {
    const animation = await open("walk.svga");
    const pictures = new Map<number, unknown>();
    for (const tMs of order) pictures.set(tMs, await pictureAt(animation, tMs));
    animation.close();
    return times.map((tMs) => pictures.get(tMs));
  };
  expect(await shownBy(times.toReversed())).toEqual(await shownBy(times));
});

test("its sound is a cue with its own file and times", async () => {
  const animation = await open("walk.svga");
  expect(animation.cues).toMatchObject([{ atMs: 200, lengthMs: 200, offsetMs: 50 }]);
  const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(
    animation.cues[0]!.sound.slice().buffer,
  );
  expect(sound.duration).toBeGreaterThan(0.35);
  animation.close();
});

test("the sender's name and picture fill the sprites that the options name", async () => {
  const sender: AlertSender = { id: "viewer-1", name: "MM", avatar: null };
  const bare = await open("walk.svga");
  expect(await pictureAt(bare, 100, sender)).toBe(await pictureAt(bare, 100));
  expectPixel(await pictureAt(bare, 100), [99, 90], [128, 128, 128, 255], 1);
  const named = await open("walk.svga", { svgaSlots: { user: "name" } });
  const picture = await pictureAt(named, 100, sender);
  expect(named.frameAt(100, sender)).toBe(picture);
  let white = 0;
  for (let x = 84; x < 114; x += 1) if (Math.min(...pixelOf(picture, x, 90)) > 230) white += 1;
  expect(white).toBeGreaterThan(3);
  const pictured = await open("walk.svga", { svgaSlots: { user: "avatar" } });
  // No avatar: the first letter on the name's colour.
  const lettered = await pictureAt(pictured, 100, sender);
  expectPixel(lettered, [85, 81], [44, 138, 99, 255], 2);
  expect(lettered.id).not.toBe((await pictureAt(pictured, 100)).id);
  for (const each of [bare, named, pictured]) each.close();
});

const deflated = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(
      new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate")),
    ).arrayBuffer(),
  );

/** A movie of one sprite, which wants a picture. */
const movieOf = (input: {
  readonly width?: number;
  readonly images?: Readonly<Record<string, Uint8Array>>;
  readonly imageKey?: string;
  readonly matteKey?: string;
  readonly sprites?: number;
  /** The picture's own size without it. */
  readonly hasLayout?: boolean;
  readonly shapes?: number;
}): Promise<Uint8Array<ArrayBuffer>> => {
  const movie = new PbfWriter();
  const params = (_: null, pbf: PbfWriter): void => {
    pbf.writeFloatField(1, input.width ?? 100);
    pbf.writeFloatField(2, 100);
    pbf.writeVarintField(3, 20);
    pbf.writeVarintField(4, 1);
  };
  movie.writeMessage(2, params, null);
  for (const [key, bytes] of Object.entries(input.images ?? {}))
    movie.writeMessage(
      3,
      (_: null, pbf) => {
        pbf.writeStringField(1, key);
        pbf.writeBytesField(2, bytes);
      },
      null,
    );
  const layout = (_: null, pbf: PbfWriter): void => {
    pbf.writeFloatField(3, 100);
    pbf.writeFloatField(4, 100);
  };
  const frame = (_: null, pbf: PbfWriter): void => {
    pbf.writeFloatField(1, 1);
    if (input.hasLayout !== false) pbf.writeMessage(2, layout, null);
    for (let shape = 0; shape < (input.shapes ?? 0); shape += 1)
      pbf.writeMessage(
        5,
        (_: null, inner) => {
          inner.writeVarintField(1, 1);
          inner.writeMessage(3, layout, null);
        },
        null,
      );
  };
  for (let sprite = 0; sprite < (input.sprites ?? 1); sprite += 1)
    movie.writeMessage(
      4,
      (_: null, pbf) => {
        pbf.writeStringField(1, input.imageKey ?? "one");
        pbf.writeMessage(2, frame, null);
        if (input.matteKey) pbf.writeStringField(3, input.matteKey);
      },
      null,
    );
  return deflated(new Uint8Array(movie.finish()));
};

test("a picture or a mask that is missing, broken or too large is named in the refusal", async () => {
  const png = await fixture("still.png");
  const wide = png.slice();
  new DataView(wide.buffer).setUint32(16, 10_000);
  const torn = png.slice();
  torn.fill(0, 50, 90);
  const refusals = [
    [{}, "alert.file_broken", "the picture one is missing"],
    [
      { images: { one: png }, matteKey: "m.matte" },
      "alert.file_broken",
      "the mask m.matte is missing",
    ],
    [{ images: { one: new Uint8Array(9) } }, "alert.file_broken", "the picture one is no PNG"],
    [{ images: { one: wide } }, "alert.file_broken", "the picture one: 10000 x 64 pixels"],
    [{ images: { one: torn } }, "alert.file_broken", "the picture one: "],
    [{ images: { one: png }, width: 10_000 }, "alert.file_too_large", "10000 x 100 pixels"],
    [{ images: { one: png }, sprites: 65 }, "alert.file_too_large", "too many pictures over each"],
    [
      { images: { one: png }, sprites: 200, hasLayout: false },
      "alert.file_too_large",
      "too many pictures over each",
    ],
    [
      { images: { one: png }, sprites: 3, shapes: 1_500 },
      "alert.file_too_large",
      "4500 shapes in frame 0",
    ],
  ] as const;
  for (const [input, code, detail] of refusals) {
    const failure = await failureOf(await movieOf(input), "refused", 0);
    expect(failure).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
  }
  expect(await failureOf(await movieOf({ images: { one: png } }), "whole", 0)).toBeUndefined();
});

test("a movie of many pixels is drawn smaller", async () => {
  const opened = await openPlayer(
    await movieOf({ images: { one: await fixture("still.png") }, width: 3_840 }),
    { id: "large" },
  );
  expect(opened).toMatchObject({ ok: true, value: { width: 1_920, height: 50 } });
  if (opened.ok) opened.value.close();
});

test("a bomb is stopped before it has come out", async () => {
  const bomb = await deflated(new Uint8Array(100_000_000));
  expect(bomb.length).toBeLessThan(200_000);
  expect(await failureOf(bomb, "bomb", 0)).toMatchObject({ code: "alert.file_too_large" });
});

test("wherever a file is broken, it shows something or fails with a reason", async () => {
  const whole = await fixture("walk.svga");
  for (let at = 2; at < whole.length; at += Math.ceil(whole.length / 20)) {
    const broken = whole.slice();
    broken.fill(0xa5, at, at + 5);
    const failure = await failureOf(broken, "broken", 200);
    expect(failure?.code ?? "alert.").toMatch(/^alert\./);
  }
  expect(await failureOf(whole.slice(0, 900), "cut", 0)).toMatchObject({
    code: "alert.file_broken",
  });
});
