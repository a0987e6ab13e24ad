import { mkdtemp, readFile, rm } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { PainterVerdict } from "../../main/storage/painter-verdict.ts";
import { alerts, colour, testDocument, testPattern, testSettings } from "./fixtures.ts";
import { collectStamps } from "./stamps.ts";
import { launchStudio, type StudioApp, type StudioOptions, waitFor } from "./studio-app.ts";
import {
  isNear,
  launchViewers,
  openViewer,
  type Rgb,
  samplePicture,
  waitForPicture,
} from "./viewer.ts";

const size = { width: 640, height: 360 };
const box = { x: 420, y: 60, width: 160, height: 120 };
const document = testDocument([
  testPattern,
  {
    ...colour("green", "#00b140", box),
    filters: [
      {
        id: "key",
        kind: "chromaKey",
        enabled: true,
        colour: "#00b140",
        similarity: 0.1,
        smoothness: 0.1,
        spill: 0.1,
      },
    ],
  },
  colour("orange", "#e08020", { x: 40, y: 200, width: 120, height: 80 }),
  alerts,
]);
/** Chromium's own software, which is a GPU to everybody who does not ask for its name. */
const softwareGpu = ["--use-angle=swiftshader", "--ignore-gpu-blocklist"];

let viewers: Browser;
let studio: StudioApp | undefined;
let profile: string;

beforeAll(async () => {
  viewers = await launchViewers();
  profile = await mkdtemp(join(tmpdir(), "anchor-painter-"));
});
afterEach(async () => {
  await studio?.close();
  studio = undefined;
});
afterAll(async () => {
  await viewers?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

const launch = async (options: StudioOptions): Promise<StudioApp> => {
  studio = await launchStudio({
    document,
    settings: testSettings,
    chromiumArgs: softwareGpu,
    ...options,
  });
  return studio;
};

const orange: Rgb = [0xe0, 0x80, 0x20];
const seesOrange = async (page: Page): Promise<boolean> => {
  const [seen] = await samplePicture(page, size, [{ x: 100, y: 240 }]);
  return seen !== undefined && isNear(seen, orange, 40);
};

/** The GPU process of this app's Chromium. */
const gpuProcess = (userDataDir: string): number | undefined => {
  const all = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 1 << 26 });
  const line = all
    .split("\n")
    .find((each) => each.includes("--type=gpu-process") && each.includes(userDataDir));
  return line === undefined ? undefined : Number.parseInt(line, 10);
};

it("composes on the GPU where that is asked for, and goes on by itself when the GPU process is killed", async () => {
  const { page, viewerUrl, userDataDir, output } = await launch({ painter: "webgl" });
  await page.getByText("显卡合成", { exact: true }).waitFor();
  await page.getByRole("button", { name: "开播", exact: true }).click();
  const viewer = await openViewer(viewers, viewerUrl);
  await waitForPicture(viewer.page);
  await waitFor("the picture at the viewer's", () => seesOrange(viewer.page));
  // What is keyed out shows the test pattern's bars behind it.
  const [behind] = await samplePicture(viewer.page, size, [{ x: 500, y: 120 }]);
  expect(isNear(behind!, [0, 0xb1, 0x40], 60)).toBe(false);

  const pid = await waitFor("the GPU process", () => gpuProcess(userDataDir));
  process.kill(pid, "SIGKILL");
  const killedMs = Date.now();
  await waitFor("another GPU process", () => {
    const next = gpuProcess(userDataDir);
    return next !== undefined && next !== pid;
  });
  await waitFor(
    "new pictures at the viewer's",
    async () => {
      const { frames } = await collectStamps(viewer.page, "[data-testid=watch-video]", 1_000);
      const composedMs = (frame: { atMs: number; ageMs: number }) => frame.atMs - frame.ageMs;
      return frames.some((frame) => composedMs(frame) > killedMs + 4_000);
    },
    60_000,
  );
  expect(await seesOrange(viewer.page)).toBe(true);
  await page.getByText("显卡合成", { exact: true }).waitFor();
  await page.getByRole("button", { name: "下播" }).waitFor();
  expect(output()).not.toContain("Chromium has ended");
  const log = await readFile(join(userDataDir, "logs/studio.log"), "utf8");
  expect(log).toContain('"type":"GPU"');
});

it("says so where there is no GPU to be had, and composes on the CPU", async () => {
  const { page } = await launch({ painter: "webgl", chromiumArgs: ["--disable-3d-apis"] });
  await page.getByText("显卡出错，已改用 CPU").waitFor();
  const { frames } = await collectStamps(page, "video", 2_000);
  expect(frames.length).toBeGreaterThan(5);
});

it("finds out once that the GPU is software, offers one restart, and starts without acceleration then", async () => {
  const { page, output, attach } = await launch({ painter: "probe", userDataDir: profile });
  const readVerdict = async () =>
    PainterVerdict.parse(JSON.parse(await readFile(join(profile, "painter.json"), "utf8")));
  const offer = page.getByRole("alert").filter({ hasText: "重启一次主播台" });
  await offer.waitFor();
  await page.getByText("CPU 合成", { exact: true }).waitFor();
  const verdict = await readVerdict();
  expect(verdict.painter).toBe("cpu");
  expect(verdict.renderer).toContain("SwiftShader");

  // Never on air.
  await page.getByRole("button", { name: "开播", exact: true }).click();
  await page.getByRole("button", { name: "下播" }).waitFor();
  expect(await offer.count()).toBe(0);
  await page.getByRole("button", { name: "下播" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "下播" }).click();

  await offer.getByRole("button", { name: "立即重启" }).click();
  await waitFor("the second start", () => output().match(/^studio: open/gm)?.length === 2);
  const again = await attach();
  await again.getByText("CPU 合成", { exact: true }).waitFor();
  const commandLine = execFileSync("ps", ["-eo", "args="], { encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .find((line) => line.includes(profile) && line.includes("--remote-debugging-pipe"));
  expect(commandLine).toContain("--disable-gpu");
  await again.waitForTimeout(2_000);
  expect(await again.getByRole("alert").count()).toBe(0);
  expect(await readVerdict()).toEqual(verdict);
});
