import { describe, expect, test } from "vitest";
import { readPlayback } from "../../../renderer/watch/playback-stats.ts";

const video = (second: number, change: object = {}) => ({
  type: "inbound-rtp",
  kind: "video",
  timestamp: second * 1_000,
  framesDecoded: second * 30,
  totalFreezesDuration: 0,
  estimatedPlayoutTimestamp: 4_000_000_000_000 + second * 1_000,
  ...change,
});
const audio = (second: number, change: object = {}) => ({
  type: "inbound-rtp",
  kind: "audio",
  timestamp: second * 1_000,
  totalAudioEnergy: second * 0.01,
  totalSamplesDuration: second,
  estimatedPlayoutTimestamp: 4_000_000_000_000 + second * 1_000 - 40,
  ...change,
});
const between = (before: readonly unknown[], now: readonly unknown[]) =>
  readPlayback(now, readPlayback(before, null).snapshot).seen;

describe("what a page sees of the programme", () => {
  test("needs two reports, and a picture", () => {
    expect(readPlayback([video(1)], null).seen).toBeNull();
    expect(between([audio(1)], [audio(2)])).toBeNull();
    expect(between([video(5)], [video(1)])).toBeNull();
  });

  test("counts pictures, freezes, silence and the lead of the picture", () => {
    expect(between([video(1), audio(1)], [video(6), audio(6)])).toEqual({
      fps: 30,
      frozenMs: 0,
      silent: false,
      pictureLeadMs: 40,
    });
    expect(
      between(
        [video(1), audio(1)],
        [
          video(6, { framesDecoded: 90, totalFreezesDuration: 1.5 }),
          audio(6, { totalAudioEnergy: 0.01, estimatedPlayoutTimestamp: 4_000_000_006_100 }),
        ],
      ),
    ).toEqual({ fps: 12, frozenMs: 1_500, silent: true, pictureLeadMs: -100 });
  });

  test("a freeze that has not ended lasts the whole time", () => {
    expect(between([video(1)], [video(6, { framesDecoded: 30 })])).toMatchObject({
      fps: 0,
      frozenMs: 5_000,
    });
  });

  test("says nothing of what the engine does not tell", () => {
    const bare = { totalAudioEnergy: undefined, estimatedPlayoutTimestamp: undefined };
    expect(between([video(1), audio(1, bare)], [video(2), audio(2, bare)])).toMatchObject({
      silent: null,
      pictureLeadMs: null,
    });
    expect(between([video(1), { type: "codec" }, 7, null], [video(2)])).toMatchObject({
      silent: null,
    });
  });
});
