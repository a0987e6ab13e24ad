// A moderator with a phone: no keys and no pointer that hovers; every power is reached by a finger.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { inviteModerator } from "./invite-moderator.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer } from "./viewer.ts";

let studio: StudioApp;
let browser: Browser;
let viewer: Page;
let phone: Page;

beforeAll(async () => {
  studio = await launchStudio({ document: testDocument([testPattern]), settings: testSettings });
  browser = await launchViewers();
  ({ page: viewer } = await openViewer(browser, studio.viewerUrl));
  const context = await browser.newContext({
    viewport: { width: 360, height: 640 },
    locale: "zh-CN",
    hasTouch: true,
    isMobile: true,
  });
  phone = await context.newPage();
  await phone.goto(await inviteModerator(studio, "小李"));
  await phone.getByPlaceholder("以房管身份发言").waitFor();
});
afterAll(async () => {
  await browser?.close();
  await studio?.close();
});

const say = async (text: string): Promise<void> => {
  await viewer.getByTestId("chat-input").fill(text);
  await viewer.getByTestId("chat-send").click();
  await viewer.getByTestId("chat-line").filter({ hasText: text }).waitFor();
};
const select = (text: string) => phone.getByRole("log").getByText(text, { exact: true }).tap();
const tool = (name: string) => phone.getByRole("toolbar").getByRole("button", { name }).tap();
const header = (name: string) => phone.locator("header").getByRole("button", { name }).tap();
const dialog = () => phone.getByRole("dialog");
const confirm = (name: string) => dialog().getByRole("button", { name, exact: true }).tap();

it("what can be done about a line says so, is large enough, and needs no scrolling aside", async () => {
  await say("第一句");
  await select("第一句");
  const buttons = await phone.getByRole("toolbar").getByRole("button").all();
  expect(buttons).toHaveLength(9);
  for (const button of buttons) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
    const said = await button.evaluate((element) => getComputedStyle(element, "::after").content);
    expect(said).toBe(`"${await button.getAttribute("aria-label")}"`);
  }
});

it("pins, takes back, warns and times out for an own time", async () => {
  await tool("置顶");
  await viewer.getByTestId("pinned").getByText("第一句").waitFor();
  await header("撤销我的上一次操作");
  await viewer.getByTestId("pinned").waitFor({ state: "detached" });

  await tool("警告");
  await dialog().getByRole("textbox").fill("请文明发言");
  await confirm("警告");
  await viewer.getByRole("alertdialog").getByText("请文明发言").waitFor();
  await viewer.getByTestId("warning-read").click();

  await tool("禁言");
  await dialog().getByText("自定").tap();
  await dialog().getByRole("spinbutton").fill("3");
  await dialog().getByText("小时", { exact: true }).tap();
  await confirm("禁言");
  await viewer
    .getByTestId("silence")
    .getByText(/还剩 2 小时 59 分|还剩 3 小时/)
    .waitFor();
  await header("撤销我的上一次操作");
  await viewer.getByTestId("silence").waitFor({ state: "detached" });
});

it("flags, governs the room, deletes and bans", async () => {
  await tool("标记给主播");
  await studio.page.getByRole("img", { name: "已标记给主播" }).waitFor();

  await header("管理直播间");
  await dialog().getByRole("switch", { name: "全员禁言" }).tap();
  await viewer.getByTestId("silence").getByText("全员禁言").waitFor();
  await dialog().getByRole("switch", { name: "全员禁言" }).tap();
  await viewer.getByTestId("silence").waitFor({ state: "detached" });
  await dialog().getByRole("button", { name: "关闭" }).tap();

  await tool("删除消息");
  await viewer
    .getByTestId("chat-line")
    .filter({ hasText: "第一句" })
    .waitFor({ state: "detached" });
  await tool("封禁");
  await confirm("封禁");
  await viewer.getByText("你已被移出直播间", { exact: true }).waitFor();
});
