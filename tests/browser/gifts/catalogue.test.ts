import { describe, expect, test } from "vitest";
import catalogue from "../../../resources/gifts/catalogue.json";
import { GiftCatalogue, type GiftTier } from "../../../preload/contract/gift.ts";
import type { AlertSender } from "../../../renderer/gifts/players/player.ts";
import { openPlayer } from "../../../renderer/gifts/players/open-player.ts";
import { pictureAt } from "./players/fixture.ts";

/** How long a tier's animations are, in milliseconds. */
const lengths: Readonly<Record<GiftTier, readonly [number, number]>> = {
  small: [1_000, 2_000],
  medium: [2_000, 3_000],
  large: [3_000, 4_000],
  grand: [5_000, 8_000],
};

/** How much of the first picture is seen: what fills the picture darkens it at once, the others come from nothing. */
const firstCovers: Readonly<Record<GiftTier, readonly [number, number]>> = {
  small: [0, 0.06],
  medium: [0, 0.06],
  large: [0, 0.06],
  grand: [0.12, 0.25],
};

/** The share of a picture that is seen. */
const coverOf = (picture: Awaited<ReturnType<typeof pictureAt>>): number => {
  if (picture.pixels instanceof VideoFrame) throw new Error("not pixels");
  const { data } = picture.pixels;
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += data[at] ?? 0;
  return sum / 255 / (picture.width * picture.height);
};

const senderOf = async (): Promise<AlertSender> => {
  const canvas = new OffscreenCanvas(64, 64);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no context");
  context.fillStyle = "#00ff00";
  context.fillRect(0, 0, 64, 64);
  return { id: "sender", name: "小鹿乱撞", avatar: await createImageBitmap(canvas) };
};

const fetched = async (file: string): Promise<Uint8Array<ArrayBuffer>> => {
  const here = import.meta.url;
  const { pathname } = new URL(`../../../resources/gifts/${file}`, here);
  // Below the tests' own folder only it is served without more words.
  const answer = await fetch(`/@fs${pathname}`);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

describe.each(GiftCatalogue.parse(catalogue))("the gift $giftId", (kind) => {
  const { animation, giftId, sound, tier } = kind;
  if (!animation || !sound) throw new Error(`${giftId} is not whole`);
  const { file, ...options } = animation;

  test("comes from nothing or a dusk, shows itself and leaves nothing, as long as its tier asks for", async () => {
    const opened = await openPlayer(await fetched(file), { ...options, id: giftId });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const player = opened.value;
    const { durationMs } = player;
    const [least, most] = lengths[tier];
    expect(durationMs).toBeGreaterThanOrEqual(least);
    expect(durationMs).toBeLessThanOrEqual(most);
    const shares = [0, 0.5, 1].map((share) => durationMs * share);
    const covers: number[] = [];
    for (const tMs of shares) covers.push(coverOf(await pictureAt(player, tMs)));
    const [first = 1, middle = 0, last = 1] = covers;
    const [leastFirst, mostFirst] = firstCovers[tier];
    expect(first).toBeGreaterThanOrEqual(leastFirst);
    expect(first).toBeLessThan(mostFirst);
    expect(middle).toBeGreaterThan(0.12);
    expect(last).toBeLessThan(0.06);
    expect(player.failure).toBeUndefined();
    player.close();
  });

  test("sounds about as long as it is seen", async () => {
    const context = new OfflineAudioContext(1, 1, 48_000);
    const { duration } = await context.decodeAudioData((await fetched(sound)).buffer);
    expect(duration * 1_000).toBeGreaterThan(lengths[tier][0]);
    expect(duration * 1_000).toBeLessThan(lengths[tier][1] + 500);
  });
});

test.each(["love-letter", "crown", "balloon", "rocket", "phoenix"])(
  "%s names its sender",
  async (giftId) => {
    const kind = GiftCatalogue.parse(catalogue).find((each) => each.giftId === giftId);
    const { file = "", ...options } = kind?.animation ?? {};
    const opened = await openPlayer(await fetched(file), { ...options, id: giftId });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const tMs = opened.value.durationMs * 0.6;
    const without = await pictureAt(opened.value, tMs);
    const named = await pictureAt(opened.value, tMs, await senderOf());
    if (without.pixels instanceof VideoFrame || named.pixels instanceof VideoFrame)
      throw new Error("not pixels");
    const [plain, filled] = [without.pixels.data, named.pixels.data];
    let changed = 0;
    for (let at = 0; at < plain.length; at += 4)
      if (Math.abs((plain[at + 1] ?? 0) - (filled[at + 1] ?? 0)) > 40) changed += 1;
    expect(changed).toBeGreaterThan(150);
    opened.value.close();
  },
);
