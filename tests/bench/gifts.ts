/**
 * From a viewer's gift to the picture, and what a storm of gifts does: the real main, window and room, 1280x720 at 30 fps, the
 * catalogue's own gifts (`--gifts=DIR`: another catalogue's folder).
 *
 * 1. `socketToPixelMs`: from just before the gift leaves the viewer's socket to the arrival in the window of the first composed
 *    frame in which half of the alert's final box has come at least half the way to its final colours: half of it is covered
 *    at half opacity. What moves in it by itself does not count: an animation may begin empty. `cold…` is each animated gift's first time in a fresh app, the others follow it.
 *    One gift at a time, nothing else in the picture, which is light: so the whole box of an alert differs from it, and not
 *    its letters alone, of which those that move in are at their place last.
 * 2. `--seconds` (60) of `--rate` (540) gifts a second by viewers who keep to the room's rate; `newFps`: composed frames with a new
 *    stamp; `uiFramesOver50MsPercent`: of the window's own frames; `peakRssMb`: all processes of the app together, what they
 *    share counted in each.
 * 3. 10,000 gifts in one second by 320 viewers, who insist: all acknowledged, all in the ledger; the studio goes on.
 *
 * `--part=delays` and `--part=storm` do the first, or the other two.
 *
 * `acknowledged`, `lost`, `duplicated`: the senders' own list against the ledger, over all three.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { GiftCatalogue, type GiftKind } from "../../preload/contract/gift.ts";
import { makeAppWithGifts } from "../e2e/app-with-gifts.ts";
import { alerts, colour, testDocument, testPattern, testSettings } from "../e2e/fixtures.ts";
import { descendantsOf } from "../e2e/processes.ts";
import { quantile } from "../e2e/stamps.ts";
import { launchStudio, waitFor } from "../e2e/studio-app.ts";
import type { AcknowledgedGift } from "../fakes/gift-storm.ts";
import { judgeLedger, readCursor } from "../fakes/ledger-judge.ts";
import { loadAverage, round } from "./measure/figures.ts";
import { type GiftSender, openGiftSender } from "./measure/gift-senders.ts";
import { readPainter } from "./measure/painter.ts";
import {
  delayOf,
  isAsAtFirst,
  takeRate,
  takeUi,
  watchProgramme,
} from "./measure/programme-watch.ts";

const { values: options } = parseArgs({
  options: {
    gifts: { type: "string" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "540" },
    burst: { type: "string", default: "10000" },
    part: { type: "string", default: "all" },
  },
});
const root = resolve(import.meta.dirname, "../..");
const giftsDir = options.gifts ?? join(root, "resources/gifts");
const kinds = GiftCatalogue.parse(
  JSON.parse(readFileSync(join(giftsDir, "catalogue.json"), "utf8")),
);
/** What a viewer of the rehearsal room has. */
const walletCoins = 100_000;
const animated = kinds.filter(({ animation, coins }) => animation && coins <= walletCoins);
if (animated.length === 0) throw new Error("no gift of the catalogue has an animation");
const size = { width: 1280, height: 720 };
/** Of one viewer; the room allows 20. */
const giftsPerSecond = 18;
/** A connection may have 32 requests open. */
const burstViewers = 320;

const acknowledged = new Map<string, AcknowledgedGift>();
const base = await mkdtemp(join(tmpdir(), "anchor-bench-"));
const app = options.gifts ? await makeAppWithGifts(giftsDir) : undefined;
const document = testDocument(
  [
    colour("background", "#d5dae2", { x: 0, y: 0, ...size }),
    { ...testPattern, crop: { left: 0, top: 0, right: 640 - 512, bottom: 360 - 16 } },
    { ...alerts, source: { ...alerts.source, ...size } },
  ],
  size,
);
const studio = await launchStudio({
  userDataDir: join(base, "studio"),
  document,
  settings: testSettings,
  ...(app && { packagedApp: app.directory }),
});
const { page, viewerUrl } = studio;
const mainPid = studio.process.pid ?? 0;

const residentMb = (): number => {
  let kilobytes = 0;
  for (const pid of [mainPid, ...descendantsOf(mainPid).map((each) => each.pid)])
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    } catch (error) {
      // It has ended since it was listed.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  return kilobytes / 1_024;
};

const giveOne = async (window: Page, kind: GiftKind): Promise<number> => {
  const sender = await openGiftSender(viewerUrl, acknowledged);
  await waitFor("an empty picture", () => isAsAtFirst(window));
  await delay(200);
  const sentMs = await sender.send({ giftId: kind.giftId, coins: kind.coins });
  await delay(2_400);
  const delayMs = await delayOf(window, sentMs);
  sender.close();
  await window.getByRole("button", { name: /^跳过/ }).click();
  // A tooltip would be drawn with what changes under it.
  await window.mouse.move(0, 0);
  if (delayMs === undefined) throw new Error(`${kind.giftId} was not seen`);
  return delayMs;
};

const measureDelays = async (window: Page) => {
  const cold: number[] = [];
  const warm: number[] = [];
  for (const kind of animated)
    for (let turn = 0; turn <= Number(options.rounds); turn += 1) {
      const delayMs = await giveOne(window, kind);
      (turn === 0 ? cold : warm).push(delayMs);
      console.log(`${turn === 0 ? "cold" : "warm"} ${kind.giftId}: ${delayMs} ms`);
    }
  return {
    socketToPixelMsP50: quantile(warm, 0.5),
    socketToPixelMsP95: quantile(warm, 0.95),
    coldSocketToPixelMsP95: quantile(cold, 0.95),
    warmGifts: warm.length,
    coldGifts: cold.length,
  };
};

const cheapest = kinds.toSorted((a, b) => a.coins - b.coins).slice(0, 3);

/** Each sender's gifts are spread over the second. */
const rain = async (senders: readonly GiftSender[], perSecond: number, seconds: number) => {
  const startMs = performance.now();
  const sent: Promise<unknown>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const dueMs = startMs + (index * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await delay(waitMs);
    const sender = senders[index % senders.length];
    // Mostly the cheapest, so that nobody runs out of coins.
    const kind = cheapest[index % 10 === 0 ? 1 + ((index / 10) % 2) : 0];
    if (sender && kind) sent.push(sender.send({ giftId: kind.giftId, coins: kind.coins }));
  }
  await Promise.all(sent);
  return (performance.now() - startMs) / 1_000;
};

const measureStorm = async (window: Page) => {
  const perSecond = Number(options.rate);
  const senders = await Promise.all(
    Array.from({ length: Math.ceil(perSecond / giftsPerSecond) }, () =>
      openGiftSender(viewerUrl, acknowledged),
    ),
  );
  const before = acknowledged.size;
  let peakRssMb = residentMb();
  const watch = setInterval(() => (peakRssMb = Math.max(peakRssMb, residentMb())), 1_000);
  await takeRate(window);
  await takeUi(window);
  const seconds = await rain(senders, perSecond, Number(options.seconds));
  const { newFrames, seconds: watched } = await takeRate(window);
  const ui = await takeUi(window);
  clearInterval(watch);
  for (const sender of senders) sender.close();
  return {
    eventsPerSecond: round((acknowledged.size - before) / seconds, 1),
    newFps: round(newFrames / watched, 2),
    uiFramesOver50MsPercent: round((100 * ui.over50Ms) / Math.max(1, ui.frames), 2),
    peakRssMb: Math.round(peakRssMb),
  };
};

const ledgerPath = join(base, "studio/ledger.sqlite");
const ledgerIsLevel = () =>
  readCursor(ledgerPath) >= Math.max(...[...acknowledged.values()].map(({ seq }) => seq));

const measureBurst = async (window: Page) => {
  const count = Number(options.burst);
  const senders = await Promise.all(
    Array.from({ length: burstViewers }, () => openGiftSender(viewerUrl, acknowledged)),
  );
  await delay(3_000);
  const before = acknowledged.size;
  await takeRate(window);
  const startMs = performance.now();
  const answeredSeconds = await rain(senders, count, 1);
  await waitFor("the ledger to be level", ledgerIsLevel, 60_000);
  const levelSeconds = (performance.now() - startMs) / 1_000;
  await delay(Math.max(0, 5_000 - (performance.now() - startMs)));
  const { newFrames, seconds } = await takeRate(window);
  await delay(3_000);
  const after = await takeRate(window);
  const reconnections = senders.reduce((sum, sender) => sum + sender.reconnections, 0);
  for (const sender of senders) sender.close();
  return {
    burstSent: count,
    burstAcknowledged: acknowledged.size - before,
    burstReconnections: reconnections,
    burstAnsweredSeconds: round(answeredSeconds, 2),
    burstInLedgerSeconds: round(levelSeconds, 2),
    burstNewFps: round(newFrames / seconds, 1),
    afterBurstNewFps: round(after.newFrames / after.seconds, 1),
  };
};

try {
  await delay(4_000);
  await watchProgramme(page);
  await delay(2_000);
  const painter = await readPainter(page);
  const delays = options.part === "storm" ? {} : await measureDelays(page);
  console.log(JSON.stringify(delays));
  const storm = options.part === "delays" ? {} : await measureStorm(page);
  console.log(JSON.stringify(storm));
  const burst = options.part === "delays" ? {} : await measureBurst(page);
  await waitFor("the ledger to be level", ledgerIsLevel, 60_000);
  await studio.close();
  const { tests: _, sumsRight, ...verdict } = judgeLedger(ledgerPath, acknowledged);
  console.log(
    JSON.stringify({
      ...delays,
      ...verdict,
      sumsRight,
      ...storm,
      ...burst,
      painter,
      ...loadAverage(),
    }),
  );
} catch (error) {
  await studio.kill();
  throw error;
} finally {
  await app?.remove();
  await rm(base, { recursive: true, force: true, maxRetries: 10 });
}
