import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RecordEvent } from "../../preload/contract/gift.ts";
import { openChatWindow } from "./chat-window.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { inviteModerator } from "./invite-moderator.ts";
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
  await studio.page.keyboard.press("Escape");
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

it("a ban holds against a reload", async () => {
  await say("就要刷");
  await press(moderator, "就要刷", "b");
  const dialog = moderator.getByRole("dialog");
  await dialog.getByLabel("原因（对方会看到）").fill("多次违规");
  await moderator.keyboard.press("Enter");
  await viewer.getByText("你已被移出直播间").waitFor();
  await viewer.getByText(/多次违规/).waitFor();
  await viewer.reload();
  await viewer.getByText("你已被移出直播间").waitFor();
  await other.getByText("就要刷").waitFor({ state: "detached" });
  expect(await other.getByText("你已被移出直播间").count()).toBe(0);
});

it("all of it is in the room's log, by whom and why", async () => {
  await studio.close();
  const db = new DatabaseSync(join(userDataDir, "room", "room.db"), { readOnly: true });
  const acts = db
    .prepare("SELECT body FROM record WHERE type = 'moderation' ORDER BY seq")
    .all()
    .map(({ body }) => RecordEvent.parse(JSON.parse(String(body))))
    .flatMap((event) =>
      event.type === "moderation" ? [[event.sender.role, event.act.kind, event.reason]] : [],
    );
  db.close();
  expect(acts).toEqual([
    ["anchor", "inviteModerator", ""],
    ["moderator", "redeemInvitation", ""],
    ["moderator", "deleteMessage", ""],
    ["moderator", "undo", ""],
    ["moderator", "timeOut", "刷屏"],
    ["moderator", "undo", ""],
    ["anchor", "pinMessage", ""],
    ["anchor", "warn", "请注意用词"],
    ["moderator", "ban", "多次违规"],
  ]);
});
