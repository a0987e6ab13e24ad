import { expect, test, vi } from "vitest";
import { giftTiers, type RecordEvent } from "../../../preload/contract/gift.ts";
import { GiftId } from "../../../preload/contract/ids.ts";
import type { SourceOf } from "../../../preload/contract/scene.ts";
import { AlertRule } from "../../../preload/contract/settings.ts";
import type { PlacedPicture } from "../../../renderer/compositor/picture.ts";
import type { AlertCue } from "../../../renderer/compositor/protocol.ts";
import { AlertPlayer } from "../../../renderer/gifts/alert-player.ts";
import type { GiftTrouble } from "../../../renderer/gifts/gift-media.ts";
import { giftEvent, tipEvent } from "../../fakes/alert-events.ts";
import { alertsSource, documentOf } from "../../fakes/documents.ts";
import { fixturesUrl } from "./players/fixture.ts";
import { usualTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";

const sourceOf = (width: number, height: number): SourceOf<"alerts"> => {
  const [source] = documentOf([{ source: alertsSource(width, height) }]).sources;
  if (source?.kind !== "alerts") throw new Error("no alerts source");
  return source;
};
const source = sourceOf(1280, 720);
const startMs = 1_800_000_000_000;

/** A player of the fixtures' catalogue whose time is the test's. */
const open = (rules: readonly AlertRule[] = []) => {
  const scenes: AlertRule["scene"][] = [];
  const cues: AlertCue[] = [];
  const troubles: GiftTrouble[] = [];
  const player = new AlertPlayer({
    baseUrl: fixturesUrl,
    locale: "zh-CN",
    rules,
    templates: usualTemplates,
    onCue: (cue) => cues.push(cue),
    onScene: (scene) => scenes.push(scene),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  const at = (ms: number): readonly PlacedPicture[] => {
    player.advance(startMs + ms);
    return player.frameAt(startMs + ms, source);
  };
  const show = (ms: number, ...events: readonly RecordEvent[]) => player.show(events, startMs + ms);
  return { player, cues, scenes, troubles, at, show };
};

const movingIn = (placed: readonly PlacedPicture[]): PlacedPicture | undefined =>
  placed.find(({ picture }) => picture.id.startsWith("alert/"));
const cardIn = (placed: readonly PlacedPicture[]): PlacedPicture => {
  const card = placed.find(({ picture }) => picture.id.endsWith("/card"));
  if (!card) throw new Error("no card");
  return card;
};
const opaqueIn = ({ picture }: PlacedPicture): number => {
  if (picture.pixels instanceof VideoFrame) throw new Error("not pixels");
  return picture.pixels.data.filter((value, index) => index % 4 === 3 && value > 200).length;
};

/** Its file is read by the wall clock; the player's time goes on by a millisecond a look. */
const whenMoving = async ({ at }: ReturnType<typeof open>, from: number): Promise<void> => {
  let ms = from;
  await expect.poll(() => movingIn(at((ms += 1))), { timeout: 10_000 }).toBeDefined();
};

test.each(["webp", "apng", "avif", "lottie", "dotlottie", "svga", "vap", "halves"])(
  "a gift with an animation (%s) fills the picture, its words above",
  async (giftId) => {
    const played = open();
    played.show(0, giftEvent({ giftId, tier: "grand" }));
    await whenMoving(played, 0);
    const placed = played.at(500);
    const moving = movingIn(placed);
    const card = cardIn(placed);
    if (!moving) throw new Error("nothing moves");
    expect(opaqueIn(moving)).toBeGreaterThan(40);
    expect(moving.opacity).toBe(1);
    const { width, height } = moving.rect;
    expect(Math.max(width / 1_280, height / 720)).toBeCloseTo(1, 3);
    expect(width / height).toBeCloseTo(moving.picture.width / moving.picture.height, 3);
    expect(card.rect.y + card.rect.height).toBeLessThan(720 / 2);
    expect(card.rect.x + card.rect.width / 2).toBeCloseTo(640, 0);
    for (const { rect } of [moving, card]) {
      expect(rect.x).toBeGreaterThanOrEqual(0);
      expect(rect.x + rect.width).toBeLessThanOrEqual(1_280.001);
      expect(rect.y + rect.height).toBeLessThanOrEqual(720.001);
    }
    await expect
      .poll(() => movingIn(played.at(800))?.picture.id, { timeout: 5_000 })
      .not.toBe(moving.picture.id);
    expect(played.troubles).toEqual([]);
    played.player.close();
  },
);

test("after the rehearsal a cheap gift moves from its first picture on, and nothing of the rehearsal was seen or heard", async () => {
  const { player, cues, troubles, at, show } = open();
  const draw = vi.spyOn(OffscreenCanvasRenderingContext2D.prototype, "getImageData");
  await player.rehearse();
  // A card, a count and a spark of each tier at least.
  expect(draw.mock.calls.length).toBeGreaterThanOrEqual(3 * giftTiers.length);
  draw.mockRestore();
  expect(at(0)).toEqual([]);
  expect(player.counts).toEqual({ shown: 0, waiting: 0 });
  expect(cues).toEqual([]);
  expect(troubles).toEqual([]);
  show(1, giftEvent({ giftId: "webp", tier: "grand" }));
  expect(movingIn(at(1))).toBeDefined();
  player.close();
});

test("the rehearsal leaves what is shown meanwhile as it is, and ends with its player", async () => {
  const { player, at, show } = open();
  const rehearsal = player.rehearse();
  show(0, giftEvent({ giftId: "plain", nickname: "晚风" }));
  const before = cardIn(at(1_000));
  await rehearsal;
  const after = cardIn(at(1_000));
  expect(after.rect).toEqual(before.rect);
  expect([after.picture.width, after.picture.height]).toEqual([
    before.picture.width,
    before.picture.height,
  ]);
  const second = player.rehearse();
  player.close();
  await second;
});

test("a combo that grows to what a rule asks for gets its animation, its sound and its scene while it is shown", async () => {
  const rule = AlertRule.parse({
    match: { giftId: null, leastCoins: 10, sender: "" },
    tier: null,
    show: "both",
    silent: false,
    scene: { sceneId: "party", seconds: 5 },
    text: "",
  });
  const { player, cues, scenes, at, show } = open([rule]);
  show(0, giftEvent({ giftId: "plain", comboId: "roses", comboCount: 5, count: 5 }));
  let ms = 0;
  await expect.poll(() => (at((ms += 1)), cues.map(({ type }) => type))).toEqual(["chime"]);
  expect(scenes).toEqual([]);
  // Shown for longer than an animation is waited for.
  for (const [index, atMs] of [1_500, 3_000].entries())
    show(atMs, giftEvent({ giftId: "plain", comboId: "roses", comboCount: 6 + index }));
  ms = 3_500;
  at(ms);
  show(ms, giftEvent({ giftId: "plain", comboId: "roses", comboCount: 10 }));
  expect(scenes).toEqual([rule.scene]);
  await expect.poll(() => movingIn(at((ms += 1)))).toBeDefined();
  expect(cues.some(({ type }) => type === "sounds")).toBe(true);
  show(ms, giftEvent({ giftId: "plain", comboId: "roses", comboCount: 11 }));
  expect(scenes).toEqual([rule.scene]);
  player.close();
});

test("what the anchor skips is not brought back by an animation that comes late", async () => {
  const { player, at, show } = open();
  show(0, giftEvent({ giftId: "webp", tier: "grand" }));
  at(0);
  player.control({ action: "skip" }, startMs + 100);
  for (let ms = 101; ms < 1_100; ms += 20) {
    at(ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(at(1_100)).toEqual([]);
  expect(player.counts.shown).toBe(0);
  player.close();
});

test("what fills the picture is behind the banners, whatever came first", async () => {
  const played = open();
  played.show(0, giftEvent({ giftId: "plain" }), giftEvent({ giftId: "vap", tier: "grand" }));
  await whenMoving(played, 0);
  const ids = played.at(500).map(({ picture }) => picture.id);
  const filling = ids.findIndex((id) => id.startsWith("alert/"));
  expect(ids.findIndex((id) => id.endsWith("/banner0/card"))).toBeGreaterThan(filling);
  played.player.close();
});

test("what lies fills a picture that stands as far as its middle can be seen, and stays inside", async () => {
  const played = open();
  const upright = sourceOf(720, 1_280);
  played.show(0, giftEvent({ giftId: "vap", tier: "grand" }));
  await whenMoving(played, 0);
  const moving = movingIn(played.player.frameAt(startMs + 500, upright));
  if (!moving?.from) throw new Error("nothing moves");
  const { picture, from, rect } = moving;
  expect(picture.width).toBeGreaterThan(picture.height);
  expect(rect).toMatchObject({ x: 0, width: 720 });
  expect(rect.y + rect.height / 2).toBeCloseTo(640, 0);
  expect(from.x + from.width / 2).toBeCloseTo(picture.width / 2, 3);
  expect(from.width / picture.width).toBeCloseTo(1 / 1.6, 2);
  expect(rect.width / rect.height).toBeCloseTo(from.width / from.height, 3);
  played.player.close();
});

test("in a banner it moves in the gift's place, and the next time it is there from the first picture on", async () => {
  const played = open();
  played.show(0, giftEvent({ giftId: "gif", comboId: "one" }));
  await whenMoving(played, 0);
  const placed = played.at(1_000);
  const card = cardIn(placed).rect;
  const moving = movingIn(placed)?.rect;
  if (!moving) throw new Error("nothing moves");
  expect(moving.x).toBeGreaterThan(card.x);
  expect(moving.x + moving.width).toBeLessThan(card.x + card.width / 2);
  expect(moving.y).toBeGreaterThanOrEqual(card.y);
  expect(moving.y + moving.height).toBeLessThanOrEqual(card.y + card.height);

  expect(played.at(20_000)).toEqual([]);
  played.show(30_000, giftEvent({ giftId: "gif", comboId: "two" }));
  expect(movingIn(played.at(30_000))?.opacity).toBeGreaterThan(0.5);
  played.player.close();
});

test("the sender's letter fills the place that the design has for a picture", async () => {
  const [one, two] = ["阿杰", "小鹿"].map(async (nickname) => {
    const played = open();
    played.show(0, giftEvent({ giftId: "svga", tier: "grand", nickname }));
    await whenMoving(played, 0);
    const moving = movingIn(played.at(300));
    if (!moving || moving.picture.pixels instanceof VideoFrame) throw new Error("nothing moves");
    played.player.close();
    return [...moving.picture.pixels.data].join();
  });
  expect(await one).not.toBe(await two);
});

test("an animation that comes late fades in, its words are there before it and do not move", async () => {
  const played = open();
  played.show(0, giftEvent({ giftId: "vap", tier: "grand" }));
  expect(movingIn(played.at(0))).toBeUndefined();
  // As soon as the catalogue is read it is known that there is one.
  const tops: number[] = [];
  let ms = 600;
  await expect
    .poll(
      () => {
        const placed = played.at((ms += 1));
        tops.push(Math.round(cardIn(placed).rect.y));
        return movingIn(placed);
      },
      { interval: 2, timeout: 10_000 },
    )
    .toBeDefined();
  expect(movingIn(played.at(ms + 80))?.opacity).toBeLessThan(0.7);
  expect(tops.at(-2)).toBe(Math.round(cardIn(played.at(1_500)).rect.y));
  expect(tops.at(-2)).toBeLessThan(60);
  played.player.close();
});

test("a file that is broken or missing leaves the usual design, and says why once", async () => {
  for (const [giftId, code] of [
    ["broken", "alert.file_broken"],
    ["missing", "alert.file_missing"],
  ] as const) {
    const played = open();
    const usual = open();
    played.show(0, giftEvent({ giftId, tier: "grand", comboId: "one" }));
    usual.show(0, giftEvent({ giftId: "plain", tier: "grand", comboId: "one" }));
    played.at(0);
    usual.at(0);
    await expect.poll(() => played.troubles.length, { timeout: 10_000 }).toBe(1);
    expect(played.troubles[0]).toMatchObject({ giftId, error: { code } });
    expect(movingIn(played.at(1_000))).toBeUndefined();
    expect(cardIn(played.at(1_000)).rect).toEqual(cardIn(usual.at(1_000)).rect);
    expect(played.cues.filter(({ type }) => type === "chime")).toHaveLength(1);
    played.show(20_000, giftEvent({ giftId, tier: "grand", comboId: "two" }));
    played.at(20_000);
    expect(cardIn(played.at(21_000))).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(new Set(played.troubles.map(({ file }) => file)).size).toBe(1);
    played.player.close();
    usual.player.close();
  }
});

test("its sounds are wanted early, begin with it in place of the chime, and end with the alert", async () => {
  for (const [giftId, name] of [
    ["svga", "walk.svga"],
    ["sounding", "alpha-left-with-sound.mp4"],
    ["ding", "ding.wav"],
    ["both", "ding.wav"],
  ] as const) {
    const played = open();
    played.show(0, giftEvent({ giftId, tier: "grand" }));
    await expect
      .poll(() => (played.at(10), played.cues.map(({ type }) => type)), { timeout: 10_000 })
      .toEqual(["soundsAhead", "sounds"]);
    const cue = played.cues[1];
    if (cue?.type !== "sounds") throw new Error("no sounds");
    expect(cue.sounds.map((sound) => sound.name)).toEqual([name]);
    expect(cue.sounds[0]?.file.size).toBeGreaterThan(1_000);
    played.player.control({ action: "skip" }, startMs + 1_000);
    played.at(2_000);
    expect(played.cues.at(-1)).toEqual({ type: "soundsEnd", showingId: cue.showingId });
    played.player.close();
  }
});

test("a tip moves like the gift that its rule names, and looks as usual after it", async () => {
  const show = GiftId.parse("svga");
  const rule: AlertRule = {
    match: { giftId: null, leastCoins: 100, sender: "" },
    tier: "grand",
    show,
    template: null,
    silent: false,
    scene: null,
    text: "",
  };
  const played = open();
  played.player.setRules([rule]);
  played.show(0, tipEvent(1_000));
  await whenMoving(played, 0);
  const moving = movingIn(played.at(400));
  expect(moving && Math.max(moving.rect.width / 1_280, moving.rect.height / 720)).toBeCloseTo(1, 3);
  await expect
    .poll(() => (played.at(410), played.cues.map(({ type }) => type)), { timeout: 10_000 })
    .toContain("sounds");
  played.player.close();
});

test("a muted alert moves without a sound", async () => {
  const rules = [
    {
      match: { giftId: null, leastCoins: 0, sender: "" },
      tier: "grand",
      show: null,
      template: null,
      silent: true,
      scene: null,
      text: "",
    },
  ] as const;
  const played = open();
  played.player.setRules(rules);
  played.show(0, giftEvent({ giftId: "svga" }));
  await whenMoving(played, 0);
  expect(played.cues.filter(({ type }) => type === "sounds" || type === "chime")).toEqual([]);
  played.player.close();
});
