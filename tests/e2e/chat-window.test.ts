// The chat window of an anchor beside the studio, with a viewer in the room.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { openChatWindow } from "./chat-window.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { killProcess } from "./processes.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, type Viewer } from "./viewer.ts";

let studio: StudioApp;
let viewers: Browser;
let viewer: Viewer;
let chat: Page;

beforeAll(async () => {
  studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
  });
  viewers = await launchViewers();
  viewer = await openViewer(viewers, studio.viewerUrl);
  chat = await openChatWindow(studio);
});
afterAll(async () => {
  await viewers?.close();
  await studio?.kill();
});

const say = async (text: string): Promise<void> => {
  await viewer.page.getByTestId("chat-input").fill(text);
  await viewer.page.getByTestId("chat-send").click();
};

it("shows what the studio shows, in the same order, and carries words both ways", async () => {
  await say("第一句");
  await viewer.page.getByTestId("gift-heart").click();
  await say("第二句");
  for (const page of [chat, studio.page]) await page.getByText("第二句").waitFor();
  const order = (page: Page) =>
    page
      .getByRole("log")
      .locator("[data-row]")
      .allInnerTexts()
      .then((rows) =>
        rows.map((row) => (/第.句/.exec(row) ?? /送出/.exec(row) ?? [row])[0]).slice(-3),
      );
  expect(await order(chat)).toEqual(["第一句", "送出", "第二句"]);
  expect(await order(studio.page)).toEqual(await order(chat));

  await chat.keyboard.press("j");
  await chat.keyboard.press("r");
  const input = chat.getByRole("textbox", { name: "以主播身份发言" });
  expect(await input.inputValue()).toMatch(/^@\S+ $/);
  await input.pressSequentially("欢迎");
  await chat.keyboard.press("Enter");
  await viewer.page.getByTestId("chat-line").filter({ hasText: "欢迎" }).waitFor();
});

it("finds by filter, word and person", async () => {
  const rows = chat.getByRole("log").locator("[data-row]");
  await chat.keyboard.press("Escape");
  await chat.keyboard.press("Escape");
  await chat.keyboard.press("g");
  await rows.filter({ hasText: "送出" }).waitFor();
  await chat.getByText("第一句").waitFor({ state: "detached" });
  expect(await rows.count()).toBe(1);
  await chat.keyboard.press("g");
  await chat.keyboard.press("/");
  await chat.keyboard.type("第二");
  await chat.getByText("第一句").waitFor({ state: "detached" });
  await chat.keyboard.press("Enter");
  await chat.keyboard.press("o");
  await chat.getByTitle("显示所有人").waitFor();
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining("第二句")]);
  // Off again: the selection, then all filters.
  await chat.keyboard.press("Escape");
  await chat.keyboard.press("Escape");
  await chat.getByText("第一句").waitFor();
  await chat.getByTitle("显示所有人").waitFor({ state: "detached" });
});

it("sounds for who is called by name, unless told not to, and says quick replies by a key", async () => {
  await chat.evaluate(() => {
    const Usual = OscillatorNode;
    window.OscillatorNode = class extends Usual {
      constructor(...args: ConstructorParameters<typeof Usual>) {
        super(...args);
        document.documentElement.dataset["tones"] = String(Number(tones() ?? 0) + 1);
      }
    };
    const tones = () => document.documentElement.dataset["tones"];
  });
  const tones = () => chat.evaluate(() => Number(document.documentElement.dataset["tones"] ?? 0));
  await say("不叫谁");
  await chat.getByText("不叫谁").waitFor();
  expect(await tones()).toBe(0);
  await say("@主播 看这里");
  await expect.poll(tones).toBe(2);
  await chat.keyboard.press(",");
  const dialog = chat.getByRole("dialog");
  await dialog.getByRole("switch", { name: "被提到时响一声" }).click();
  await dialog.getByRole("textbox", { name: "新的快捷回复" }).fill("欢迎新朋友");
  await chat.keyboard.press("Enter");
  await dialog.getByRole("textbox", { name: "快捷回复 1" }).waitFor();
  await chat.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await say("@主播 再看这里");
  await chat.getByText("再看这里").waitFor();
  await chat.keyboard.press("Alt+Digit1");
  await viewer.page.getByTestId("chat-line").filter({ hasText: "欢迎新朋友" }).waitFor();
  expect(await tones()).toBe(2);
});

it("may ask main for less than the studio", async () => {
  const ask = (name: string, input: unknown) =>
    chat.evaluate(([asked, data]) => window.studioBridge.request(asked as never, data), [
      name,
      input,
    ] as const);
  for (const [name, input] of [
    ["app.getBootstrap", {}],
    ["capture.list", { thumbnails: false }],
    ["settings.update", { locale: "en" }],
    ["app.quit", { force: true }],
  ] as const)
    expect(await ask(name, input)).toMatchObject({ error: { code: "request.forbidden" } });
});

it("says that acting is paused while the room is away, and goes on by itself", async () => {
  killProcess(studio.process.pid!, "room");
  await chat.getByRole("alert").getByText("操作已暂停").waitFor();
  await chat.getByRole("alert").waitFor({ state: "detached" });
  await chat.getByText("第二句").waitFor();
  const input = chat.getByRole("textbox", { name: "以主播身份发言" });
  await input.fill("又回来了");
  await input.press("Enter");
  await studio.page.getByText("又回来了").waitFor();
  // Nothing was lost on the way, and nothing came twice.
  for (const page of [chat, studio.page]) {
    await page.getByRole("log").getByText("又回来了").waitFor();
    const rows = await page.getByRole("log").locator("[data-row]").allInnerTexts();
    for (const text of ["第一句", "送出", "第二句", "不叫谁", "再看这里", "又回来了"])
      expect(rows.filter((row) => row.includes(text))).toHaveLength(1);
  }
});

const Saved = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).nullable(),
  settings: z.object({ onTop: z.boolean() }),
});
const saved = () =>
  Saved.parse(JSON.parse(readFileSync(join(studio.userDataDir, "chat.json"), "utf8")));
const xdotool = (...args: string[]) => execFileSync("xdotool", args, { encoding: "utf8" }).trim();
const idOf = (title: string) =>
  xdotool("search", "--onlyvisible", "--name", `^${title}$`).split("\n").at(-1) ?? "";
const closeWindow = (title: string) => {
  xdotool("windowactivate", "--sync", idOf(title));
  xdotool("key", "--clearmodifiers", "alt+F4");
};

const onTop = () => chat.getByRole("button", { name: "窗口置顶", pressed: true });
const place = () =>
  chat.evaluate(() => ({ x: screenX, y: screenY, width: outerWidth, height: outerHeight }));
let placed: Awaited<ReturnType<typeof place>>;

it("opens where it was, as it was", async () => {
  await chat.getByRole("button", { name: "窗口置顶" }).click();
  await waitFor("the setting on the disk", () => saved().settings.onTop);
  const id = idOf("聊天 · 主播台");
  xdotool("windowsize", "--sync", id, "500", "620");
  xdotool("windowmove", "--sync", id, "77", "66");
  await waitFor("the place on the disk", () => {
    const { bounds } = saved();
    return bounds && bounds.width === 500 && bounds.height === 620 && bounds.x < 100;
  });
  placed = await place();
  closeWindow("聊天 · 主播台");
  await waitFor("the window to close", () => chat.isClosed());
  chat = await openChatWindow(studio);
  await onTop().waitFor();
  await expect.poll(place, { timeout: 10_000 }).toEqual(placed);
});

it("is one window, which closes with the studio", async () => {
  expect(await openChatWindow(studio)).toBe(chat);
  expect(
    studio.page
      .context()
      .pages()
      .filter((page) => page.url().includes("chat.html")),
  ).toHaveLength(1);
  // It has been brought to the front, by its own way.
  await waitFor(
    "the chat window in front",
    () => xdotool("getactivewindow") === idOf("聊天 · 主播台"),
  );
  closeWindow("主播台");
  await waitFor("main to end", () => studio.process.exitCode !== null);
  expect(chat.isClosed()).toBe(true);
});

it("opens there again, with its settings, after the app was started anew", async () => {
  studio = await launchStudio({ userDataDir: studio.userDataDir });
  chat = await openChatWindow(studio);
  await onTop().waitFor();
  await expect.poll(place, { timeout: 10_000 }).toEqual(placed);
  await chat.getByRole("button", { name: "欢迎新朋友" }).waitFor();
});
