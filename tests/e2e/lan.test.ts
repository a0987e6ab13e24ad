import type { Browser } from "playwright-core";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { networkAddress, readOwnKey } from "./own-certificate.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

const address = networkAddress();
let studio: StudioApp | undefined;
let viewers: Browser | undefined;

afterEach(async () => {
  await viewers?.close();
  await studio?.close();
});

const showTo = async (app: StudioApp, browser: Browser, isSecure: boolean): Promise<void> => {
  const phone = await openViewer(browser, app.viewerUrl, { width: 390, height: 844 });
  expect(await phone.page.evaluate(() => isSecureContext)).toBe(isSecure);
  await app.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(phone.page);
  await phone.page.getByTestId("chat-input").fill("手机也能看");
  await phone.page.getByTestId("chat-send").click();
  await app.page.getByText("手机也能看").waitFor();
};

const launch = (...args: string[]): Promise<StudioApp> =>
  launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
    args: [`--room-public=${address}`, ...args],
  });

it("shows the programme to a phone that opens the LAN address, over https once its warning is answered", async () => {
  studio = await launch();
  expect(studio.viewerUrl).toContain(`https://${address}:`);
  viewers = await launchViewers(await readOwnKey(join(studio.userDataDir, "room")));
  await showTo(studio, viewers, true);
});

it("over plain http where that was asked for", async () => {
  studio = await launch("--room-plain-http");
  expect(studio.viewerUrl).toContain(`http://${address}:`);
  viewers = await launchViewers();
  await showTo(studio, viewers, false);
});
