import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { openChatWindow } from "../../e2e/chat-window.ts";
import { testDocument, testPattern, testSettings } from "../../e2e/fixtures.ts";
import { descendantsOf } from "../../e2e/processes.ts";
import { launchStudio, waitFor } from "../../e2e/studio-app.ts";

const tickMs = 10;

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** `share` of the sorted values are below it. */
const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** Says so many messages in a second, each with its number and when it was sent. */
const flood = async (
  room: FakeRoomServer,
  from: number,
  perSecond: number,
  seconds: number,
): Promise<number> => {
  const startMs = performance.now();
  const total = perSecond * seconds;
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1_000) * perSecond));
    while (sent < due) {
      const size = Math.min(100, due - sent);
      const messages = Array.from({ length: size }, (_, index) => {
        const n = from + sent + index;
        return {
          messageId: `m${n}`,
          roomId: "main",
          chatSeq: n,
          atMs: Date.now(),
          sender: { viewerId: `v${n % 5_000}`, nickname: `观众${n % 5_000}`, role: "viewer" },
          text: `n${n} t${Date.now()} ${"你好主播".repeat(n % 9)}`,
        };
      });
      room.notify("chat", { messages });
      sent += size;
    }
    await sleep(tickMs);
  }
  return from + total;
};

/**
 * What the window shows in each of its frames, while `during` runs: when the frame was, how old the newest message in it
 * is, how old each message was in the first frame with it, and in how many frames there was a new one.
 */
const watchFrames = async (page: Page, during: () => Promise<void>) => {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], newest: [] as number[], each: [] as number[], drawn: 0 };
    const global = globalThis as unknown as { watched?: typeof seen; watching?: boolean };
    global.watched = seen;
    global.watching = true;
    let highest = 0;
    const look = () => {
      if (!global.watching) return;
      seen.frames.push(performance.now());
      const nowMs = Date.now();
      const list = document.querySelector("[role=log]");
      const bottom = list?.getBoundingClientRect().bottom ?? 0;
      const rows = list?.querySelectorAll("[data-row]") ?? [];
      let newest = 0;
      // From the newest up to what has been seen before.
      for (let index = rows.length - 1; index >= 0; index -= 1) {
        const row = rows[index]!;
        const [, n, t] = /n(\d+) t(\d+)/.exec(row.textContent) ?? [];
        if (n === undefined || row.getBoundingClientRect().top >= bottom) continue;
        if (newest === 0) {
          newest = Number(n);
          seen.newest.push(nowMs - Number(t));
        }
        if (Number(n) <= highest) break;
        seen.each.push(nowMs - Number(t));
      }
      if (newest > highest) seen.drawn += 1;
      highest = Math.max(highest, newest);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await during();
  return page.evaluate(() => {
    const global = globalThis as unknown as {
      watched: { frames: number[]; newest: number[]; each: number[]; drawn: number };
      watching: boolean;
    };
    global.watching = false;
    return global.watched;
  });
};

/** Frames in each whole second. */
const ratesOf = (frames: readonly number[]): number[] => {
  const [first = 0] = frames;
  const counts: number[] = [];
  for (const atMs of frames) {
    const second = Math.floor((atMs - first) / 1_000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0).slice(0, -1);
};

/**
 * The chat window beside the studio, in a room that says 1,000 messages a second for `seconds`, then 200, then as many as
 * make `messages` in all. Memory is the window's, after a forced collection.
 */
export const measureChatWindow = async (options: {
  readonly seconds: number;
  readonly messages: number;
}) => {
  const room = await FakeRoomServer.start();
  const studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: { ...testSettings, roomLink: room.anchorLink },
  });
  try {
    const renderers = () =>
      descendantsOf(studio.process.pid ?? 0)
        .filter(({ command }) => command.includes("--type=renderer"))
        .map(({ pid }) => pid);
    const before = new Set(renderers());
    const chat = await openChatWindow(studio);
    const pid = await waitFor("the window's process", () =>
      renderers().find((each) => !before.has(each)),
    );
    await waitFor("the room", () => room.asked.some(({ method }) => method === "getChatHistory"));
    let next = await flood(room, 1, 200, 2);
    const fast = await watchFrames(chat, async () => {
      next = await flood(room, next, 1_000, options.seconds);
    });
    const slow = await watchFrames(chat, async () => {
      next = await flood(room, next, 200, 10);
    });
    const rest = options.messages - next;
    if (rest > 0) next = await flood(room, next, 10_000, rest / 10_000);
    await sleep(2_000);
    const session = await chat.context().newCDPSession(chat);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return {
      windowFpsP5: quantile(ratesOf(fast.frames), 0.05),
      /** How often the list itself has changed. */
      listDrawingsPerSecond: Math.round((fast.drawn / options.seconds) * 10) / 10,
      newestVisibleMsP95: quantile(fast.newest, 0.95),
      sendToSeenMsP95: quantile(slow.each, 0.95),
      windowMessages: next - 1,
      jsHeapMb: Math.round(usedSize / 1e5) / 10,
      rssMb: Math.round(Number(rss) / 102.4) / 10,
    };
  } finally {
    await studio.kill();
    await room.close();
  }
};
