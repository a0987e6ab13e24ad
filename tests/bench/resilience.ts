/**
 * What a viewer sees of faults that are really done, by the stamps of the frames on the viewer's screen:
 *
 * - workerKilled, roomServerKilled, rendererCrashed: kill -9 of the process, in the app with its rehearsal room;
 * - socketCut: the TCP connections of main and of the uplink reset by a proxy between the app and a room of its own;
 * - networkGone20s, viewerNetworkGone20s: the room and the viewer, or the viewer alone, live in a network namespace whose
 *   cable leads over a bridge; it is taken off the bridge for 20 s. No side sees its interface go down, as with a dead
 *   router. Wants root and `ip`.
 *
 * `programmeGap` is the longest time without a new frame; `recovery` ends with it and begins with the fault, where the
 * network was gone with its return. `--fault=NAME` and `--trials=N` choose.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { testDocument, testPattern, testSettings } from "../e2e/fixtures.ts";
import { killProcess } from "../e2e/processes.ts";
import { longestGap, recordStamps, type Shown } from "../e2e/stamp-record.ts";
import { quantile } from "../e2e/stamps.ts";
import { launchStudio, type StudioApp, waitFor } from "../e2e/studio-app.ts";
import { launchViewers, openViewer, viewerArguments, waitForPicture } from "../e2e/viewer.ts";

const root = resolve(import.meta.dirname, "../..");
/** Before each fault the picture has been steady for so long. */
const steadyMs = 7_000;
/** A trial is over when the picture has moved for so long without a break. */
const movingMs = 3_000;
const limitMs = 60_000;
const blackoutMs = 20_000;

/** A show that a viewer watches, and the fault. */
interface Stage {
  readonly viewer: Page;
  /** Answers when what was done is over: recovery counts from then on. */
  readonly breakIt: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const dataDir = await mkdtemp(join(tmpdir(), "anchor-bench-"));
let profiles = 0;
const startStudio = async (roomLink: string | null): Promise<StudioApp> => {
  profiles += 1;
  return launchStudio({
    userDataDir: join(dataDir, `studio-${profiles}`),
    document: testDocument([testPattern]),
    settings: { ...testSettings, roomLink },
  });
};

const goLive = async (studio: StudioApp, viewers: Browser, viewerUrl: string): Promise<Page> => {
  const { page } = await openViewer(viewers, viewerUrl);
  const button = studio.page.getByRole("button", { name: "开播", exact: true });
  await button.click();
  await waitForPicture(page);
  return page;
};

const startRoom = async (command: readonly string[], args: readonly string[]) => {
  profiles += 1;
  const [file, ...rest] = [
    ...command,
    process.execPath,
    join(root, "out/main/room-server.js"),
    "--data",
    join(dataDir, `room-${profiles}`),
    ...args,
  ];
  const room: ChildProcess = spawn(file ?? "", rest, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  room.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const anchorUrl = await waitFor("the room", () => /https?:\/\/\S+#anchor=\S+/.exec(output)?.[0]);
  const close = async (): Promise<void> => {
    room.kill("SIGTERM");
    await once(room, "exit");
  };
  return { anchorUrl, viewerUrl: new URL("/", anchorUrl).href, close };
};

/** The app with its rehearsal room, of which one process is killed. */
const killing = (kind: "worker" | "room" | "renderer") => async (): Promise<Stage> => {
  const studio = await startStudio(null);
  const viewers = await launchViewers();
  return {
    viewer: await goLive(studio, viewers, studio.viewerUrl),
    breakIt: async () => {
      killProcess(studio.process.pid ?? 0, kind);
      await Promise.resolve();
    },
    close: async () => {
      await viewers.close();
      await studio.kill();
    },
  };
};

const cuttingSockets = async (): Promise<Stage> => {
  const room = await startRoom([], ["--port", "0", "--media-port", "0"]);
  const target = Number(new URL(room.anchorUrl).port);
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (!address || typeof address === "string") throw new Error("the proxy has no port");
  const link = new URL(room.anchorUrl);
  link.port = String(address.port);
  const studio = await startStudio(link.href);
  const viewers = await launchViewers();
  return {
    viewer: await goLive(studio, viewers, room.viewerUrl),
    breakIt: async () => {
      for (const socket of sockets) socket.resetAndDestroy();
      await Promise.resolve();
    },
    close: async () => {
      await viewers.close();
      await studio.kill();
      proxy.close();
      await room.close();
    },
  };
};

const ip = (...args: readonly string[]): string =>
  execFileSync("ip", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** The app at 10.98.7.1; the viewer, and in the anchor's case the room, at 10.98.7.2 in a namespace behind a bridge. */
const cuttingNetwork = (whose: "anchor" | "viewer") => async (): Promise<Stage> => {
  const name = `anchor${process.pid}`.slice(0, 12);
  const [bridge, far, inside] = [`${name}b`, `${name}f`, `${name}i`];
  ip("netns", "add", name);
  ip("link", "add", bridge, "type", "bridge");
  ip("link", "add", far, "type", "veth", "peer", "name", inside, "netns", name);
  ip("link", "set", far, "master", bridge, "up");
  ip("addr", "add", "10.98.7.1/24", "dev", bridge);
  ip("link", "set", bridge, "up");
  ip("-n", name, "addr", "add", "10.98.7.2/24", "dev", inside);
  ip("-n", name, "link", "set", inside, "up");
  ip("-n", name, "link", "set", "lo", "up");
  const within = ["ip", "netns", "exec", name];
  const room =
    whose === "anchor"
      ? await startRoom(within, ["--public", "10.98.7.2"])
      : await startRoom([], ["--public", "10.98.7.1", "--port", "0", "--media-port", "0"]);
  const browser = join(dataDir, `chromium-${name}`);
  const engine = process.env["ANCHOR_CHROMIUM"] ?? "/usr/bin/chromium";
  await writeFile(browser, `#!/bin/sh\nexec ${within.join(" ")} ${engine} "$@"\n`);
  await chmod(browser, 0o755);
  const studio = await startStudio(room.anchorUrl);
  const viewers = await chromium.launch({ executablePath: browser, args: [...viewerArguments] });
  return {
    viewer: await goLive(studio, viewers, room.viewerUrl),
    breakIt: async () => {
      ip("link", "set", far, "nomaster");
      await sleep(blackoutMs);
      ip("link", "set", far, "master", bridge);
    },
    close: async () => {
      await viewers.close();
      await studio.kill();
      await room.close();
      ip("link", "del", bridge);
      ip("netns", "del", name);
    },
  };
};

const faults: Record<string, { open: () => Promise<Stage>; anewEachTime?: boolean }> = {
  workerKilled: { open: killing("worker") },
  socketCut: { open: cuttingSockets },
  roomServerKilled: { open: killing("room") },
  networkGone20s: { open: cuttingNetwork("anchor") },
  viewerNetworkGone20s: { open: cuttingNetwork("viewer") },
  // Windows that are lost again and again are a crash loop, in which the app asks before it goes on.
  rendererCrashed: { open: killing("renderer"), anewEachTime: true },
};

const { values } = parseArgs({
  options: { fault: { type: "string" }, trials: { type: "string", default: "5" } },
});
const trials = Number(values.trials);
const chosen = Object.entries(faults).filter(([name]) => (values.fault ?? name) === name);
if (chosen.length === 0) throw new Error(`no such fault: ${Object.keys(faults).join(", ")}`);

/** Watches until the picture has moved long enough after `fromMs`. */
const watchUntilMoving = async (
  read: () => Promise<Shown[]>,
  fromMs: number,
): Promise<readonly Shown[]> => {
  const shown: Shown[] = [];
  let movesSinceMs: number | undefined;
  while (Date.now() < fromMs + limitMs) {
    await sleep(200);
    for (const frame of await read()) {
      const before = shown.at(-1)?.atMs ?? 0;
      if (frame.atMs > fromMs && (movesSinceMs === undefined || frame.atMs - before > 500))
        movesSinceMs = frame.atMs;
      shown.push(frame);
    }
    const newestMs = shown.at(-1)?.atMs ?? 0;
    const still = Date.now() - newestMs > 500;
    if (!still && movesSinceMs !== undefined && Date.now() - movesSinceMs > movingMs) return shown;
  }
  throw new Error("the picture did not come back");
};

const runTrial = async (stage: Stage, read: () => Promise<Shown[]>) => {
  await sleep(steadyMs);
  const before = await read();
  const faultMs = Date.now();
  await stage.breakIt();
  const countsFromMs = Date.now();
  // What broke late would still count: a fault shows within a second.
  await sleep(1_000);
  const shown = [...before, ...(await watchUntilMoving(read, countsFromMs))];
  const gap = longestGap(shown, faultMs);
  return {
    recoverySeconds: Math.max(0, gap.endedMs - countsFromMs) / 1_000,
    gapSeconds: (gap.endedMs - gap.beganMs) / 1_000,
  };
};

const round = (value: number) => Math.round(value * 100) / 100;
const results: Record<string, object> = {};
for (const [name, { open, anewEachTime }] of chosen) {
  const measured: { recoverySeconds: number; gapSeconds: number }[] = [];
  let stage: Stage | undefined;
  try {
    let record: Awaited<ReturnType<typeof recordStamps>> | undefined;
    for (let trial = 1; trial <= trials; trial += 1) {
      if (!stage || !record || anewEachTime) {
        await stage?.close();
        stage = await open();
        record = await recordStamps(stage.viewer, "[data-testid=watch-video]");
      }
      const result = await runTrial(stage, record.read);
      measured.push(result);
      console.log(
        `${name} trial ${trial}: back after ${result.recoverySeconds.toFixed(2)} s, ` +
          `${result.gapSeconds.toFixed(2)} s without a new frame`,
      );
    }
  } finally {
    await stage?.close();
  }
  const recoveries = measured.map(({ recoverySeconds }) => recoverySeconds);
  results[name] = {
    recoverySecondsMedian: round(quantile(recoveries, 0.5)),
    recoverySecondsMax: round(Math.max(...recoveries)),
    programmeGapSecondsMax: round(Math.max(...measured.map(({ gapSeconds }) => gapSeconds))),
  };
}
await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
console.log(
  JSON.stringify({
    faults: results,
    trials,
    loadAverage1Min: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }),
);
