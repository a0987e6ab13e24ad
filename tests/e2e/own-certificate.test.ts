// A public room with a certificate of its own: the app goes live into it by the fingerprint of its link, a browser whose
// warning was answered watches, a moderator acts from a page, and a link with another fingerprint leads nowhere.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { inviteModerator } from "./invite-moderator.ts";
import { networkAddress, readOwnKey } from "./own-certificate.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

const dataDir = mkdtempSync(join(tmpdir(), "anchor-own-certificate-"));
let room: ChildProcess;
let output = "";
let anchorUrl: string;
let viewerUrl: string;
let studio: StudioApp | undefined;
let viewers: Browser;

const launch = (roomLink: string) =>
  launchStudio({
    document: testDocument([testPattern]),
    settings: { ...testSettings, roomLink },
  });
beforeAll(async () => {
  // As `npm run room -- --public ADDRESS` starts it.
  room = spawn(
    process.execPath,
    [
      resolve(import.meta.dirname, "../../out/main/room-server.js"),
      "--public",
      networkAddress(),
      "--port=0",
      "--media-port=0",
      `--data=${dataDir}`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  room.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const linkOf = (name: string) => new RegExp(`${name}\\S* .*?(https://\\S+)`).exec(output)?.[1];
  anchorUrl = await waitFor("the anchor's link", () => linkOf("Anchor link"));
  viewerUrl = await waitFor("the viewers' link", () => linkOf("Viewer link"));
  viewers = await launchViewers(await readOwnKey(dataDir));
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  const ended = new Promise((done) => room.once("exit", done));
  room.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
});

it("a link with another fingerprint is refused before anything is sent", async () => {
  studio = await launch(anchorUrl.replace(/fp=.*/, `fp=${"A".repeat(43)}`));
  await studio.page.getByText("房间连接失败").first().waitFor();
  await studio.page.getByText(/证书/).first().waitFor();
  await studio.close();
  studio = undefined;
});

it("the programme reaches a browser, over the pinned relay", async () => {
  studio = await launch(anchorUrl);
  const { page } = studio;
  await page.getByText(viewerUrl).waitFor();
  await page.getByRole("button", { name: "观众的浏览器会警告一次" }).click();
  await page.getByText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "开播", exact: true }).click();
  const viewer = await openViewer(viewers, viewerUrl);
  await waitForPicture(viewer.page);
  expect(await viewer.page.evaluate(() => isSecureContext)).toBe(true);
  // Still moving: nothing stops once the first picture is there.
  await waitForPicture(viewer.page);
  await viewer.page.getByTestId("chat-input").fill("加密了也能看");
  await viewer.page.getByTestId("chat-send").click();
  await page.getByText("加密了也能看").waitFor();

  const link = await inviteModerator(studio, "小李");
  await page.getByText(/浏览器第一次打开会警告一次/).waitFor();
  expect(new URL(link).protocol).toBe("https:");
  const moderator = await openViewer(viewers, link, { width: 460, height: 760 });
  await moderator.page.getByRole("log").getByText("加密了也能看").waitFor();
  await moderator.page.keyboard.press("j");
  await moderator.page.keyboard.press("d");
  await viewer.page.getByTestId("chat-line").waitFor({ state: "detached" });
});

it("a browser that takes a page and refuses its socket, as iPhones do, says what to do", async () => {
  const context = await viewers.newContext({ locale: "zh-CN", ignoreHTTPSErrors: true });
  await context.addInitScript(() => {
    const Usual = WebSocket;
    window.WebSocket = class extends Usual {
      constructor(_url: string | URL, protocols?: string | string[]) {
        // Nobody listens there.
        super("wss://127.0.0.1:1/", protocols);
      }
    };
  });
  const page = await context.newPage();
  await page.goto(viewerUrl);
  await page.getByText("这个浏览器连不上直播间").waitFor();
  await page.getByText(/请换个浏览器或设备/).waitFor();
  await page.goto(new URL("moderate", viewerUrl).href);
  await page
    .getByRole("alert")
    .getByText(/请换个浏览器或设备/)
    .waitFor();
  await context.close();
});

it("a browser that has not been told to go on does not", async () => {
  const strangers = await launchViewers();
  try {
    const page = await strangers.newPage();
    await expect(page.goto(viewerUrl)).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);
  } finally {
    await strangers.close();
  }
});
