import { expect, test } from "vitest";
import { followSpeech, isHeard, noSpeech } from "../../../renderer/audio/muted-speech.ts";

/** Levels every 50 ms from time 0; answers at which times speech was heard. */
const heardAt = (levels: readonly number[], muted = true): readonly number[] => {
  let state = noSpeech;
  return levels.flatMap((rmsDb, index) => {
    const nowMs = index * 50;
    state = followSpeech(state, { rmsDb, muted, nowMs });
    return isHeard(state, nowMs) ? [nowMs] : [];
  });
};
const steady = (rmsDb: number, ms: number): number[] =>
  Array.from({ length: ms / 50 }, () => rmsDb);

test("is heard after 300 ms of speech, and for 2 s after its end", () => {
  const times = heardAt([...steady(-20, 500), ...steady(-70, 4_000)]);
  expect(times[0]).toBe(300);
  expect(times.at(-1)).toBe(450 + 2_000);
});

test("a knock is no speech", () => {
  expect(heardAt([...steady(-10, 100), ...steady(-70, 500), ...steady(-10, 100)])).toEqual([]);
});

test("short gaps belong to the speech", () => {
  expect(heardAt([-20, -20, -20, -70, -70, -20, -20, -20, -20])).not.toEqual([]);
});

test("room noise is no speech, and speech is only told of while muted", () => {
  expect(heardAt(steady(-60, 2_000))).toEqual([]);
  expect(heardAt(steady(-20, 2_000), false)).toEqual([]);
});
