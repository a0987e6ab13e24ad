/**
 * From composed frame to the viewer's decoded frame: the studio in turns with a bare page that publishes the same
 * stamped picture with the same codec, size and bitrate through the same SFU. Everything on this machine.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { createServer } from "vite";
import WebSocket from "ws";
import { decodeRpc, encodeRpc } from "../../preload/contract/rpc.ts";
import { testDocument, testPattern, testSettings } from "../e2e/fixtures.ts";
import { collectStamps, quantile } from "../e2e/stamps.ts";
import { launchStudio, waitFor } from "../e2e/studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "../e2e/viewer.ts";

const turns = 5;
const warmUpMs = 6_000;
const measuredMs = 10_000;
const root = resolve(import.meta.dirname, "../..");

const startRoom = async (dataDir: string) => {
  const room: ChildProcess = spawn(
    process.execPath,
    [join(root, "out/main/room-server.js"), "--data", dataDir, "--port", "0", "--media-port", "0"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let output = "";
  room.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const anchorUrl = await waitFor("the room", () => /https?:\/\/\S+#anchor=\S+/.exec(output)?.[0]);
  const viewerUrl = new URL("/", anchorUrl).href;
  return { room, anchorUrl, viewerUrl };
};

/** The address for one media connection of the anchor. */
const mediaUrl = async (anchorUrl: string): Promise<string> => {
  const url = new URL(anchorUrl);
  const base = `ws://${url.host}/?roomId=main`;
  const token = new URLSearchParams(url.hash.slice(1)).get("anchor") ?? "";
  const socket = new WebSocket(`${base}&peerId=bench&token=${encodeURIComponent(token)}`, "protoo");
  const answer = await new Promise<{ token: string }>((done, failed) => {
    socket.on("error", failed);
    socket.on("open", () =>
      socket.send(encodeRpc({ type: "request", id: 1, method: "createMediaToken", data: {} })),
    );
    socket.on("message", (data: Buffer) => {
      const frame = decodeRpc(data.toString());
      if (frame?.type === "success") done(frame.data as { token: string });
      if (frame?.type === "failure") failed(new Error(frame.errorReason));
    });
  });
  socket.close();
  return `${base}&peerId=bare&token=${encodeURIComponent(answer.token)}`;
};

const measure = async (viewers: Browser, viewerUrl: string): Promise<number[]> => {
  const viewer = await openViewer(viewers, viewerUrl);
  await waitForPicture(viewer.page);
  await viewer.page.waitForTimeout(warmUpMs);
  const { frames } = await collectStamps(viewer.page, "[data-testid=watch-video]", measuredMs);
  await viewer.context.close();
  return frames.map(({ ageMs }) => ageMs);
};

const dataDir = await mkdtemp(join(tmpdir(), "anchor-bench-"));
const { room, anchorUrl, viewerUrl } = await startRoom(join(dataDir, "room"));
const server = await createServer({
  configFile: false,
  root,
  logLevel: "error",
  cacheDir: join(dataDir, "vite"),
  server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
});
await server.listen();
const pageUrl = new URL("tests/bench/bare-publisher.html", server.resolvedUrls?.local[0]).href;
const viewers = await launchViewers();

const measureStudio = async (): Promise<number[]> => {
  const studio = await launchStudio({
    userDataDir: join(dataDir, "studio"),
    document: testDocument([testPattern]),
    settings: { ...testSettings, roomLink: anchorUrl },
  });
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  const ages = await measure(viewers, viewerUrl);
  await studio.close();
  return ages;
};

const measureBare = async (): Promise<number[]> => {
  const publisher = await launchViewers();
  const page = await publisher.newPage();
  await page.goto(pageUrl);
  await page.waitForFunction(() => "publish" in window);
  await page.evaluate(
    (options) => (window as unknown as { publish(o: unknown): Promise<void> }).publish(options),
    { url: await mediaUrl(anchorUrl), width: 640, height: 360, fps: 30, bitrateBps: 800_000 },
  );
  const ages = await measure(viewers, viewerUrl);
  await publisher.close();
  return ages;
};

const studioAges: number[][] = [];
const bareAges: number[][] = [];
// A B B A A B …, so that a drift of the machine meets both alike.
for (let turn = 0; turn < turns; turn += 1) {
  const order = turn % 2 === 0 ? [measureStudio, measureBare] : [measureBare, measureStudio];
  for (const run of order) {
    const ages = await run();
    (run === measureStudio ? studioAges : bareAges).push(ages);
    console.log(
      `${run === measureStudio ? "studio" : "bare  "} turn ${turn + 1}: ${ages.length} frames, ` +
        `p50 ${quantile(ages, 0.5).toFixed(1)} ms, p95 ${quantile(ages, 0.95).toFixed(1)} ms`,
    );
  }
}
await viewers.close();
await server.close();
room.kill("SIGTERM");
await rm(dataDir, { recursive: true, force: true });

const round = (value: number) => Math.round(value * 10) / 10;
const p50Ms = quantile(
  studioAges.map((ages) => quantile(ages, 0.5)),
  0.5,
);
const floorP50Ms = quantile(
  bareAges.map((ages) => quantile(ages, 0.5)),
  0.5,
);
console.log(
  JSON.stringify({
    p50Ms: round(p50Ms),
    p95Ms: round(
      quantile(
        studioAges.map((ages) => quantile(ages, 0.95)),
        0.5,
      ),
    ),
    floorP50Ms: round(floorP50Ms),
    addedP50Ms: round(p50Ms - floorP50Ms),
    turns,
    frames: studioAges.flat().length,
    loadAverage1Min: round(loadavg()[0] ?? 0),
  }),
);
