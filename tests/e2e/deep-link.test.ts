import { afterAll, beforeAll, expect, it } from "vitest";
import { joinUrl } from "../../preload/contract/deep-link.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { openLinkInStudio, launchStudio, type StudioApp } from "./studio-app.ts";

let studio: StudioApp;
/** The same room by another name, as an anchor link of somebody else's would be. */
const other = "http://localhost:9/#anchor=somebody-elses-token";

beforeAll(async () => {
  studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: testSettings,
    args: [joinUrl("https://first.test:4443/#anchor=token-of-the-start")],
  });
});
afterAll(async () => {
  await studio?.close();
});

const settings = () =>
  studio.page.evaluate(async () => {
    const answer = await window.studioBridge.request("app.getBootstrap", {});
    return (answer as { value: { settings: { roomLink: string | null } } }).value.settings;
  });

it("asks for the room of the link that the app was started with", async () => {
  const question = studio.page.getByRole("dialog");
  await question.getByText("first.test:4443").waitFor();
  await question.getByRole("button", { name: "保持现在的房间" }).click();
  await question.waitFor({ state: "detached" });
  expect((await settings()).roomLink).toBe(null);
});

it("asks for the room of a link that is opened while it runs, and goes there when told so", async () => {
  await openLinkInStudio(studio, joinUrl(other));
  const question = studio.page.getByRole("dialog");
  await question.getByText("localhost:9").waitFor();
  expect((await settings()).roomLink).toBe(null);
  await question.getByRole("button", { name: "使用这个房间" }).click();
  await question.waitFor({ state: "detached" });
  expect((await settings()).roomLink).toBe(other);
  await studio.page.getByText("正在连接房间").first().waitFor();
});

it("says that a link cannot be used", async () => {
  await openLinkInStudio(studio, "anchor-studio://join?link=nonsense");
  const words = studio.page.getByRole("dialog");
  await words.getByText("链接无法使用").waitFor();
  await words.getByRole("button", { name: "关闭" }).click();
  await words.waitFor({ state: "detached" });
  expect((await settings()).roomLink).toBe(other);
});

it("keeps what is secret of a link out of its log and its output", () => {
  expect(studio.output()).not.toContain("somebody-elses-token");
});
