import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { alerts, colour, testDocument, testSettings } from "./fixtures.ts";
import { readLedger } from "./ledger-rows.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, samplePicture, waitForPicture } from "./viewer.ts";

const size = { width: 640, height: 360 };
let studio: StudioApp;
let viewers: Browser;

beforeAll(async () => {
  const document = testDocument([colour("background", "#204060", { x: 0, y: 0, ...size }), alerts]);
  studio = await launchStudio({ document, settings: testSettings });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
});

/** How many of 40x22 points of the viewer's picture are not the background. */
const countForeign = async (page: Parameters<typeof samplePicture>[0]): Promise<number> => {
  const points = Array.from({ length: 40 * 22 }, (_, i) => ({
    x: 8 + (i % 40) * 16,
    y: 8 + Math.floor(i / 40) * 16,
  }));
  const colours = await samplePicture(page, size, points);
  return colours.filter((rgb) =>
    rgb.some((value, i) => Math.abs(value - [0x20, 0x40, 0x60][i]!) > 30),
  ).length;
};

it("thanks a viewer's gift in the ledger, the feed and every viewer's picture", async () => {
  const sender = await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 });
  const other = await openViewer(viewers, studio.viewerUrl);
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await Promise.all([waitForPicture(sender.page), waitForPicture(other.page)]);
  // The first pictures of a show may be from before it was composed.
  await waitFor("the background alone", async () => (await countForeign(other.page)) === 0);

  await sender.page.getByTestId("nickname").click();
  await sender.page.getByTestId("nickname-input").fill("夜航星");
  await sender.page.getByTestId("nickname-save").click();
  await sender.page.getByTestId("gifts-open").click();
  // A dear gift asks once more.
  await sender.page.getByTestId("gift-rocket").click();
  await sender.page.getByTestId("gift-rocket").click();

  await waitFor(
    "the alert in the other viewer's picture",
    async () => (await countForeign(other.page)) > 40,
  );
  const gifts = await waitFor("the ledger's entry", () => {
    const rows = readLedger(studio.userDataDir).filter(({ type }) => type === "gift");
    return rows.length > 0 && rows;
  });
  expect(gifts).toHaveLength(1);
  expect(gifts[0]).toMatchObject({ gift_count: 1 });
  expect(gifts[0]!.gift_coins).toBeGreaterThan(0);
  await studio.page.getByText("夜航星").first().waitFor();
  await other.page.getByTestId("gift-line").filter({ hasText: "夜航星" }).waitFor();

  // It goes again by itself.
  await waitFor("the alert to end", async () => (await countForeign(other.page)) === 0, 30_000);
});

it("holds alerts back while they are paused, and ends one that is skipped", async () => {
  const viewer = await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 });
  await waitForPicture(viewer.page);
  const controls = studio.page.getByRole("region", { name: "礼物提醒" });
  await controls.getByRole("button", { name: /^暂停提醒/ }).click();
  await viewer.page.getByTestId("gifts-open").click();
  await viewer.page.getByTestId("gift-heart").click();
  await controls.getByText("1 条等待").waitFor();
  expect(await countForeign(viewer.page)).toBe(0);
  await controls.getByRole("button", { name: "继续播放提醒" }).click();
  await waitFor("the alert", async () => (await countForeign(viewer.page)) > 10);
  await controls.getByRole("button", { name: /^跳过/ }).click();
  await waitFor("the alert to end", async () => (await countForeign(viewer.page)) === 0);
});

it("carries chat both ways, and refuses a gift that the wallet cannot pay", async () => {
  const viewer = await openViewer(viewers, studio.viewerUrl);
  await viewer.page.getByTestId("chat-input").fill("主播你好");
  await viewer.page.getByTestId("chat-send").click();
  await studio.page.getByText("主播你好").waitFor();
  await studio.page.getByPlaceholder("以主播身份发言").fill("欢迎新朋友");
  await studio.page.keyboard.press("Enter");
  await viewer.page.getByTestId("chat-line").filter({ hasText: "欢迎新朋友" }).waitFor();

  const before = readLedger(studio.userDataDir).length;
  await viewer.page.getByTestId("gift-count-66").click();
  await viewer.page.getByTestId("gift-rocket").click();
  await viewer.page.getByTestId("notice").filter({ hasText: "金币不够" }).waitFor();
  expect(readLedger(studio.userDataDir)).toHaveLength(before);
});
