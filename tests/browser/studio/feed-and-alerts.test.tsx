import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { LedgerTotals } from "../../../preload/contract/ledger.ts";
import { fail } from "../../../preload/contract/result.ts";
import { chatMessages } from "../../fakes/fake-studio.ts";
import { gift, named, open } from "./opened-studio.tsx";

const log = () => page.getByRole("log").element();
const fromEndPx = () => log().scrollHeight - log().clientHeight - log().scrollTop;
const totals = LedgerTotals.parse({ giftCoins: 3_000, giftCount: 3, tipFen: 0, follows: 0 });

describe("feed", () => {
  test("follows the end, holds when read back, and says what is new", async () => {
    const studio = await open();
    studio.feed.addMessages(chatMessages(1, 300), 0);
    await expect.element(page.getByText("viewer 300")).toBeVisible();
    await expect.poll(fromEndPx).toBeLessThan(2);
    studio.feed.addMessages(chatMessages(301, 2_400), 0);
    await expect.element(page.getByText("viewer 2400")).toBeVisible();
    await expect.poll(fromEndPx).toBeLessThan(2);

    await userEvent.wheel(page.getByRole("log"), { delta: { y: -800 } });
    await expect.element(page.getByText("Back to the newest")).toBeVisible();
    studio.feed.addMessages(chatMessages(2_401, 2_405), 0);
    const pill = page.getByRole("button", { name: "5 new messages" });
    await expect.element(pill).toBeVisible();
    expect(fromEndPx()).toBeGreaterThan(500);
    await userEvent.click(pill);
    await expect.element(page.getByText("viewer 2405")).toBeVisible();
  });

  test("shows a gift with what it is worth", async () => {
    const studio = await open();
    studio.feed.addRecords([gift], 0, totals);
    await expect.element(page.getByText("sent Rocket")).toBeVisible();
    await expect.element(page.getByText("×3")).toBeVisible();
    expect(page.getByText("3,000").elements()).toHaveLength(2);
  });

  test("keeps what could not be sent", async () => {
    const studio = await open();
    studio.answers.set("room.sendChat", fail("chat.too_fast"));
    const input = page.getByRole("textbox", { name: "Say something as the anchor" });
    await userEvent.fill(input, "hello all");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByText(/too fast/)).toBeVisible();
    await expect.element(input).toHaveValue("hello all");
    studio.answers.delete("room.sendChat");
    await userEvent.keyboard("{Enter}");
    await expect.element(input).toHaveValue("");
    expect(named(studio, "room.sendChat").at(-1)?.input).toMatchObject({
      text: "hello all",
    });
  });
});

describe("alerts", () => {
  test("are paused and resumed, skipped, cleared and replayed, also by the keyboard", async () => {
    const studio = await open("zh-CN");
    const controls = page.getByRole("region", { name: "礼物提醒" });
    await expect.element(controls.getByRole("button", { name: /^清空/ })).toBeDisabled();
    studio.engine.alerts.setState({ waiting: 38 });
    await expect.element(controls.getByText("38 条等待")).toBeVisible();
    await controls.getByRole("button", { name: /^再放一次/ }).click();
    await userEvent.keyboard("{Tab}{Enter}{Tab}{Enter}{Tab}{Enter}");
    await expect.element(controls.getByText("已暂停")).toBeVisible();
    await controls.getByRole("button", { name: "继续播放提醒" }).click();
    await expect.element(controls.getByText("已暂停")).not.toBeInTheDocument();
    expect(studio.engine.alertControls.map(({ action }) => action)).toEqual([
      "replayLast",
      "skip",
      "clear",
      "pause",
      "resume",
    ]);
  });

  test("of any gift in the feed are shown again by its row's button", async () => {
    const studio = await open();
    studio.feed.addRecords([gift], 0, totals);
    const button = page.getByRole("button", { name: "Show the alert of Mia again" });
    await button.click();
    expect(studio.engine.alertControls).toEqual([{ action: "replay", event: gift }]);
    await expect
      .poll(() => getComputedStyle(button.element().parentElement ?? button.element()).opacity)
      .toBe("1");
  });

  test("have no controls in a room without gifts", async () => {
    const studio = await open();
    const controls = page.getByRole("region", { name: "Alerts" });
    await expect.element(controls).toBeVisible();
    studio.room.setState({ status: "uplinkOnly", link: "wss://foreign.example" }, true);
    await expect.element(controls).not.toBeInTheDocument();
  });
});

describe("alert rules", () => {
  test("are added, set, tried, put in order and removed in the settings", async () => {
    const studio = await open();
    studio.view.setState({ settingsOpen: true });
    const rules = () => studio.settings.state.getState().alertRules;
    const form = page.getByRole("region", { name: "Alert rules" });
    const add = form.getByRole("button", { name: "Add a rule" });
    await add.click();
    await expect.poll(rules).toHaveLength(1);
    await userEvent.fill(form.getByRole("spinbutton", { name: "Least coins 1" }), "520");
    await userEvent.fill(form.getByRole("textbox", { name: "Words 1" }), "wow {sender}");
    await add.click();
    await expect.poll(rules).toHaveLength(2);
    expect(rules()[0]).toMatchObject({ match: { leastCoins: 520 }, text: "wow {sender}" });
    await form.getByRole("combobox", { name: "Animation 1" }).click();
    await page.getByTitle("Rose").last().click();
    await expect.poll(() => rules()[0]?.show).toBe("rose");
    await form.getByRole("switch", { name: "Sound 2" }).click();
    await form.getByRole("button", { name: "Move up rule 2" }).click();
    await expect.poll(() => rules().map(({ silent }) => silent)).toEqual([true, false]);
    await form.getByRole("button", { name: "Test rule 2" }).click();
    expect(studio.engine.shownAlerts).toMatchObject([{ test: true, totalCoins: 520 }]);
    await form.getByRole("button", { name: "Remove rule 1" }).click();
    await expect.poll(() => rules().map(({ text }) => text)).toEqual(["wow {sender}"]);
  });
});
