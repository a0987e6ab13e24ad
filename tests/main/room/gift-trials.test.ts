import { afterAll, beforeAll, expect, test } from "vitest";
import { type PreparedTrials, prepareTrials, runGiftTrial } from "../../fakes/gift-trial.ts";

const viewers = 20;
const giftsEach = 15;
let prepared: PreparedTrials;

beforeAll(async () => {
  prepared = await prepareTrials(viewers);
});
afterAll(() => prepared.remove());

// A small slice of `npm run bench -- gift-trials`.
test.each([1, 2, 3])(
  "every acknowledged gift is in the ledger once, whatever is killed (seed %i)",
  async (seed) => {
    const result = await runGiftTrial(prepared, { seed, giftsEach });
    expect(result).toMatchObject({
      acknowledged: viewers * giftsEach,
      lost: 0,
      duplicated: 0,
      wrongAmount: 0,
      sumsRight: true,
      faults: [],
    });
    expect(result.tests).toBeGreaterThan(0);
    expect(result.killsOfMain + result.killsOfRoom).toBeGreaterThan(0);
  },
  60_000,
);
