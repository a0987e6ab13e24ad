import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  castNicknames,
  rehearsalScript,
  seededRandom,
  type Cue,
} from "../../../main/room-server/rehearsal-script.ts";
import { ChatText, Nickname } from "../../../preload/contract/chat.ts";
import { comboWindowMs } from "../../../preload/contract/gift.ts";
import { testGifts } from "../../fakes/test-room.ts";

const tenMinutes = 600_000;

const play = (seed: number, untilMs = tenMinutes): Cue[] => {
  const script = rehearsalScript(testGifts, seededRandom(seed));
  const cues: Cue[] = [];
  for (let cue = script.next().value; cue.atMs <= untilMs; cue = script.next().value)
    cues.push(cue);
  return cues;
};

describe("the rehearsal's script", () => {
  test("is the same for the same seed, and another for another", () => {
    expect(play(7)).toEqual(play(7));
    expect(play(7)).not.toEqual(play(8));
  });

  test("law: whatever the seed, time rises, talk keeps its pace, gifts come as promised, all follow once", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const cues = play(seed);
        const times = cues.map(({ atMs }) => atMs);
        expect(times).toEqual(times.toSorted((one, other) => one - other));

        const chat = cues.filter(({ act }) => act.type === "chat").map(({ atMs }) => atMs);
        for (const [index, atMs] of chat.slice(1).entries()) {
          const pauseMs = atMs - (chat[index] ?? 0);
          expect(pauseMs).toBeGreaterThanOrEqual(2_000);
          expect(pauseMs).toBeLessThanOrEqual(6_000);
        }

        const gifts = cues.flatMap(({ atMs, actor, act }) =>
          act.type === "gift" ? [{ atMs, actor, giftId: act.giftId }] : [],
        );
        expect(gifts[0]?.atMs).toBe(5_000);
        expect(["heart", "rose"]).toContain(gifts[0]?.giftId);
        const big = gifts.filter(({ giftId }) => giftId === "rocket").length;
        expect(big).toBeGreaterThanOrEqual(8);
        expect(big).toBeLessThanOrEqual(12);
        const streaks = Map.groupBy(
          cues.flatMap(({ atMs, act }) => (act.type === "streak" ? [{ atMs, ...act }] : [])),
          ({ streak }) => streak,
        );
        expect(streaks.size).toBeGreaterThan(15);
        // The last one may go on.
        for (const reports of [...streaks.values()].slice(0, -1)) {
          const last = reports.length - 1;
          expect(last).toBeGreaterThanOrEqual(3);
          for (const [index, { atMs, giftId, repeatCount, repeatEnd }] of reports.entries()) {
            expect(giftId).toBe(reports[0]?.giftId);
            expect(repeatCount).toBe(Math.min(index + 1, last));
            expect(repeatEnd).toBe(index === last);
            expect(atMs - (reports[index - 1]?.atMs ?? atMs)).toBeLessThan(comboWindowMs);
          }
        }

        const follows = cues.filter(({ act }) => act.type === "follow").map(({ actor }) => actor);
        expect(follows.toSorted((one, other) => one - other)).toEqual(
          castNicknames.map((_name, index) => index),
        );
      }),
      { numRuns: 25 },
    );
  });

  test("says only what a viewer could say", () => {
    const texts = play(1).flatMap(({ act }) => (act.type === "chat" ? [act.text] : []));
    expect(texts.map((text) => ChatText.parse(text))).toEqual(texts);
    for (const nickname of castNicknames) expect(Nickname.parse(nickname)).toBe(nickname);
  });
});
