import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChatWindow } from "./chat-window.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { inviteModerator } from "./invite-moderator.ts";
import { readActs } from "./moderation-acts.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer } from "./viewer.ts";

const userDataDir = mkdtempSync(join(tmpdir(), "anchor-powers-"));
let studio: StudioApp;
let browser: Browser;
let anchor: Page;
let moderator: Page;
let viewer: Page;
let other: Page;

const phone = { width: 390, height: 844 };

beforeAll(async () => {
  studio = await launchStudio({
    userDataDir,
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  browser = await launchViewers();
  const link = await inviteModerator(studio, "小李");
  // By Escape a tooltip under the pointer would go first.
  await studio.page.getByRole("dialog").getByRole("button", { name: "关闭" }).first().click();
  anchor = await openChatWindow(studio);
  const context = await browser.newContext({
    viewport: { width: 460, height: 760 },
    locale: "zh-CN",
  });
  moderator = await context.newPage();
  await moderator.goto(link);
  await moderator.getByPlaceholder("以房管身份发言").waitFor();
  viewer = (await openViewer(browser, studio.viewerUrl, phone)).page;
  other = (await openViewer(browser, studio.viewerUrl, phone)).page;
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
  rmSync(userDataDir, { recursive: true, force: true });
});

const say = async (text: string): Promise<void> => {
  await viewer.getByTestId("chat-input").fill(text);
  await viewer.getByTestId("chat-send").click();
  await other.getByText(text).waitFor();
};
/** Follows the chat to its end, selects the line of `text` and presses `key`. */
const press = async (page: Page, text: string, key: string): Promise<void> => {
  await page.keyboard.press("Escape");
  await page.getByText(text).last().click();
  await page.keyboard.press(key);
};

const dialogGone = (page: Page) => page.getByRole("dialog").waitFor({ state: "detached" });
/** Chooses a rule in the moderator's dialog of the room. */
const choose = async (name: string, value: string): Promise<void> => {
  await moderator.getByRole("dialog").getByRole("combobox", { name }).click();
  await moderator
    .locator(".ant-select-item-option:visible")
    .getByText(value, { exact: true })
    .click();
};

it("a remote moderator deletes by a key: the words are gone at the viewers, and back when that is undone", async () => {
  await say("骂人的话");
  await press(moderator, "骂人的话", "d");
  for (const page of [viewer, other])
    await page.getByText("骂人的话").waitFor({ state: "detached" });
  await moderator.keyboard.press("u");
  for (const page of [viewer, other]) await page.getByText("骂人的话").waitFor();
});

it("times out, and the person is told for how long and why", async () => {
  await say("刷屏刷屏");
  await press(moderator, "刷屏刷屏", "t");
  const dialog = moderator.getByRole("dialog");
  await dialog.getByLabel("原因（对方会看到）").fill("刷屏");
  await moderator.keyboard.press("Enter");
  await viewer.getByText(/你被禁言了，还剩/).waitFor();
  await viewer
    .getByText(/刷屏。?/)
    .first()
    .waitFor();
  expect(await other.getByText(/你被禁言了/).count()).toBe(0);
  await dialog.waitFor({ state: "detached" });
  await moderator.keyboard.press("u");
  await viewer.getByText(/你被禁言了，还剩/).waitFor({ state: "detached" });
});

it("the anchor pins and warns by keys", async () => {
  await say("请大家看这里");
  await press(anchor, "请大家看这里", "p");
  for (const page of [viewer, other]) await page.getByTestId("pinned").waitFor();
  await say("你们都不行");
  await press(anchor, "你们都不行", "w");
  const dialog = anchor.getByRole("dialog");
  await dialog.getByLabel("警告内容（对方会看到）").fill("请注意用词");
  await anchor.keyboard.press("Enter");
  await viewer.getByText("请注意用词").waitFor();
  expect(await other.getByText("请注意用词").count()).toBe(0);
});

it("a remote moderator does the rest: pins, warns and notes by keys, and governs the room", async () => {
  await viewer.getByTestId("warning-read").click();
  await viewer.getByRole("alertdialog").waitFor({ state: "detached" });
  await say("大家好");
  await press(moderator, "大家好", "p");
  for (const page of [viewer, other])
    await page.getByTestId("pinned").getByText("大家好").waitFor();
  // The line is still selected.
  await moderator.keyboard.press("w");
  const dialog = moderator.getByRole("dialog");
  await dialog.getByLabel("警告内容（对方会看到）").fill("别闹");
  await moderator.keyboard.press("Enter");
  await viewer.getByRole("alertdialog").getByText("别闹").waitFor();
  await viewer.getByTestId("warning-read").click();
  await dialog.waitFor({ state: "detached" });
  await moderator.keyboard.press("c");
  await dialog.getByRole("textbox", { name: /备注/ }).fill("常来");
  await moderator.keyboard.press("Enter");
  await dialog.getByText(/加了备注“常来”/).waitFor();
  await moderator.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await moderator.keyboard.press("m");
  const silence = other.getByTestId("silence");
  await dialog.getByRole("switch", { name: "全员禁言" }).click();
  await silence.getByText("全员禁言中").waitFor();
  await dialog.getByRole("switch", { name: "全员禁言" }).click();
  await silence.waitFor({ state: "detached" });
  await choose("仅关注者发言", "所有关注者");
  await silence.getByText("关注主播后才能发言").waitFor();
  await choose("仅关注者发言", "关注满 10 分钟");
  await silence.getByText("关注主播满 10 分钟才能发言").waitFor();
  await choose("仅关注者发言", "关闭");
  await silence.waitFor({ state: "detached" });
  await choose("慢速模式", "1 分钟");
  await other.getByTestId("chat-input").fill("慢慢说");
  await other.getByTestId("chat-send").click();
  await silence.getByText(/慢速模式，\d+ 秒/).waitFor();
  await choose("慢速模式", "关闭");
  await silence.waitFor({ state: "detached" });
  await dialog.getByRole("textbox", { name: "对所有人说的话" }).fill("欢迎新朋友");
  await moderator.keyboard.press("Enter");
  for (const page of [viewer, other]) await page.getByText("欢迎新朋友").waitFor();
  await dialog.getByText("屏蔽词", { exact: true }).click();
  await dialog.getByRole("textbox").fill("坏词");
  await moderator.keyboard.press("Enter");
  await dialog.getByText("坏词", { exact: true }).waitFor();
  await other.getByTestId("chat-input").fill("一个 坏 词");
  await other.getByTestId("chat-send").click();
  await other.getByTestId("notice").filter({ hasText: "不允许的词" }).waitFor();
  await moderator.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

it("a warning is not covered by what the page says", async () => {
  await say("怎么又是你");
  await press(moderator, "怎么又是你", "w");
  await moderator.getByLabel("警告内容（对方会看到）").fill("最后一次提醒");
  await moderator.keyboard.press("Enter");
  const warning = viewer.getByRole("alertdialog");
  await warning.getByText("最后一次提醒").waitFor();
  await viewer.getByTestId("chat-input").fill("一个 坏 词");
  await viewer.getByTestId("chat-send").click();
  const notice = viewer.getByTestId("notice").filter({ hasText: "不允许的词" });
  await notice.waitFor();
  const [above, below] = [await notice.boundingBox(), await warning.boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
  await viewer.getByTestId("warning-read").click();
  await warning.waitFor({ state: "detached" });
  await dialogGone(moderator);
});

it("a remote moderator raises the raid shield, which gives back what was before", async () => {
  await moderator.keyboard.press("m");
  // It opens where it was left.
  await moderator.getByRole("dialog").getByText("规则", { exact: true }).click();
  const shield = moderator.getByRole("dialog").getByRole("switch", { name: "防护盾" });
  const slow = (seconds: number) => other.getByText(`慢速模式：每 ${seconds} 秒可发一条`).waitFor();
  const silence = other.getByTestId("silence");
  await choose("慢速模式", "3 秒");
  await slow(3);
  await shield.click();
  await silence.getByText("关注主播满 10 分钟才能发言").waitFor();
  await slow(30);
  await shield.click();
  await silence.waitFor({ state: "detached" });
  await slow(3);
  await choose("慢速模式", "关闭");
  await other.getByText("慢速模式").waitFor({ state: "detached" });
});

it("newcomers wait for a remote moderator, who lets them through or keeps them back", async () => {
  await choose("审核新人消息", "来了不到 10 分钟");
  await moderator.keyboard.press("Escape");
  await dialogGone(moderator);
  const held = moderator.getByRole("region", { name: "等待审核的消息" });
  const wait = async (text: string) => {
    await viewer.getByTestId("chat-input").fill(text);
    await viewer.getByTestId("chat-send").click();
    await held.getByText(text).waitFor();
    await viewer.getByTestId("waiting").waitFor();
    expect(await other.getByText(text).count()).toBe(0);
  };
  await wait("我是新来的");
  await moderator.keyboard.press("a");
  await other.getByText("我是新来的").waitFor();
  await wait("加我微信");
  await moderator.keyboard.press("x");
  await moderator.getByRole("dialog").getByText("加我微信").waitFor();
  await moderator.keyboard.press("Alt+Digit1");
  await viewer.getByText(/加我微信.*广告引流/).waitFor();
  await viewer.getByTestId("waiting").waitFor({ state: "detached" });
  expect(await other.getByText("加我微信").count()).toBe(0);
  await dialogGone(moderator);
  await moderator.keyboard.press("m");
  await choose("审核新人消息", "关闭");
  await moderator.keyboard.press("Escape");
  await dialogGone(moderator);
});

it("a ban holds against a reload", async () => {
  await say("就要刷");
  await press(moderator, "就要刷", "b");
  const dialog = moderator.getByRole("dialog");
  await dialog.getByLabel("原因（对方会看到）").fill("多次违规");
  await moderator.keyboard.press("Enter");
  await viewer.getByText("你已被移出直播间", { exact: true }).waitFor();
  await viewer.getByText(/多次违规/).waitFor();
  const mayNothing = async () => {
    await viewer.getByText("你已被移出直播间，不能发言").waitFor();
    expect(await viewer.getByTestId("chat-input").count()).toBe(0);
    expect(await viewer.getByTestId("follow").isDisabled()).toBe(true);
    expect(await viewer.getByTestId("notice").count()).toBe(0);
  };
  await mayNothing();
  await viewer.reload();
  await viewer.getByText("你已被移出直播间", { exact: true }).waitFor();
  await mayNothing();
  await other.getByText("就要刷").waitFor({ state: "detached" });
  expect(await other.getByText(/你已被移出直播间/).count()).toBe(0);
});

it("who is unbanned by the card comes in again", async () => {
  await dialogGone(moderator);
  await press(moderator, "就要刷", "c");
  const card = moderator.getByRole("dialog");
  await card.getByRole("button", { name: "解封" }).click();
  await card.getByRole("button", { name: "解封" }).waitFor({ state: "detached" });
  await viewer.reload();
  await viewer.getByTestId("chat-input").fill("我回来了");
  await viewer.getByTestId("chat-send").click();
  await other.getByText("我回来了").waitFor();
});

it("all of it is in the room's log, by whom and why", async () => {
  await studio.close();
  expect(readActs(userDataDir)).toEqual([
    ["anchor", "inviteModerator", ""],
    ["moderator", "redeemInvitation", ""],
    ["moderator", "deleteMessage", ""],
    ["moderator", "undo deleteMessage", ""],
    ["moderator", "timeOut 600 s", "刷屏"],
    ["moderator", "undo timeOut", ""],
    ["anchor", "pinMessage", ""],
    ["anchor", "warn", "请注意用词"],
    ["moderator", "pinMessage", ""],
    ["moderator", "warn", "别闹"],
    ["moderator", "addNote", ""],
    ["moderator", "setRules muteAll=true", ""],
    ["moderator", "setRules muteAll=false", ""],
    ["moderator", "setRules followersOnlyMinutes=0", ""],
    ["moderator", "setRules followersOnlyMinutes=10", ""],
    ["moderator", "setRules followersOnlyMinutes=null", ""],
    ["moderator", "setRules slowModeSeconds=60", ""],
    ["moderator", "setRules slowModeSeconds=null", ""],
    ["moderator", "announce", ""],
    ["moderator", "changeBlockedWords", ""],
    ["moderator", "warn", "最后一次提醒"],
    ["moderator", "setRules slowModeSeconds=3", ""],
    [
      "moderator",
      "setRules slowModeSeconds=30 followersOnlyMinutes=10 holdNewcomersMinutes=1440 shield=true",
      "",
    ],
    [
      "moderator",
      "setRules slowModeSeconds=3 followersOnlyMinutes=null holdNewcomersMinutes=null shield=false",
      "",
    ],
    ["moderator", "setRules slowModeSeconds=null", ""],
    ["moderator", "setRules holdNewcomersMinutes=10", ""],
    ["moderator", "allowMessage", ""],
    ["moderator", "denyMessage", "广告引流"],
    ["moderator", "setRules holdNewcomersMinutes=null", ""],
    ["moderator", "ban", "多次违规"],
    ["moderator", "unban", ""],
  ]);
});
