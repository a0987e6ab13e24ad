import { expect, test } from "vitest";
import { giftTiers, type RecordEvent } from "../../../preload/contract/gift.ts";
import type { SourceOf } from "../../../preload/contract/scene.ts";
import type { PlacedPicture } from "../../../renderer/compositor/picture.ts";
import type { AlertCue } from "../../../renderer/compositor/protocol.ts";
import { AlertPlayer } from "../../../renderer/gifts/alert-player.ts";
import { alertsSource, documentOf } from "../../fakes/documents.ts";
import { followEvent, giftEvent } from "../../fakes/alert-events.ts";

const sourceOf = (width: number, height: number): SourceOf<"alerts"> => {
  const [source] = documentOf([{ source: alertsSource(width, height) }]).sources;
  if (source?.kind !== "alerts") throw new Error("no alerts source");
  return source;
};

const startMs = 1_800_000_000_000;

const play = (events: readonly RecordEvent[], source = sourceOf(1280, 720)) => {
  const cues: AlertCue[] = [];
  const player = new AlertPlayer({
    baseUrl: document.baseURI,
    locale: "zh-CN",
    onCue: (cue) => cues.push(cue),
  });
  player.show(events, startMs);
  player.advance(startMs);
  const at = (ms: number): readonly PlacedPicture[] => {
    player.advance(startMs + ms);
    return player.frameAt(startMs + ms, source);
  };
  return { player, cues, at };
};

const cardOf = (placed: readonly PlacedPicture[]): PlacedPicture => {
  const card = placed.find(({ picture }) => picture.id.endsWith("/card"));
  if (!card) throw new Error("no card");
  return card;
};
const bytesOf = ({ picture }: PlacedPicture): Uint8ClampedArray => {
  if (picture.pixels instanceof VideoFrame) throw new Error("not drawn pixels");
  return picture.pixels.data;
};

test("appears, rests and disappears at its times, with one cue", () => {
  const { at, cues } = play([giftEvent()]);
  expect(at(0)).toEqual([]);
  expect(cardOf(at(100)).opacity).toBeGreaterThan(0);
  expect(cardOf(at(1_000)).opacity).toBe(1);
  expect(cardOf(at(2_500)).rect).toEqual(cardOf(at(1_000)).rect);
  expect(at(5_000)).toEqual([]);
  expect(cues).toEqual([{ kind: "gift", tier: "small" }]);
});

test("a picture is drawn once, and moved by its place", () => {
  const { at } = play([giftEvent()]);
  const early = cardOf(at(100));
  const later = cardOf(at(1_000));
  expect(later.picture).toBe(early.picture);
  expect(later.rect).not.toEqual(early.rect);
});

test("the count is drawn anew when the combo grows, with its own cue", () => {
  const { at, cues, player } = play([giftEvent({ comboId: "roses" })]);
  const countAt = (ms: number) => at(ms).find(({ picture }) => picture.id.endsWith("/count"));
  const one = countAt(1_000);
  player.show([giftEvent({ comboId: "roses", comboCount: 88, count: 87 })], startMs + 1_000);
  const many = countAt(1_001);
  expect(many?.picture.version).not.toBe(one?.picture.version);
  expect(many?.rect.width).toBeGreaterThan(one?.rect.width ?? Number.NaN);
  expect(countAt(1_500)?.picture).toBe(many?.picture);
  expect(cues.at(-1)).toEqual({ kind: "giftGrew", tier: "small", comboCount: 88 });
});

test("what is worth more is larger", () => {
  const areas = giftTiers.map((tier) => {
    const { rect } = cardOf(play([giftEvent({ tier })]).at(1_000));
    return rect.width * rect.height;
  });
  expect(areas).toEqual(areas.toSorted((a, b) => a - b));
  const follow = cardOf(play([followEvent()]).at(1_000)).rect;
  expect(follow.width * follow.height).toBeLessThan(areas[0] ?? 0);
});

test.each([
  [1280, 720],
  [720, 1280],
  [640, 360],
])("long names stay inside a picture of %i x %i, in all tiers", (width, height) => {
  for (const tier of giftTiers) {
    const nickname = "一位名字非常非常长的观众朋友们大家好呀呀";
    const { rect } = cardOf(
      play([giftEvent({ tier, nickname, comboCount: 9_999 })], sourceOf(width, height)).at(1_000),
    );
    expect(rect.x).toBeGreaterThanOrEqual(-1);
    expect(rect.x + rect.width).toBeLessThanOrEqual(width + 1);
    expect(rect.y).toBeGreaterThanOrEqual(-1);
    expect(rect.y + rect.height).toBeLessThanOrEqual(height + 1);
  }
});

test("words are in the chosen language", () => {
  const chinese = play([followEvent()]);
  const english = play([followEvent()]);
  english.player.setLocale("en");
  expect(cardOf(english.at(1_000)).picture.width).not.toBe(cardOf(chinese.at(1_000)).picture.width);
});

test("a gift without a picture is shown with a drawn box", async () => {
  const { at } = play([giftEvent({ giftId: "no-such-gift" })]);
  const bare = bytesOf(cardOf(at(500)));
  await expect
    .poll(() => {
      const drawn = bytesOf(cardOf(at(600)));
      return drawn.some((value, index) => Math.abs(value - (bare[index] ?? 0)) > 40);
    })
    .toBe(true);
});
