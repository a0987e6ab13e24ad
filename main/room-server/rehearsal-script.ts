import type { GiftKind, GiftTier } from "../../preload/contract/gift.ts";
import type { GiftId } from "../../preload/contract/ids.ts";
import type { StreakReport } from "./streaks.ts";

/** The cast; the index is the actor's number. */
export const castNicknames = [
  "小鹿乱撞",
  "今晚吃火锅",
  "Momo",
  "阿杰不熬夜",
  "橘子汽水",
  "Echo_Lin",
  "山里的猫",
  "老王来了",
] as const;

const lines = [
  "来了来了！",
  "主播晚上好呀",
  "画面好清楚",
  "声音很正常，听得到",
  "刚进来，在聊什么？",
  "哈哈哈哈哈",
  "这个布景好看",
  "Hi from Singapore!",
  "第一次来，先点个关注",
  "主播今天播到几点？",
  "666",
  "这个好玩",
  "能再讲一遍吗，刚才没听清",
  "Looks great tonight",
  "前排围观",
  "节奏不错，继续",
  "支持主播！",
  "我朋友推荐我来的",
  "手机看也很流畅",
  "Love the colours",
  "灯光可以再亮一点点",
  "笑死我了",
  "下次什么时候播？",
  "学到了",
  "晚饭吃了吗",
  "The sound is really clear",
  "这首歌叫什么名字",
  "打卡打卡",
] as const;

export type Act =
  | { readonly type: "chat"; readonly text: string }
  | { readonly type: "gift"; readonly giftId: GiftId; readonly count: number }
  /** Told as platforms tell it; `streak` is another number for each. */
  | ({ readonly type: "streak"; readonly streak: number; readonly giftId: GiftId } & StreakReport)
  | { readonly type: "follow" };

export interface Cue {
  /** Since the start. */
  readonly atMs: number;
  readonly actor: number;
  readonly act: Act;
}

/** Numbers in [0, 1) that depend on the seed only (mulberry32, public domain, Tommy Ettinger 2017). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const gift = (atMs: number, who: number, kind: GiftKind | undefined): Cue[] =>
  kind ? [{ atMs, actor: who, act: { type: "gift", giftId: kind.giftId, count: 1 } }] : [];

/**
 * What the audience does, without end, in the order of time: talk every 2 to 6 seconds, a first small gift after five
 * seconds and one every 8 to 15, a combo of quick gifts about every 30 seconds, a big one each minute or so, and everybody
 * follows once in the first minutes.
 */
export function* rehearsalScript(
  gifts: readonly GiftKind[],
  random: () => number,
): Generator<Cue, never> {
  const between = (fromMs: number, toMs: number): number =>
    Math.round(fromMs + random() * (toMs - fromMs));
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const actor = (): number => Math.floor(random() * castNicknames.length);
  const byPrice = gifts.toSorted((one, other) => one.coins - other.coins);
  const ofTier = (...tiers: GiftTier[]) => byPrice.filter(({ tier }) => tiers.includes(tier));
  const smallOnes = ofTier("small");
  const small = smallOnes.length ? smallOnes : byPrice.slice(0, 1);
  const bigOnes = ofTier("large", "grand");
  const big = bigOnes.length ? bigOnes : byPrice.slice(-1);

  const recentLines: string[] = [];
  const nextLine = (): string => {
    const fresh = lines.filter((line) => !recentLines.includes(line));
    const line = pick(fresh) ?? lines[0];
    recentLines.push(line);
    if (recentLines.length > lines.length / 2) recentLines.shift();
    return line;
  };

  const due = { chat: between(1_000, 2_500), small: 5_000, combo: between(18_000, 28_000) };
  let streaks = 0;
  let bigAtMs = between(35_000, 50_000);
  const waiting: Cue[] = castNicknames.map((_name, index) => ({
    atMs: between(8_000, 180_000),
    actor: index,
    act: { type: "follow" },
  }));

  for (;;) {
    const atMs = Math.min(due.chat, due.small, due.combo, bigAtMs);
    if (due.chat === atMs) {
      waiting.push({ atMs, actor: actor(), act: { type: "chat", text: nextLine() } });
      due.chat += between(2_000, 6_000);
    }
    if (due.small === atMs) {
      waiting.push(...gift(atMs, actor(), pick(small)));
      due.small += between(8_000, 15_000);
    }
    if (due.combo === atMs) {
      const [who, kind] = [actor(), pick(small)];
      const times = 3 + Math.floor(random() * 6);
      if (kind) {
        let toldAtMs = atMs;
        for (let time = 1; time <= times + 1; time += 1) {
          const told = { repeatCount: Math.min(time, times), repeatEnd: time > times };
          const act = { type: "streak", streak: streaks, giftId: kind.giftId, ...told } as const;
          waiting.push({ atMs: toldAtMs, actor: who, act });
          toldAtMs += between(400, 900);
        }
        streaks += 1;
      }
      due.combo += between(25_000, 35_000);
    }
    if (bigAtMs === atMs) {
      waiting.push(...gift(atMs, actor(), pick(big)));
      bigAtMs += between(50_000, 70_000);
    }
    const untilMs = Math.min(due.chat, due.small, due.combo, bigAtMs);
    waiting.sort((one, other) => one.atMs - other.atMs);
    for (let cue = waiting[0]; cue && cue.atMs < untilMs; cue = waiting[0]) {
      waiting.shift();
      yield cue;
    }
  }
}
