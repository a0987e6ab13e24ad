/**
 * Storms of gifts (`--trials=` in plain Node, `--windows=` through the app with its window, `--seed=`) in which main and the
 * room server are killed by SIGKILL at random moments. The senders' own list of what was acknowledged to them is the judge
 * of the ledger: each gift once, with its amount; test gifts in no sum.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runWindowTrial } from "../e2e/gift-trial.ts";
import { prepareTrials, runGiftTrial, type TrialResult } from "../fakes/gift-trial.ts";

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "90" },
    windows: { type: "string", default: "10" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const trials = Number(values.trials);
const windows = Number(values.windows);
const seed = Number(values.seed);
const viewers = 50;
const giftsEach = 21;
const roomProgram = join(import.meta.dirname, "../../out/main/room-server.js");
if (!existsSync(roomProgram)) throw new Error("there is no built room server");

console.log(`seed ${seed}: the same gifts and moments come with --seed=${seed}`);
const startMs = performance.now();
const results: TrialResult[] = [];
const isGood = (result: TrialResult): boolean =>
  result.acknowledged === viewers * giftsEach &&
  result.lost === 0 &&
  result.duplicated === 0 &&
  result.wrongAmount === 0 &&
  result.sumsRight &&
  result.faults.length === 0;
const keep = (name: string, result: TrialResult): void => {
  results.push(result);
  console.log(`${isGood(result) ? "good" : "BAD "} ${name} ${JSON.stringify(result)}`);
};

const prepared = await prepareTrials(viewers);
for (let trial = 0; trial < trials; trial += 1)
  keep(
    `plain ${trial + 1}/${trials}`,
    await runGiftTrial(prepared, { seed: seed * 1_000 + trial, giftsEach, roomProgram }),
  );
prepared.remove();
for (let trial = 0; trial < windows; trial += 1)
  keep(
    `window ${trial + 1}/${windows}`,
    await runWindowTrial({
      seed: seed * 1_000 + trials + trial,
      viewers,
      giftsEach,
      // Long enough for the rehearsal's audience to give something, too.
      pauseMs: 600,
      victim: trial % 2 === 0 ? "main" : "room",
    }),
  );

const sum = (read: (result: TrialResult) => number): number =>
  results.reduce((total, result) => total + read(result), 0);
const passed = results.every(isGood);
console.log(
  JSON.stringify({
    passed,
    seed,
    trials,
    windows,
    acknowledged: sum((result) => result.acknowledged),
    acknowledgedLeast: Math.min(...results.map((result) => result.acknowledged)),
    lost: sum((result) => result.lost),
    duplicated: sum((result) => result.duplicated),
    wrongAmount: sum((result) => result.wrongAmount),
    wrongSums: results.filter((result) => !result.sumsRight).length,
    wrongAnswersToSenders: sum((result) => result.faults.length),
    testGifts: sum((result) => result.tests),
    killsOfMain: sum((result) => result.killsOfMain),
    killsOfRoom: sum((result) => result.killsOfRoom),
    seconds: Math.round((performance.now() - startMs) / 1_000),
  }),
);
process.exitCode = passed ? 0 : 1;
