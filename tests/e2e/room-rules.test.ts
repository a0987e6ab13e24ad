// The room's rules and its moderators, from the chat window to what a viewer may do, and back.
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

const userDataDir = mkdtempSync(join(tmpdir(), "anchor-room-rules-"));
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
  await chat.keyboard.press("m");
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  rmSync(userDataDir, { recursive: true, force: true });
});

const dialog = () => chat.getByRole("dialog");
const field = (name: string) => dialog().getByRole("combobox", { name });
const choose = async (name: string, value: string): Promise<void> => {
  await field(name).click();
  await chat.locator(".ant-select-item-option:visible").getByText(value, { exact: true }).click();
};
const shows = (value: string) => dialog().getByText(value, { exact: true }).waitFor();
const turn = (name: string) => dialog().getByRole("switch", { name }).click();
const silence = () => viewer.getByTestId("silence");
const say = async (text: string): Promise<void> => {
  await viewer.getByTestId("chat-input").fill(text);
  await viewer.getByTestId("chat-send").click();
};
const said = (text: string) =>
  viewer.getByTestId("chat-line").filter({ hasText: text }).first().waitFor();

it("slow mode counts down at whoever has spoken, and ends at once", async () => {
  await choose("慢速模式", "1 分钟");
  await say("第一句");
  await said("第一句");
  await silence()
    .getByText(/慢速模式，\d+ 秒/)
    .waitFor();
  await choose("慢速模式", "关闭");
  await silence().waitFor({ state: "detached" });
});

it("followers only lets in who follows", async () => {
  await choose("仅关注者发言", "所有关注者");
  await silence().getByText("关注主播后才能发言").waitFor();
  await viewer.getByTestId("follow").click();
  await silence().waitFor({ state: "detached" });
  await say("我关注了");
  await said("我关注了");
  await choose("仅关注者发言", "关闭");
});

it("the shield is strict at once, and gives back what was before", async () => {
  await choose("慢速模式", "3 秒");
  await turn("防护盾");
  await shows("30 秒");
  await turn("防护盾");
  await shows("3 秒");
  await choose("慢速模式", "关闭");
});

it("newcomers wait until they are let through", async () => {
  await choose("审核新人消息", "来了不到 10 分钟");
  await say("新来的");
  await chat.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await chat.getByText("新来的").first().waitFor();
  await chat.keyboard.press("a");
  await said("新来的");
});

it("who waits is told why it was kept back: by a reason at hand, own words, or none", async () => {
  const wait = async (text: string) => {
    await say(text);
    await chat.getByRole("region", { name: "等待审核的消息" }).getByText(text).waitFor();
    await chat.keyboard.press("x");
    await dialog().getByText(text).waitFor();
  };
  const told = (words: RegExp) => viewer.getByText(words).waitFor();
  await wait("加我微信");
  await chat.keyboard.press("Alt+Digit1");
  await told(/加我微信.*广告引流/);
  await wait("别的群更好看");
  await dialog().getByRole("textbox").fill("请别拉人");
  await chat.keyboard.press("Enter");
  await told(/别的群更好看.*请别拉人/);
  // What was said last is the first at hand.
  await wait("来我的群");
  await chat.keyboard.press("Alt+Digit1");
  await told(/来我的群.*请别拉人/);
  await wait("没人理我");
  await chat.keyboard.press("Enter");
  await told(/没人理我/);
  await dialog().waitFor({ state: "detached" });
  await chat.keyboard.press("m");
  await choose("审核新人消息", "关闭");
  await dialog().getByText("日志", { exact: true }).click();
  await dialog()
    .getByText(/拦下了 .+ 的消息“加我微信”/)
    .waitFor();
  await dialog().getByText("广告引流", { exact: true }).waitFor();
  await dialog().getByText("规则", { exact: true }).click();
});

it("a viewer who is appointed speaks while all are muted, and no more once that is taken back", async () => {
  await turn("全员禁言");
  await silence().getByText("全员禁言中").waitFor();
  await chat.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await chat.keyboard.press("j");
  await chat.getByRole("toolbar").waitFor();
  await chat.keyboard.press("c");
  await dialog().getByRole("button", { name: "任命为房管" }).click();
  await silence().waitFor({ state: "detached" });
  await say("我是房管了");
  await said("我是房管了");
  await chat.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await chat.keyboard.press("m");
  await dialog().getByText("房管", { exact: true }).click();
  await dialog().getByRole("button", { name: "撤销房管" }).click();
  await silence().getByText("全员禁言中").waitFor();
});

it("all of it is in the log, in the window and on the disk", async () => {
  await dialog().getByText("日志", { exact: true }).click();
  const rows = dialog().getByRole("listitem");
  for (const words of [
    "开启了慢速模式（1 分钟）",
    "关闭了慢速模式",
    "开启了仅关注者发言",
    "关闭了仅关注者发言",
    "开启了防护盾",
    "关闭了防护盾",
    "让新人的消息先等审核",
    "不再审核新人的消息",
    "放行了",
    "为房管",
    "的房管",
  ])
    await rows.filter({ hasText: words }).first().waitFor();
  await studio.close();
  expect(readActs(userDataDir)).toEqual(
    [
      ["setRules slowModeSeconds=60"],
      ["setRules slowModeSeconds=null"],
      ["setRules followersOnlyMinutes=0"],
      ["setRules followersOnlyMinutes=null"],
      ["setRules slowModeSeconds=3"],
      ["setRules slowModeSeconds=30 followersOnlyMinutes=10 holdNewcomersMinutes=1440 shield=true"],
      [
        "setRules slowModeSeconds=3 followersOnlyMinutes=null holdNewcomersMinutes=null shield=false",
      ],
      ["setRules slowModeSeconds=null"],
      ["setRules holdNewcomersMinutes=10"],
      ["allowMessage"],
      ["denyMessage", "广告引流"],
      ["denyMessage", "请别拉人"],
      ["denyMessage", "请别拉人"],
      ["denyMessage"],
      ["setRules holdNewcomersMinutes=null"],
      ["setRules muteAll=true"],
      ["appointModerator"],
      ["removeModerator"],
    ].map(([act, reason = ""]) => ["anchor", act, reason]),
  );
});
