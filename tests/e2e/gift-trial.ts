import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../main/room-server/rehearsal-script.ts";
import { createGiftStorm, enterAsViewer } from "../fakes/gift-storm.ts";
import { judgeLedger, readCursor } from "../fakes/ledger-judge.ts";
import type { TrialResult } from "../fakes/gift-trial.ts";
import { alerts, testDocument, testPattern, testSettings } from "./fixtures.ts";
import { killProcess } from "./processes.ts";
import { findFreePort, launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

/** Of the product's catalogue, cheap enough for the viewers' wallets. */
const kinds = [
  { giftId: "heart", coins: 1 },
  { giftId: "rose", coins: 5 },
  { giftId: "milk-tea", coins: 10 },
] as const;

/**
 * One storm of gifts through the app with its window, while the rehearsal's audience sends test gifts: main, and with it
 * all else, or the room alone is killed once at a random moment. The window has to show the sums of the senders' list.
 */
export const runWindowTrial = async (options: {
  readonly seed: number;
  readonly viewers: number;
  readonly giftsEach: number;
  readonly pauseMs: number;
  readonly victim: "main" | "room";
}): Promise<TrialResult> => {
  const { victim } = options;
  const random = seededRandom(options.seed);
  const base = await mkdtemp(join(tmpdir(), "anchor-storm-"));
  const app = {
    userDataDir: join(base, "studio"),
    settings: { ...testSettings, rehearsalAudience: true },
    roomPort: await findFreePort(),
  };
  let studio: StudioApp = await launchStudio({
    ...app,
    document: testDocument([testPattern, alerts]),
  });
  try {
    const { viewerUrl } = studio;
    const storm = createGiftStorm({
      origin: new URL(viewerUrl).origin,
      cookies: await Promise.all(
        Array.from({ length: options.viewers }, () => enterAsViewer(viewerUrl)),
      ),
      giftsEach: options.giftsEach,
      kinds,
      random,
      pauseMs: options.pauseMs,
    });
    const total = options.viewers * options.giftsEach;
    const strike = async () => {
      await storm.reached(Math.floor(random() * total));
      if (victim === "room") return killProcess(studio.process.pid ?? 0, "room");
      await studio.kill();
      studio = await launchStudio(app);
    };
    await Promise.all([storm.run(), strike()]);
    const ledgerPath = join(app.userDataDir, "ledger.sqlite");
    const latestSeq = storm.latestSeq();
    await waitFor("the ledger to be level", () => readCursor(ledgerPath) >= latestSeq, 30_000);
    const coins = [...storm.acknowledged.values()].reduce((sum, gift) => sum + gift.coins, 0);
    const { page } = studio;
    await page.getByText(coins.toLocaleString("en"), { exact: true }).first().waitFor();
    await studio.close();
    return {
      ...judgeLedger(ledgerPath, storm.acknowledged),
      faults: storm.faults,
      killsOfMain: victim === "main" ? 1 : 0,
      killsOfRoom: 1,
    };
  } catch (error) {
    await studio.kill();
    throw error;
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 10 });
  }
};
