import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { readLedger } from "./ledger-rows.ts";
import { killProcess } from "./processes.ts";
import { recordStamps } from "./stamp-record.ts";
import { findFreePort, launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

let studio: StudioApp;
let viewers: Browser;
let viewer: Page;
let shown: Awaited<ReturnType<typeof recordStamps>>;
let before: ReturnType<typeof keptOnDisk>;

const gifts = () => readLedger(studio.userDataDir).filter(({ type }) => type === "gift");
const keptOnDisk = () => ({
  document: readFileSync(join(studio.userDataDir, "document.json"), "utf8"),
  gifts: gifts(),
  sinceMs: z
    .object({ sinceMs: z.number() })
    .parse(JSON.parse(readFileSync(join(studio.userDataDir, "show.json"), "utf8"))).sinceMs,
});

/** What the picture area of the viewer's page has said since it was asked last. */
const statesSeen = (): Promise<string[]> =>
  viewer.evaluate(() => {
    const kept = window as unknown as { states?: string[] };
    const seen = kept.states ?? [];
    kept.states = [];
    return seen;
  });

/** Ten frames that were composed after `faultMs` have reached the viewer's screen. */
const pictureIsBack = async (faultMs: number): Promise<void> => {
  let fresh = 0;
  await waitFor(
    "the picture to come back by itself",
    async () => {
      fresh += (await shown.read()).filter(({ composedAtMs }) => composedAtMs > faultMs).length;
      return fresh >= 10;
    },
    40_000,
  );
};

const breakIt = async (fault: () => Promise<unknown> | void): Promise<void> => {
  await statesSeen();
  const faultMs = Date.now();
  await fault();
  await pictureIsBack(faultMs);
};

beforeAll(async () => {
  studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
    roomPort: await findFreePort(),
  });
  viewers = await launchViewers();
  ({ page: viewer } = await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 }));
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
  shown = await recordStamps(viewer, "[data-testid=watch-video]");
  await viewer.evaluate(() => {
    const stage = document.querySelector<HTMLElement>("[data-testid=watch-state]");
    const kept = window as unknown as { states: string[] };
    kept.states = [];
    new MutationObserver(() => kept.states.push(stage?.dataset["state"] ?? "")).observe(stage!, {
      attributeFilter: ["data-state"],
    });
  });
  await viewer.getByTestId("gifts-open").click();
  await viewer.getByTestId("gift-rose").click();
  await waitFor("the gift in the ledger", () => gifts().length === 1);
  before = keptOnDisk();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.kill();
});

it.each(["worker", "room"] as const)("comes back by itself when the %s is killed", async (kind) => {
  await breakIt(() => killProcess(studio.process.pid!, kind));
  const seen = await statesSeen();
  expect(seen.at(-1)).toBe("live");
  expect(seen).toContain("reconnecting");
  expect(seen).not.toContain("ended");
  await studio.page.getByText("直播中", { exact: true }).waitFor();
  expect(keptOnDisk()).toEqual(before);
});

it("goes on as the same show when the studio's window crashes", async () => {
  await breakIt(() => killProcess(studio.process.pid!, "renderer"));
  const seen = await statesSeen();
  expect(seen).toContain("reconnecting");
  expect(seen).not.toContain("ended");
  const page = await studio.attach();
  await page.getByText("直播中", { exact: true }).waitFor();
  expect(keptOnDisk()).toEqual(before);
});

it("offers to go on with the show when the app was killed, and nothing after the show has ended", async () => {
  const { userDataDir } = studio;
  const roomPort = Number(new URL(studio.viewerUrl).port);
  const again = () => launchStudio({ userDataDir, roomPort });
  await breakIt(async () => {
    await studio.kill();
    studio = await again();
    expect(keptOnDisk()).toEqual(before);
    const offer = studio.page.getByRole("dialog").filter({ hasText: "上次的直播没有结束" });
    await offer.getByRole("button", { name: "继续这场直播" }).click();
  });
  expect(await statesSeen()).not.toContain("ended");
  await studio.page.getByText("直播中", { exact: true }).waitFor();
  expect(keptOnDisk()).toEqual(before);

  await studio.page.getByRole("button", { name: "下播", exact: true }).click();
  await studio.page.getByRole("dialog").getByRole("button", { name: "下播", exact: true }).click();
  await viewer.locator("[data-testid=watch-state][data-state=ended]").waitFor();
  expect(existsSync(join(userDataDir, "show.json"))).toBe(false);
  expect(gifts()).toEqual(before.gifts);
});
