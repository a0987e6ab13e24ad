import { networkInterfaces } from "node:os";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

const address = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry && !entry.internal && entry.family === "IPv4")?.address;

let studio: StudioApp;
let viewers: Browser;

beforeAll(async () => {
  if (!address) throw new Error("this machine has no network address but loopback");
  studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
    args: [`--room-public=${address}`],
  });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
});

it("shows the programme to a phone that opens the LAN address over plain http", async () => {
  expect(studio.viewerUrl).toContain(`http://${address}:`);
  const phone = await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 });
  expect(await phone.page.evaluate(() => isSecureContext)).toBe(false);
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(phone.page);
  await phone.page.getByTestId("chat-input").fill("手机也能看");
  await phone.page.getByTestId("chat-send").click();
  await studio.page.getByText("手机也能看").waitFor();
});
