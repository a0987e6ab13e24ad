// The room's words from the chat window: brought in, blocked, starred out, held for a decision.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChatWindow } from "./chat-window.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer, type Viewer } from "./viewer.ts";

let studio: StudioApp;
let viewers: Browser;
let speaker: Viewer;
let reader: Viewer;
let chat: Page;

beforeAll(async () => {
  studio = await launchStudio({ document: testDocument([testPattern]), settings: testSettings });
  viewers = await launchViewers();
  speaker = await openViewer(viewers, studio.viewerUrl);
  reader = await openViewer(viewers, studio.viewerUrl);
  chat = await openChatWindow(studio);
});
afterAll(async () => {
  await viewers?.close();
  await studio?.kill();
});

const say = async (text: string): Promise<void> => {
  await speaker.page.getByTestId("chat-input").fill(text);
  await speaker.page.getByTestId("chat-send").click();
};
const noticeOf = ({ page }: Viewer, text: string | RegExp) =>
  page.getByTestId("notice").filter({ hasText: text }).waitFor();
const lineOf = ({ page }: Viewer, text: string) =>
  page.getByTestId("chat-line").filter({ hasText: text });
const dialog = () => chat.getByRole("dialog");
const openRoom = async (part: string): Promise<void> => {
  await chat.getByRole("button", { name: "管理直播间" }).click();
  await dialog().getByText(part, { exact: true }).click();
};
const closeRoom = async (): Promise<void> => {
  await chat.keyboard.press("Escape");
  await dialog().waitFor({ state: "hidden" });
};

it("words are typed in or brought in by a file, and given out as one", async () => {
  await openRoom("屏蔽词");
  await dialog().getByText("还没有词").waitFor();
  await dialog().getByText("审核", { exact: true }).click();
  await dialog().getByRole("textbox").fill("加微信");
  await chat.keyboard.press("Enter");
  await dialog().getByText("共 1 个").waitFor();
  await dialog()
    .locator("input[type=file]")
    .setInputFiles({
      name: "words.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("# 房间词表\n赌博,拦截\n傻逼,打星\n坏,乱写\n！！！\n反赌博,allow\n"),
    });
  await dialog().getByText("有 2 行没有导入").waitFor();
  await dialog().getByText("第 4 行：不认识的处理方式").waitFor();
  await dialog().getByText("打星", { exact: true }).click();
  await dialog().getByText("傻逼", { exact: true }).waitFor();
  const [download] = await Promise.all([
    chat.waitForEvent("download"),
    dialog().getByRole("button", { name: "导出" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .slice(1)
    .trim()
    .split("\n");
  expect(lines.toSorted()).toEqual(
    ["word,severity", "傻逼,star", "加微信,hold", "反赌博,allow", "赌博,block"].toSorted(),
  );
  await closeRoom();
});

it("a message is refused, starred out, or waits and is let through or not", async () => {
  await say("来 赌-博");
  await noticeOf(speaker, "房间不允许的词");
  await say("你个傻\u200b逼，反赌博");
  await lineOf(reader, "你个**，反赌博").waitFor();
  await say("加 微 信 123");
  await noticeOf(speaker, "看过后才会显示");
  const waiting = speaker.page.getByTestId("waiting");
  await waiting.getByText("有 1 条消息在等主播或房管查看").waitFor();
  const held = chat.getByRole("region", { name: "等待审核的消息" });
  await held.getByText("加 微 信 123").waitFor();
  await held.getByRole("button", { name: "放行" }).click();
  await lineOf(reader, "加 微 信 123").waitFor();
  await held.waitFor({ state: "hidden" });
  await waiting.waitFor({ state: "detached" });

  await say("再加微信");
  await held.getByText("再加微信").waitFor();
  await held.getByRole("button").last().click();
  await dialog().getByText("再加微信").waitFor();
  await chat.keyboard.press("Enter");
  await noticeOf(speaker, "“再加微信”没有通过审核");
  await waiting.waitFor({ state: "detached" });
  await held.waitFor({ state: "hidden" });
  expect(await lineOf(reader, "再加微信").count()).toBe(0);
});

it("words are taken out one by one or all of a kind", async () => {
  await openRoom("屏蔽词");
  await dialog().getByRole("button", { name: "删除“赌博”" }).click();
  await dialog().getByText("共 0 个").waitFor();
  await dialog().getByText("审核", { exact: true }).click();
  await dialog().getByText("共 1 个").waitFor();
  await dialog().getByRole("button", { name: "清空" }).click();
  await chat.getByRole("tooltip").getByRole("button", { name: "清空" }).click();
  await dialog().getByText("共 0 个").waitFor();
  await closeRoom();
  await say("来赌博，加微信");
  await lineOf(reader, "来赌博，加微信").waitFor();
});
