import { expect, it } from "vitest";
import { runWindowTrial } from "./gift-trial.ts";

it("keeps each of 10,000 gifts exactly once over a kill -9 of main at a random moment", async () => {
  const result = await runWindowTrial({
    seed: Math.floor(Math.random() * 2 ** 32),
    viewers: 100,
    giftsEach: 100,
    pauseMs: 0,
    victim: "main",
  });
  expect(result).toMatchObject({
    acknowledged: 10_000,
    lost: 0,
    duplicated: 0,
    wrongAmount: 0,
    sumsRight: true,
    faults: [],
  });
});
