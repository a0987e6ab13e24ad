import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { joinUrl } from "../../preload/contract/deep-link.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { inviteModerator } from "./invite-moderator.ts";
import { readActs } from "./moderation-acts.ts";
import { launchModerator, launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer } from "./viewer.ts";

const userDataDir = mkdtempSync(join(tmpdir(), "anchor-moderators-"));
let studio: StudioApp;
let browser: Browser;

beforeAll(async () => {
  studio = await launchStudio({
    userDataDir,
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  browser = await launchViewers();
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
  rmSync(userDataDir, { recursive: true, force: true });
});

const openPage = async (url: string): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 460, height: 760 },
    locale: "zh-CN",
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
};

it("the app opened by an invitation is the chat window alone, and is out at once when removed", async () => {
  const link = await inviteModerator(studio, "小王");
  const moderator = await launchModerator(joinUrl(link));
  try {
    const input = moderator.page.getByPlaceholder("以房管身份发言");
    await input.fill("小王来了");
    await moderator.page.keyboard.press("Enter");
    await studio.page.getByText("小王来了").waitFor();
    const viewer = await openViewer(browser, studio.viewerUrl, { width: 390, height: 844 });
    await viewer.page.getByTestId("chat-input").fill("骂人的话");
    await viewer.page.getByTestId("chat-send").click();
    await moderator.page.getByRole("log").getByText("骂人的话").click();
    await moderator.page.keyboard.press("d");
    const said = viewer.page.getByTestId("chat-line").filter({ hasText: "骂人的话" });
    await said.waitFor({ state: "detached" });
    await viewer.context.close();
    expect(moderator.pages().filter((url) => url.includes("studio.html"))).toEqual([]);
    const form = studio.page.getByTestId("moderators");
    await form.getByRole("button", { name: "撤销房管" }).click();
    await studio.page.getByRole("tooltip").getByRole("button", { name: "撤销房管" }).click();
    await moderator.page.getByText("你在这个房间已不是房管。").waitFor();
  } finally {
    await moderator.close();
  }
});

it("an invitation that is pasted into another anchor's settings opens the chat beside, whose own room stays", async () => {
  const link = await inviteModerator(studio, "同行");
  const other = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  try {
    const { page } = other;
    await page.getByRole("button", { name: "设置", exact: true }).click();
    await page.getByText("通过链接", { exact: true }).click();
    const field = page.getByRole("textbox", { name: "主播链接" });
    await field.fill(link);
    await field.press("Enter");
    const chat = await waitFor("the chat window", () =>
      page
        .context()
        .pages()
        .find((each) => each.url().includes("chat.html")),
    );
    await chat.getByPlaceholder("以房管身份发言").fill("同行来帮忙");
    await chat.keyboard.press("Enter");
    await studio.page.getByText("同行来帮忙").waitFor();
    expect(await field.inputValue()).toBe("");
    const bootstrap = await page.evaluate(() =>
      window.studioBridge.request("app.getBootstrap", {}),
    );
    expect(bootstrap).toMatchObject({ value: { settings: { roomLink: null } } });
  } finally {
    await other.close();
  }
  const form = studio.page.getByTestId("moderators");
  await form.getByRole("button", { name: "撤销房管" }).click();
  await studio.page.getByRole("tooltip").getByRole("button", { name: "撤销房管" }).click();
  await form.getByRole("button", { name: "撤销房管" }).waitFor({ state: "detached" });
});

it("the anchor invites; who opens the link sees the chat and nothing else, governs, and is out at once when removed", async () => {
  const link = await inviteModerator(studio, "小李");
  const form = studio.page.getByTestId("moderators");
  expect(link).toContain("/moderate#invite=");

  const viewer = await openViewer(browser, studio.viewerUrl, { width: 390, height: 844 });
  const moderator = await openPage(link);
  await form.getByRole("img", { name: "在线" }).waitFor();
  await moderator.waitForFunction(() => window.location.hash === "");
  await viewer.page.getByTestId("chat-input").fill("骂人的话");
  await viewer.page.getByTestId("chat-send").click();
  await moderator.getByText("骂人的话").waitFor();
  expect(await moderator.getByRole("button", { name: "开播" }).count()).toBe(0);

  await moderator.getByPlaceholder("以房管身份发言").fill("请文明发言");
  await moderator.keyboard.press("Enter");
  await viewer.page.getByText("请文明发言").waitFor();

  // Used up: another browser is refused; the same one comes back without it.
  const thief = await openPage(link);
  await thief.getByText("这份邀请已经用过").waitFor();
  await moderator.reload();
  await moderator.getByText("骂人的话").waitFor();

  const ended = form.getByRole("list", { name: "以前的邀请" }).getByRole("listitem");
  await ended.filter({ hasText: "小李邀请已接受" }).waitFor();
  const revoked = await inviteModerator(studio, "小赵");
  await form.getByRole("button", { name: "收回给小赵的邀请" }).click();
  await ended.filter({ hasText: "小赵邀请已收回" }).waitFor();
  const late = await openPage(revoked);
  await late.getByRole("alert").getByText("这份邀请已经用过、被收回或过期了").waitFor();
  expect(await late.getByText("连接已断开").count()).toBe(0);

  await form.getByRole("button", { name: "撤销房管" }).click();
  await studio.page.getByRole("tooltip").getByRole("button", { name: "撤销房管" }).click();
  await moderator.getByText("你在这个房间已不是房管。").waitFor();
  await moderator.reload();
  await moderator.getByText("这份邀请已经用过").waitFor();

  await studio.close();
  expect(readActs(userDataDir)).toEqual([
    ["anchor", "inviteModerator", ""],
    ["moderator", "redeemInvitation", ""],
    ["moderator", "deleteMessage", ""],
    ["anchor", "removeModerator", ""],
    ["anchor", "inviteModerator", ""],
    ["moderator", "redeemInvitation", ""],
    ["anchor", "removeModerator", ""],
    ["anchor", "inviteModerator", ""],
    ["moderator", "redeemInvitation", ""],
    ["anchor", "inviteModerator", ""],
    ["anchor", "revokeInvitation", ""],
    ["anchor", "removeModerator", ""],
  ]);
});
