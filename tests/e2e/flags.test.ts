// A moderator flags a message for the anchor: from the key, over a restart of the app, until the anchor has read it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChatWindow } from "./chat-window.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { inviteModerator } from "./invite-moderator.ts";
import { findFreePort, launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer } from "./viewer.ts";

const userDataDir = mkdtempSync(join(tmpdir(), "anchor-flags-"));
let roomPort = 0;
let studio: StudioApp;
let browser: Browser;
let viewer: Page;
let moderator: Page;

const launch = () =>
  launchStudio({
    userDataDir,
    roomPort,
    document: testDocument([testPattern]),
    settings: testSettings,
  });
beforeAll(async () => {
  roomPort = await findFreePort();
  studio = await launch();
  browser = await launchViewers();
  ({ page: viewer } = await openViewer(browser, studio.viewerUrl));
  const link = await inviteModerator(studio, "小李");
  // By Escape a tooltip under the pointer would go first.
  await studio.page.getByRole("dialog").getByRole("button", { name: "关闭" }).first().click();
  const context = await browser.newContext({
    viewport: { width: 460, height: 760 },
    locale: "zh-CN",
  });
  moderator = await context.newPage();
  await moderator.goto(link);
  await moderator.getByPlaceholder("以房管身份发言").waitFor();
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
  rmSync(userDataDir, { recursive: true, force: true });
});

const waiting = (page: Page, count: number) =>
  page.getByRole("status", { name: `${count} 条消息等主播看` });
const mark = (page: Page) => page.getByRole("log").getByRole("img", { name: "已标记给主播" });
const bigType = (page: Page) => page.getByRole("dialog", { name: "大字视图" });

it("appears in the anchor's big type on the anchor's machine, with who flagged it", async () => {
  await viewer.getByTestId("chat-input").fill("主播的猫叫什么？");
  await viewer.getByTestId("chat-send").click();
  await moderator.getByRole("log").getByText("主播的猫叫什么？").waitFor();
  await moderator.keyboard.press("j");
  await moderator.keyboard.press("f");
  await waiting(moderator, 1).waitFor();
  const chat = await openChatWindow(studio);
  await waiting(chat, 1).waitFor();
  await chat.keyboard.press("v");
  await bigType(chat).getByText("主播的猫叫什么？").waitFor();
  await bigType(chat).getByText("小李 标记").waitFor();
  for (const page of [moderator, studio.page]) await mark(page).waitFor();
});

it("is still there after the app has crashed, and goes everywhere once the anchor has read it", async () => {
  await studio.kill();
  studio = await launch();
  const chat = await openChatWindow(studio);
  await waiting(chat, 1).waitFor();
  await moderator.getByText("连接已断开").waitFor({ state: "detached" });
  await waiting(moderator, 1).waitFor();
  await chat.keyboard.press("v");
  await bigType(chat).getByText("主播的猫叫什么？").waitFor();
  await chat.keyboard.press("f");
  await bigType(chat).getByText("没有需要看的消息").waitFor();
  await waiting(moderator, 1).waitFor({ state: "detached" });
  await mark(moderator).waitFor({ state: "detached" });
  await moderator.keyboard.press("Escape");
  await moderator.getByRole("log").getByText("处理了").waitFor();
  await chat.keyboard.press("Escape");
  await bigType(chat).waitFor({ state: "detached" });
  await chat.keyboard.press("m");
  const room = chat.getByRole("dialog");
  await room.getByText("日志", { exact: true }).click();
  await room.getByText(/处理了 .+ 被标记的消息/).waitFor();
  await room.getByText(/给主播标记了/).waitFor();
});

it("is nothing that a viewer ever sees", async () => {
  expect(await viewer.getByText("标记").count()).toBe(0);
  expect(await mark(viewer).count()).toBe(0);
  const context = await browser.newContext();
  const page = await context.newPage();
  const frames: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => frames.push(payload.toString()));
  });
  await page.goto(studio.viewerUrl);
  await page.getByTestId("chat-line").filter({ hasText: "主播的猫叫什么？" }).waitFor();
  const info = frames.find((frame) => frame.includes('"roomId"'));
  expect(info).toContain('"flagged":null');
  expect(frames.filter((frame) => frame.includes("flagMessage"))).toEqual([]);
});
