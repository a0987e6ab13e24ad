import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StallWatch } from "../../../renderer/watch/stall-watch.ts";

const said: string[] = [];
let frames: number;
let seen: boolean;
let watch: StallWatch;

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  frames = 0;
  seen = true;
  watch = new StallWatch(
    { getVideoPlaybackQuality: () => ({ totalVideoFrames: frames }) as VideoPlaybackQuality },
    () => seen,
    () => performance.now(),
    { onStalled: () => said.push("stalled"), onMoving: () => said.push("moving") },
  );
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

/** A picture every 100 ms. */
const play = (ms: number): void => {
  for (let passed = 0; passed < ms; passed += 100) {
    frames += 1;
    vi.advanceTimersByTime(100);
  }
};

describe("StallWatch", () => {
  it("tells once that pictures have stopped, and once that they move again", () => {
    play(5_000);
    vi.advanceTimersByTime(1_500);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(3_000);
    expect(said).toEqual(["stalled"]);
    play(3_000);
    expect(said).toEqual(["stalled", "moving"]);
  });

  it("does not judge a page that nobody sees, and gives it time when it is seen again", () => {
    play(1_000);
    seen = false;
    vi.advanceTimersByTime(60_000);
    seen = true;
    vi.advanceTimersByTime(1_500);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1_500);
    expect(said).toEqual(["stalled"]);
  });
});
