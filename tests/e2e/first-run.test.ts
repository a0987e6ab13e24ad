import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readLedger } from "./ledger-rows.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, type Rgb, samplePicture, waitForPicture } from "./viewer.ts";

/** Pictures of every window, for people to look at. */
const artifacts = resolve(import.meta.dirname, "../artifacts");
const save = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(artifacts, `${name}.png`) });
};

let studio: StudioApp;
let viewers: Browser;

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true });
  studio = await launchStudio({ args: ["--lang=zh-CN"] });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
});

it("takes a newcomer from the first start to a thanked gift that a viewer sees, within a minute", async () => {
  const startMs = Date.now();
  await studio.page.getByText("三步上手").waitFor();
  await studio.page.setViewportSize({ width: 1440, height: 900 });
  await save(studio.page, "studio-first-run");

  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  const viewer = await openViewer(viewers, studio.viewerUrl, { width: 1440, height: 900 });
  const phone = await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 });
  await waitForPicture(viewer.page);

  const gift = await waitFor(
    "the first gift of the rehearsal audience",
    () => readLedger(studio.userDataDir).find(({ type }) => type === "gift"),
    45_000,
  );
  // The audience is a rehearsal: its gifts are shown, and never money.
  expect(gift.gift_coins).toBe(0);
  await studio.page.getByText("送出").first().waitFor();
  // The alert lies over the picture somewhere: compare with the picture when no alert is up.
  const grid = Array.from({ length: 32 * 18 }, (_, i) => ({
    x: 20 + (i % 32) * 40,
    y: 20 + Math.floor(i / 32) * 40,
  }));
  const sample = () => samplePicture(viewer.page, { width: 1280, height: 720 }, grid);
  const differing = (a: readonly Rgb[], b: readonly Rgb[]) =>
    a.filter((rgb, i) => rgb.some((value, j) => Math.abs(value - b[i]![j]!) > 40)).length;
  let before = await sample();
  await waitFor(
    "an alert to come into the viewer's picture",
    async () => {
      const now = await sample();
      const changed = differing(now, before);
      before = now;
      return changed > 12;
    },
    60_000,
  );
  expect(Date.now() - startMs).toBeLessThan(60_000);

  await studio.page.waitForTimeout(700);
  await save(studio.page, "studio-live");
  await save(viewer.page, "watch-desktop");
  await save(phone.page, "watch-phone");
  await phone.page.getByTestId("gifts-open").click();
  await phone.page.waitForTimeout(400);
  await save(phone.page, "watch-phone-gifts");
  await studio.page.setViewportSize({ width: 1280, height: 720 });
  await save(studio.page, "studio-live-1280x720");
  await studio.page.setViewportSize({ width: 1440, height: 900 });
});

it("switches to English at once, and asks before a show is ended", async () => {
  await studio.page.getByText("EN", { exact: true }).click();
  await studio.page.getByText("Sources").first().waitFor();
  await save(studio.page, "studio-live-english");
  await studio.page.getByRole("button", { name: "Settings" }).click();
  await studio.page.getByRole("dialog").waitFor();
  await save(studio.page, "studio-settings");
  await studio.page.keyboard.press("Escape");
  await studio.page.getByText("中", { exact: true }).click();

  await studio.page.getByRole("button", { name: "下播" }).click();
  const question = studio.page.getByRole("dialog");
  await question.waitFor();
  await save(studio.page, "studio-end-question");
  await question.getByRole("button", { name: "继续直播" }).click();
  await studio.page.getByRole("button", { name: "下播" }).waitFor();

  const viewer = await openViewer(viewers, studio.viewerUrl);
  await waitForPicture(viewer.page);
  await studio.page.getByRole("button", { name: "下播" }).click();
  await studio.page.getByRole("dialog").getByRole("button", { name: "下播" }).click();
  await viewer.page.locator("[data-testid=watch-state][data-state=ended]").waitFor();
  await save(viewer.page, "watch-ended");
  await studio.page.getByRole("button", { name: "开播", exact: true }).waitFor();
});

it("adds a screen from the picker", async () => {
  await studio.page.getByRole("button", { name: "添加", exact: true }).click();
  await save(studio.page, "studio-add-menu");
  await studio.page.getByRole("menuitem", { name: "屏幕", exact: true }).click();
  await studio.page.getByRole("dialog").getByRole("listitem").first().waitFor();
  await studio.page.waitForTimeout(500);
  await save(studio.page, "studio-picker");
  await studio.page.keyboard.press("Escape");
});
