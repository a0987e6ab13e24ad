import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { SourceId } from "../../../preload/contract/ids.ts";
import { LedgerTotals } from "../../../preload/contract/ledger.ts";
import { gift, named, open } from "./opened-studio.tsx";

const totals = LedgerTotals.parse({ giftCoins: 3_000, giftCount: 3, tipFen: 0, follows: 0 });

describe("layout", () => {
  test.each([
    ["zh-CN", 1440, 900],
    ["en", 1440, 900],
    ["zh-CN", 1280, 720],
    ["en", 1280, 720],
  ] as const)("in %s fits %d x %d without overlap", async (locale, width, height) => {
    const studio = await open(locale, width, height);
    await studio.engine.goLive();
    await expect.element(page.getByRole("contentinfo")).toBeVisible();
    const areas = ["header", "nav", "main", "footer"].map((name) =>
      document.querySelector(`#root ${name}`)?.getBoundingClientRect(),
    );
    for (const area of areas) {
      expect(area?.left).toBeGreaterThanOrEqual(0);
      expect(area?.right).toBeLessThanOrEqual(width);
      expect(area?.bottom).toBeLessThanOrEqual(height);
    }
    const [top, left, centre, bottom] = areas;
    expect(left?.top).toBeGreaterThanOrEqual(top?.bottom ?? Infinity);
    expect(centre?.left).toBeGreaterThanOrEqual(left?.right ?? Infinity);
    expect(bottom?.top).toBeGreaterThanOrEqual(centre?.bottom ?? Infinity);
    const cut = [...document.querySelectorAll("#root header, #root footer")].filter(
      (element) => element.scrollWidth > element.clientWidth,
    );
    expect(cut).toEqual([]);
  });
});

test("what a screen reader says of controls is in the language of the window", async () => {
  await open("zh-CN");
  await userEvent.click(page.getByRole("button", { name: "添加", exact: true }));
  await expect.element(page.getByRole("menuitem", { name: "摄像头", exact: true })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await userEvent.click(page.getByRole("button", { name: "设置" }));
  const dialog = page.getByRole("dialog");
  for (const name of ["语言", "直播到"])
    await expect.element(dialog.getByRole("radiogroup", { name, exact: true })).toBeVisible();
  await expect.element(dialog.getByRole("combobox", { name: "编码", exact: true })).toBeVisible();
});

describe("language", () => {
  test("is switched at once", async () => {
    const studio = await open("zh-CN");
    await expect.element(page.getByRole("button", { name: "开播" })).toBeVisible();
    await userEvent.click(page.getByText("EN", { exact: true }));
    await expect.element(page.getByRole("button", { name: "Go live" })).toBeVisible();
    expect(document.title).toBe("Anchor Studio");
    expect(studio.settings.state.getState().locale).toBe("en");
  });
});

test("a muted microphone that is spoken into is warned of, and unmuted by its button", async () => {
  const studio = await open();
  const microphone = {
    id: SourceId.parse("mic"),
    kind: "microphone",
    name: "Headset",
    deviceId: "d",
    label: "Headset",
    gainDb: 0,
    muted: true,
  } as const;
  studio.document.apply({
    label: "addSource",
    about: [],
    apply: (whole) => ({ ...whole, sources: [...whole.sources, microphone] }),
  });
  studio.engine.mutedSpeech.setState(new Set([microphone.id]), true);
  await expect.element(page.getByText("You are speaking, but muted")).toBeVisible();
  await userEvent.click(page.getByRole("button", { name: "Unmute: Headset" }));
  await expect.element(page.getByText("You are speaking, but muted")).not.toBeInTheDocument();
  expect(studio.document.state.getState().sources.at(-1)).toMatchObject({ muted: false });
});

test("the guide ticks its steps and is done for good when dismissed", async () => {
  const studio = await open();
  const guide = page.getByRole("complementary", { name: "First steps" });
  const done = () => guide.getByLabelText("Done").elements().length;
  expect(done()).toBe(0);
  await studio.engine.goLive();
  await expect.poll(done).toBe(1);
  await userEvent.click(guide.getByRole("button", { name: "Let viewers in" }));
  expect(named(studio, "room.setRehearsalAudience").at(-1)?.input).toEqual({ running: true });
  studio.feed.addRecords([gift], 0, totals);
  await expect.poll(done).toBe(2);
  await userEvent.click(guide.getByRole("button", { name: "Dismiss" }));
  await expect.poll(() => studio.settings.state.getState().guideDone).toBe(true);
  await expect.element(guide).not.toBeInTheDocument();
});

test("the settings are left by one Escape, also where a tooltip is shown; an open list takes it first", async () => {
  const studio = await open();
  const isOpen = () => studio.view.getState().settingsOpen;
  studio.view.setState({ settingsOpen: true });
  const form = page.getByRole("region", { name: "Alert rules" });
  await form.getByRole("button", { name: "Add a rule" }).click();
  const list = form.getByRole("combobox", { name: "Animation 1" });
  await list.click();
  await expect.element(list).toHaveAttribute("aria-expanded", "true");
  await userEvent.keyboard("{Escape}");
  await expect.element(list).toHaveAttribute("aria-expanded", "false");
  expect(isOpen()).toBe(true);
  await userEvent.hover(form.getByRole("button", { name: "Test rule 1" }));
  await expect.element(page.getByRole("tooltip", { name: "Test rule 1" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(isOpen()).toBe(false);
});
