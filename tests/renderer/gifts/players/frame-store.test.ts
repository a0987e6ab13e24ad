import { afterEach, expect, test, vi } from "vitest";
import { inTime } from "../../../../renderer/gifts/players/frame-store.ts";
import { limits } from "../../../../renderer/gifts/players/limits.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** How many frames of so many milliseconds each are drawn before the animation is given up, of 1,000. */
const framesDrawn = async (msOf: (index: number) => number): Promise<number> => {
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  const decode = inTime((index) => {
    nowMs += msOf(index);
    return index;
  });
  for (let index = 0; index < 1_000; index += 1)
    try {
      expect(await decode(index)).toBe(index);
    } catch {
      return index;
    }
  return 1_000;
};

test("an animation is given up that takes too long once, or again and again", async () => {
  expect(await framesDrawn(() => limits.usualDrawMs)).toBe(1_000);
  expect(await framesDrawn((index) => (index % 20 === 0 ? limits.longestDrawMs : 1))).toBe(1_000);
  expect(await framesDrawn(() => limits.longestDrawMs + limits.usualDrawMs + 1)).toBe(0);
  expect(await framesDrawn(() => 900)).toBeLessThan(3);
  expect(await framesDrawn(() => 2 * limits.usualDrawMs)).toBeLessThan(15);
});
