/**
 * A second start, as the anchor has it each evening: from `npm start` to the first frame of the programme on the stage,
 * and to being live (the button is pressed as soon as it can be).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { quantile } from "../e2e/stamps.ts";
import { findFreePort, waitFor } from "../e2e/studio-app.ts";

const trials = 5;
const root = resolve(import.meta.dirname, "../..");
const userDataDir = await mkdtemp(join(tmpdir(), "anchor-bench-"));

const start = async (): Promise<{ firstFrameMs: number; liveMs: number }> => {
  const debuggingPort = await findFreePort();
  const startMs = Date.now();
  const command = spawn(
    "npm",
    [
      "start",
      "--silent",
      "--",
      `--user-data-dir=${userDataDir}`,
      "--room-port=0",
      "--room-media-port=0",
    ],
    {
      cwd: root,
      // A group of its own, so that the whole start can be ended at once.
      detached: true,
      stdio: "ignore",
      env: { ...process.env, ANCHOR_CHROMIUM_ARGS: `--remote-debugging-port=${debuggingPort}` },
    },
  );
  const ended = once(command, "exit");
  try {
    const browser = await waitFor(
      "the debugging port",
      () => chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`),
      60_000,
    );
    const page = await waitFor("the studio window", () =>
      browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((candidate) => candidate.url().includes("studio.html")),
    );
    await page.waitForFunction(() => {
      const video = document.querySelector("video");
      return video !== null && video.getVideoPlaybackQuality().totalVideoFrames > 0;
    });
    const firstFrameMs = Date.now() - startMs;
    await page.getByRole("button", { name: /^(开播|Go live)$/i }).click();
    await page.getByRole("button", { name: /^(下播|End)$/ }).waitFor();
    const liveMs = Date.now() - startMs;
    await page.evaluate(() =>
      (
        window as unknown as { studioBridge: { request(name: string, input: unknown): void } }
      ).studioBridge.request("app.quit", { force: true }),
    );
    await ended;
    await browser.close();
    return { firstFrameMs, liveMs };
  } finally {
    if (command.exitCode === null && command.pid) process.kill(-command.pid, "SIGTERM");
  }
};

await start();
const results: { firstFrameMs: number; liveMs: number }[] = [];
for (let trial = 0; trial < trials; trial += 1) {
  const result = await start();
  results.push(result);
  console.log(
    `start ${trial + 1}: first frame ${result.firstFrameMs} ms, live ${result.liveMs} ms`,
  );
}
await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });

const firstFrames = results.map(({ firstFrameMs }) => firstFrameMs);
const lives = results.map(({ liveMs }) => liveMs);
console.log(
  JSON.stringify({
    firstFrameMs: quantile(firstFrames, 0.5),
    firstFrameMsMax: Math.max(...firstFrames),
    liveMs: quantile(lives, 0.5),
    liveMsMax: Math.max(...lives),
    trials,
    loadAverage1Min: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }),
);
