import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConditionKind } from "../../../preload/contract/session-log.ts";
import {
  conditionsOf,
  type Health,
  type HealthSample,
  healthy,
  judge,
} from "../../../renderer/health/conditions.ts";
import type { UplinkStats } from "../../../renderer/session/state.ts";

const uplink: UplinkStats = {
  bitrateBps: 2_500_000,
  fps: 30,
  rttMs: 20,
  lossPercent: 0,
  width: 1_280,
  height: 720,
  codec: "H264",
  encoder: "OpenH264",
  limitation: "none",
};
const audience = {
  reporters: 6,
  frozen: 0,
  black: 0,
  silent: 0,
  unplayable: 0,
  fps: 30,
  pictureLeadMs: 5,
};
const good: Omit<HealthSample, "atMs"> = {
  programme: { fps: 30, targetFps: 30, brightness: 180, stillSinceMs: null },
  sound: { peakDb: -12, hasMicrophone: true },
  uplink,
  audience,
};

/** One sample a second, from second 0 on. */
const run = (samples: readonly Omit<HealthSample, "atMs">[]): Health[] => {
  const states: Health[] = [];
  for (const [second, sample] of samples.entries())
    states.push(judge(states.at(-1) ?? healthy, { ...sample, atMs: second * 1_000 }));
  return states;
};
const kindsAfter = (
  sample: Omit<HealthSample, "atMs">,
  seconds: number,
): readonly ConditionKind[] =>
  conditionsOf(run(Array.from({ length: seconds + 1 }, () => sample)).at(-1) ?? healthy).map(
    ({ kind }) => kind,
  );
const withProgramme = (change: Partial<HealthSample["programme"]>) => ({
  ...good,
  programme: { ...good.programme, ...change },
});
const withUplink = (change: Partial<UplinkStats>) => ({
  ...good,
  uplink: { ...uplink, ...change },
});
const withAudience = (change: Partial<typeof audience>) => ({
  ...good,
  audience: { ...audience, ...change },
});

describe("conditions of a show", () => {
  test("a good show has none, however long", () => {
    expect(kindsAfter(good, 600)).toEqual([]);
    expect(kindsAfter({ ...good, uplink: null, audience: null }, 600)).toEqual([]);
  });

  test.each([
    ["programmeStopped", withProgramme({ fps: 0 }), 3],
    ["sendingStopped", withUplink({ fps: 0 }), 3],
    ["programmeBlack", withProgramme({ brightness: 3 }), 5],
    ["programmeSlow", withProgramme({ fps: 24 }), 5],
    ["encoderSlow", withUplink({ fps: 20, limitation: "cpu" }), 5],
    ["networkSlow", withUplink({ fps: 20, limitation: "bandwidth" }), 5],
    ["networkLossy", withUplink({ lossPercent: 7 }), 5],
    ["soundSilent", { ...good, sound: { peakDb: -90, hasMicrophone: true } }, 15],
    ["soundMissing", { ...good, sound: { peakDb: -90, hasMicrophone: false } }, 15],
    ["audienceFrozen", withAudience({ frozen: 2 }), 4],
    ["audienceBlack", withAudience({ black: 2 }), 4],
    ["audienceSilent", withAudience({ silent: 2 }), 10],
    ["audienceUnplayable", withAudience({ unplayable: 1 }), 0],
    ["pictureEarly", withAudience({ pictureLeadMs: 200 }), 10],
    ["pictureLate", withAudience({ pictureLeadMs: -120 }), 10],
  ] as const)("%s is said once it has held, and by itself", (kind, sample, seconds) => {
    expect(kindsAfter(sample, seconds - 1)).toEqual([]);
    expect(kindsAfter(sample, seconds)).toEqual([kind]);
  });

  test("a picture that stays the same is said after half a minute", () => {
    expect(kindsAfter(withProgramme({ stillSinceMs: 0 }), 29)).toEqual([]);
    expect(kindsAfter(withProgramme({ stillSinceMs: 0 }), 30)).toEqual(["programmeStill"]);
  });

  test("what one viewer of many sees is that viewer's line", () => {
    expect(kindsAfter(withAudience({ frozen: 1, black: 1, silent: 1 }), 60)).toEqual([]);
  });

  test("what the anchor sees too is not said a second time of the audience", () => {
    const black = { ...withAudience({ black: 6 }), ...withProgramme({ brightness: 0 }) };
    expect(kindsAfter({ ...black, audience: { ...audience, black: 6 } }, 10)).toEqual([
      "programmeBlack",
    ]);
  });

  test("is over after three good seconds, and keeps when it began", () => {
    const bad = withProgramme({ brightness: 0 });
    const states = run([
      ...Array<typeof bad>(8).fill(bad),
      good,
      good,
      bad,
      good,
      good,
      good,
      good,
    ]);
    const seen = states.map((state) => conditionsOf(state)[0]?.sinceMs ?? null);
    expect(seen).toEqual([
      null,
      null,
      null,
      null,
      null,
      // Said; then two good seconds, a bad one, and three good ones.
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      null,
      null,
    ]);
  });

  test("a fault that comes and goes faster than it counts is never said", () => {
    const bad = withProgramme({ brightness: 0 });
    const flicker = Array.from({ length: 60 }, (_, second) => (second % 4 === 3 ? good : bad));
    for (const state of run(flicker)) expect(conditionsOf(state)).toEqual([]);
  });

  test("nothing is said of a good show whatever came before, three seconds later", () => {
    const anything = fc.record({
      programme: fc.record({
        fps: fc.double({ min: 0, max: 60, noNaN: true }),
        targetFps: fc.constant(30),
        brightness: fc.option(fc.integer({ min: 0, max: 255 })),
        stillSinceMs: fc.option(fc.constant(0)),
      }),
      sound: fc.record({
        peakDb: fc.integer({ min: -100, max: 0 }),
        hasMicrophone: fc.boolean(),
      }),
      uplink: fc.option(
        fc
          .record({
            fps: fc.integer({ min: 0, max: 30 }),
            lossPercent: fc.option(fc.integer({ min: 0, max: 100 })),
            limitation: fc.constantFrom("none" as const, "cpu" as const, "bandwidth" as const),
          })
          .map((change) => ({ ...uplink, ...change })),
      ),
      audience: fc.constant(audience),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (samples) => {
        const states = run([...samples, good, good, good, good]);
        expect(conditionsOf(states.at(-1) ?? healthy)).toEqual([]);
        for (const state of states) {
          const kinds = conditionsOf(state).map(({ kind }) => kind);
          expect(new Set(kinds).size).toBe(kinds.length);
        }
      }),
    );
  });
});
