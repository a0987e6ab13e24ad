// Every power of the chat window, from its key to what the viewer sees and to the room's log.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChatWindow } from "./chat-window.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { readActs } from "./moderation-acts.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer } from "./viewer.ts";

const userDataDir = mkdtempSync(join(tmpdir(), "anchor-chat-powers-"));
let studio: StudioApp;
let viewers: Browser;
let viewer: Page;
let chat: Page;

beforeAll(async () => {
  studio = await launchStudio({
    userDataDir,
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  viewers = await launchViewers();
  ({ page: viewer } = await openViewer(viewers, studio.viewerUrl));
  chat = await openChatWindow(studio);
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  rmSync(userDataDir, { recursive: true, force: true });
});

const said = (text: string) => viewer.getByTestId("chat-line").filter({ hasText: text });
const say = async (text: string): Promise<void> => {
  await chat.keyboard.press("Escape");
  await viewer.getByTestId("chat-input").fill(text);
  await viewer.getByTestId("chat-send").click();
  await said(text).waitFor();
  await chat.getByRole("log").getByText(text).first().waitFor();
};
/** Selects the newest line by the keyboard, as a moderator would. */
const select = async (): Promise<void> => {
  await chat.keyboard.press("Escape");
  await chat.keyboard.press("j");
  await chat.getByRole("toolbar").waitFor();
};

it("deletes by D, and brings back by U", async () => {
  await say("骂人的话");
  await select();
  await chat.keyboard.press("d");
  await said("骂人的话").waitFor({ state: "detached" });
  await chat.getByText(/主播.* 已删除/).waitFor();
  await chat.keyboard.press("u");
  await said("骂人的话").waitFor();
});

it("pins by P for everybody", async () => {
  await say("今晚八点抽奖");
  await select();
  await chat.keyboard.press("p");
  await viewer.getByTestId("pinned").getByText("今晚八点抽奖").waitFor();
  // The window hears of it by its own way.
  await chat.getByRole("toolbar").getByRole("button", { name: "取消置顶" }).waitFor();
  await chat.keyboard.press("p");
  await viewer.getByTestId("pinned").waitFor({ state: "detached" });
});

it("warns by W, and the viewer has to read it", async () => {
  await select();
  await chat.keyboard.press("w");
  await chat.getByRole("dialog").getByRole("textbox").fill("请文明发言");
  await chat.keyboard.press("Enter");
  await viewer.getByRole("alertdialog").getByText("请文明发言").waitFor();
  await viewer.getByTestId("warning-read").click();
  await viewer.getByRole("alertdialog").waitFor({ state: "detached" });
});

it("times out by T with what is left told, and lifts it by U", async () => {
  await select();
  await chat.keyboard.press("t");
  await chat.getByRole("dialog").getByRole("textbox").fill("刷屏");
  await chat.keyboard.press("Enter");
  const silence = viewer.getByTestId("silence");
  await silence.getByText(/还剩 9 分 \d+ 秒.*刷屏/).waitFor();
  await chat.keyboard.press("u");
  await silence.waitFor({ state: "detached" });
});

it("times out for an own while in whole minutes or hours, and says where that is none", async () => {
  await select();
  await chat.keyboard.press("t");
  const dialog = chat.getByRole("dialog");
  await dialog.getByRole("radio", { name: "10分钟" }).waitFor({ state: "attached" });
  // From the reason back to the durations, and on to the own one.
  await chat.keyboard.press("Shift+Tab");
  for (let step = 0; step < 3; step += 1) await chat.keyboard.press("ArrowRight");
  const amount = dialog.getByRole("spinbutton", { name: "自定时长" });
  const perform = dialog.getByRole("button", { name: "禁言", exact: true });
  await amount.fill("20161");
  await dialog.getByRole("alert").getByText("请输入 1 到 20,160 之间的整数（分钟）。").waitFor();
  expect(await perform.isDisabled()).toBe(true);
  await amount.fill("2.5");
  await dialog.getByRole("alert").waitFor();
  await chat.keyboard.press("Enter");
  expect(await dialog.isVisible()).toBe(true);
  await dialog.getByText("小时", { exact: true }).click();
  await dialog.getByRole("alert").getByText("请输入 1 到 336 之间的整数（小时）。").waitFor();
  await amount.fill("2");
  await dialog.getByRole("alert").waitFor({ state: "detached" });
  await amount.press("Enter");
  await dialog.waitFor({ state: "detached" });
  const silence = viewer.getByTestId("silence");
  await silence.getByText(/还剩 1 小时 59 分/).waitFor();
  await chat.keyboard.press("Escape");
  await chat
    .getByRole("log")
    .getByText(/禁言 2 小时/)
    .waitFor();
  await chat.keyboard.press("u");
  await silence.waitFor({ state: "detached" });
});

it("sets the room's rules, blocks words, announces and shows who did what", async () => {
  await chat.keyboard.press("Escape");
  await chat.keyboard.press("m");
  const room = chat.getByRole("dialog");
  await room.getByRole("switch", { name: "全员禁言" }).click();
  await viewer.getByTestId("silence").getByText("全员禁言中").waitFor();
  await room.getByRole("switch", { name: "全员禁言" }).click();
  await viewer.getByTestId("silence").waitFor({ state: "detached" });
  await room.getByRole("textbox", { name: "对所有人说的话" }).fill("欢迎新朋友");
  await chat.keyboard.press("Enter");
  await said("欢迎新朋友").waitFor();

  await room.getByText("屏蔽词", { exact: true }).click();
  await room.getByRole("textbox").fill("坏词");
  await chat.keyboard.press("Enter");
  await room.getByText("坏词", { exact: true }).waitFor();

  await room.getByText("日志", { exact: true }).click();
  for (const words of [
    /修改了屏蔽词/,
    /发布了公告/,
    /全员禁言/,
    /禁言 10 分钟/,
    /警告了/,
    /置顶了/,
  ])
    await room.getByText(words).first().waitFor();
  await chat.keyboard.press("Escape");
  await room.waitFor({ state: "detached" });

  await viewer.getByTestId("chat-input").fill("一个 坏 词");
  await viewer.getByTestId("chat-send").click();
  await viewer.getByTestId("notice").filter({ hasText: "不允许的词" }).waitFor();
});

it("shows a person's card with all that was done", async () => {
  await chat.keyboard.press("k");
  while (!(await chat.getByRole("toolbar").getByRole("button", { name: "封禁" }).isVisible()))
    await chat.keyboard.press("k");
  await chat.keyboard.press("c");
  const card = chat.getByRole("dialog");
  await card.getByText(/警告了/).waitFor();
  await card.getByRole("textbox", { name: /备注/ }).fill("老观众");
  await chat.keyboard.press("Enter");
  await card.getByText(/加了备注“老观众”/).waitFor();
  await chat.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
});

it("bans by B for good, also after a reload", async () => {
  await chat.keyboard.press("b");
  await chat.getByRole("dialog").getByRole("textbox").fill("屡次刷屏");
  await chat.keyboard.press("Enter");
  await viewer.getByText("你已被移出直播间", { exact: true }).waitFor();
  await viewer.getByText("屡次刷屏").waitFor();
  await viewer.reload();
  await viewer.getByText("你已被移出直播间", { exact: true }).waitFor();
  expect(await viewer.getByTestId("chat-line").count()).toBe(0);
});

it("lets in again by the card who is unbanned", async () => {
  await chat.keyboard.press("c");
  const card = chat.getByRole("dialog");
  await card.getByText(/已被 .+ 封禁/).waitFor();
  await card.getByRole("button", { name: "解封" }).click();
  await card.getByText(/解封了/).waitFor();
  await viewer.reload();
  await viewer.getByTestId("chat-input").fill("我回来了");
  await viewer.getByTestId("chat-send").click();
  await said("我回来了").waitFor();
});

it("all of it is in the room's log, and why", async () => {
  await studio.close();
  expect(readActs(userDataDir)).toEqual(
    [
      ["deleteMessage"],
      ["undo deleteMessage"],
      ["pinMessage"],
      ["unpinMessage"],
      ["warn", "请文明发言"],
      ["timeOut 600 s", "刷屏"],
      ["undo timeOut"],
      ["timeOut 7200 s"],
      ["undo timeOut"],
      ["setRules muteAll=true"],
      ["setRules muteAll=false"],
      ["announce"],
      ["changeBlockedWords"],
      ["addNote"],
      ["ban", "屡次刷屏"],
      ["unban"],
    ].map(([act, reason = ""]) => ["anchor", act, reason]),
  );
});
