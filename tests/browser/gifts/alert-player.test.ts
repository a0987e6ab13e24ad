import { expect, test } from "vitest";
import { giftTiers, type RecordEvent } from "../../../preload/contract/gift.ts";
import { SceneId, TemplateId } from "../../../preload/contract/ids.ts";
import { AlertRule } from "../../../preload/contract/settings.ts";
import type { SourceOf } from "../../../preload/contract/scene.ts";
import type { PlacedPicture } from "../../../renderer/compositor/picture.ts";
import type { AlertCue } from "../../../renderer/compositor/protocol.ts";
import { AlertPlayer } from "../../../renderer/gifts/alert-player.ts";
import { alertsSource, documentOf } from "../../fakes/documents.ts";
import { fixturesUrl } from "./players/fixture.ts";
import {
  followEvent,
  giftEvent,
  guardEvent,
  orderEvent,
  tipEvent,
} from "../../fakes/alert-events.ts";
import {
  builtInTemplates,
  usualTemplates,
} from "../../../renderer/gifts/templates/built-in-templates.ts";

const sourceOf = (width: number, height: number): SourceOf<"alerts"> => {
  const [source] = documentOf([{ source: alertsSource(width, height) }]).sources;
  if (source?.kind !== "alerts") throw new Error("no alerts source");
  return source;
};

const startMs = 1_800_000_000_000;

const play = (
  events: readonly RecordEvent[],
  source = sourceOf(1280, 720),
  rules: readonly AlertRule[] = [],
  templates = usualTemplates,
) => {
  const cues: AlertCue[] = [];
  const scenes: NonNullable<AlertRule["scene"]>[] = [];
  const player = new AlertPlayer({
    baseUrl: fixturesUrl,
    locale: "zh-CN",
    rules,
    templates,
    onCue: (cue) => cues.push(cue),
    onScene: (scene) => scenes.push(scene),
    onTrouble: () => {},
  });
  player.show(events, startMs);
  player.advance(startMs);
  const at = (ms: number): readonly PlacedPicture[] => {
    player.advance(startMs + ms);
    return player.frameAt(startMs + ms, source);
  };
  return { player, cues, scenes, at };
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

test("is seen with its first picture, rests and disappears at its times, with one cue", () => {
  const { at, cues } = play([giftEvent()]);
  expect(cardOf(at(0)).opacity).toBeGreaterThan(0.5);
  expect(cardOf(at(0)).opacity).toBeLessThan(0.9);
  expect(cardOf(at(1_000)).opacity).toBe(1);
  expect(cardOf(at(2_500)).rect).toEqual(cardOf(at(1_000)).rect);
  expect(at(5_000)).toEqual([]);
  expect(cues[0]).toEqual({ type: "chime", chime: { kind: "gift", tier: "small" } });
  expect(cues.map(({ type }) => type)).toEqual(["chime", "soundsEnd"]);
});

test("shown alone from an earlier time on it rests already", () => {
  const { player, at } = play([]);
  player.showOnly([giftEvent()], startMs - 1_100);
  const early = cardOf(at(0));
  expect(early.opacity).toBe(1);
  expect(cardOf(at(300)).rect).toEqual(early.rect);
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
  expect(cues.at(-1)).toEqual({
    type: "chime",
    chime: { kind: "giftGrew", tier: "small", comboCount: 88, milestone: true },
  });
  player.show([giftEvent({ comboId: "roses", comboCount: 89 })], startMs + 2_000);
  expect(cues.at(-1)).toMatchObject({ chime: { comboCount: 89, milestone: false } });
  const next = countAt(2_000);
  player.show([giftEvent({ comboId: "roses", comboCount: 90 })], startMs + 2_010);
  expect(countAt(2_050)?.picture).toBe(next?.picture);
  expect(countAt(2_101)?.picture).not.toBe(next?.picture);
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

const longName = "一位名字非常非常长的观众朋友们大家好呀呀";
/** Fills every place: the largest banners with the widest counts, one in the spotlight, and a rest that is folded. */
const fullHouse = [
  ...Array.from({ length: 60 }, (_, index) =>
    giftEvent({
      comboId: `large${index}`,
      tier: "large",
      nickname: longName,
      comboCount: 9_999,
      unitCoins: 99,
    }),
  ),
  giftEvent({ tier: "grand", nickname: longName, comboCount: 9_999, unitCoins: 5_200 }),
];

const sizes = [
  [1280, 720],
  [720, 1280],
  [1920, 1080],
  [1080, 1080],
  [640, 360],
  [320, 180],
  [160, 284],
] as const;
const [classic, ...others] = builtInTemplates.map(({ templateId }) => templateId);

test.each([
  ...sizes.map((size) => [classic ?? usualTemplates.inUse, ...size] as const),
  ...others.flatMap((other) => sizes.slice(0, 2).map((size) => [other, ...size] as const)),
])(
  "with the template %s all lanes are full in %i x %i, inside, and apart",
  (inUse, width, height) => {
    const { at } = play(fullHouse, sourceOf(width, height), [], { inUse, own: [] });
    const placed = at(1_000);
    const cards = placed.filter(({ picture }) => picture.id.endsWith("/card"));
    const counts = placed.filter(({ picture }) => picture.id.endsWith("/count"));
    const folded = placed.filter(({ picture }) => picture.id.endsWith("/folded"));
    expect([cards.length, counts.length, folded.length]).toEqual([4, 4, 1]);
    for (const { rect } of [...cards, ...counts, ...folded]) {
      expect(rect.x).toBeGreaterThanOrEqual(-1);
      expect(rect.x + rect.width).toBeLessThanOrEqual(width + 1);
      expect(rect.y).toBeGreaterThanOrEqual(-1);
      expect(rect.y + rect.height).toBeLessThanOrEqual(height + 1);
    }
    /** What is seen of a card and its count, without the shadows around. */
    const seen = cards.map(({ picture, rect }, index) => {
      const { width: w, height: h } = picture;
      const margin = 26 * Math.max(0.6, Math.min(width, height) / 720) * (rect.width / w);
      const count = counts[index]?.rect;
      return {
        left: rect.x,
        right: Math.max(rect.x + rect.width, count ? count.x + count.width : 0),
        top: rect.y + margin,
        bottom: rect.y + h * (rect.height / h) - margin,
      };
    });
    for (const [index, one] of seen.entries())
      for (const other of seen.slice(index + 1))
        expect(
          one.right <= other.left + 1 ||
            other.right <= one.left + 1 ||
            one.bottom <= other.top + 1 ||
            other.bottom <= one.top + 1,
        ).toBe(true);
  },
);

test("cards look like their template says: another one for a test or by a rule, and the usual one where it is gone", () => {
  const brightOf = (inUse: string, rule: string | null = null) => {
    const rules = [
      AlertRule.parse({
        match: { giftId: null, leastCoins: 0, sender: "" },
        tier: null,
        template: rule,
        silent: false,
        scene: null,
        text: "",
      }),
    ];
    const templates = { inUse: TemplateId.parse(inUse), own: [] };
    const { at } = play(
      [tipEvent(100)],
      sourceOf(1280, 720),
      rule === null ? [] : rules,
      templates,
    );
    const bytes = bytesOf(cardOf(at(1_000)));
    let bright = 0;
    for (let index = 0; index < bytes.length; index += 4)
      if (Math.min(bytes[index] ?? 0, bytes[index + 1] ?? 0, bytes[index + 2] ?? 0) > 230)
        bright += 1;
    return bright / (bytes.length / 4);
  };
  expect(brightOf("minimal")).toBeGreaterThan(0.3);
  expect(brightOf("classic")).toBeLessThan(0.1);
  expect(brightOf("classic", "minimal")).toBe(brightOf("minimal"));
  expect(brightOf("gone")).toBe(brightOf("classic"));
});

test("a long message is wrapped to the rows that it may have, and a card without one is lower", () => {
  const heightOf = (message: string) => {
    const event = tipEvent(1_000);
    if (event.type !== "tip") throw new Error("no tip");
    return cardOf(play([{ ...event, message }]).at(1_000)).picture.height;
  };
  const [none, short, long, longer] = [
    "",
    "加油",
    "祝你生日快乐".repeat(6),
    "祝你生日快乐".repeat(30),
  ].map(heightOf);
  expect(short).toBeGreaterThan(none ?? Number.NaN);
  expect(long).toBeGreaterThan(short ?? Number.NaN);
  expect(longer).toBe(long);
});

test("banners that stay do not move when others come and go", () => {
  const { at, player } = play([
    giftEvent({ comboId: "a", tier: "large", unitCoins: 9 }),
    giftEvent({ comboId: "b", tier: "small" }),
  ]);
  const before = cardOf(at(1_500));
  player.show([giftEvent({ comboId: "c" })], startMs + 1_500);
  at(1_600);
  expect(cardOf(at(2_500)).rect).toEqual(before.rect);
  expect(cardOf(at(4_000)).picture).toBe(before.picture);
});

test("tips, guards and orders are thanked, each with its picture and a cue", () => {
  for (const [event, cue] of [
    [tipEvent(880), { kind: "gift", tier: "medium" }],
    [guardEvent(1), { kind: "gift", tier: "grand" }],
    [orderEvent(), { kind: "gift", tier: "small" }],
  ] as const) {
    const { at, cues } = play([event]);
    const bytes = bytesOf(cardOf(at(1_000)));
    expect(bytes.filter((value, index) => index % 4 === 3 && value > 200).length).toBeGreaterThan(
      500,
    );
    expect(cues).toEqual([{ type: "chime", chime: cue }]);
  }
});

test("what the anchor wants is done: nothing in a pause, a skipped alert goes, the last comes back", () => {
  const { at, cues, player } = play([giftEvent({ comboId: "first" })]);
  at(1_000);
  player.control({ action: "pause" }, startMs + 1_100);
  player.show([giftEvent({ comboId: "second" })], startMs + 1_200);
  player.control({ action: "skip" }, startMs + 1_500);
  expect(at(1_900)).toEqual([]);
  expect(player.counts).toEqual({ shown: 0, waiting: 1 });
  player.control({ action: "replayLast" }, startMs + 2_000);
  at(2_000);
  expect(at(3_000)).not.toEqual([]);
  player.control({ action: "resume" }, startMs + 3_000);
  at(3_000);
  expect(player.counts).toEqual({ shown: 2, waiting: 0 });
  at(4_100);
  expect(cues.filter(({ type }) => type === "chime")).toHaveLength(3);
});

test("a rule's alert is silent, in its place, and asks for its scene once", () => {
  const scene = { sceneId: SceneId.parse("party"), seconds: 5 };
  const rule: AlertRule = {
    match: { giftId: null, leastCoins: 0, sender: "" },
    tier: "grand",
    show: null,
    template: null,
    silent: true,
    scene,
    text: "谢谢 {sender}",
  };
  const { at, cues, player, scenes } = play([giftEvent()], sourceOf(1280, 720), [rule]);
  const usual = play([giftEvent()]).at(1_000);
  expect(cardOf(at(1_000)).rect.x).toBeGreaterThan(cardOf(usual).rect.x + 200);
  expect(cues).toEqual([]);
  expect(scenes).toEqual([scene]);
  player.control({ action: "replayLast" }, startMs + 20_000);
  at(20_000);
  expect(at(21_000)).not.toEqual([]);
  expect(scenes).toEqual([scene]);
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
