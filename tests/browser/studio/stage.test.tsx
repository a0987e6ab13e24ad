import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { Locale } from "../../../preload/contract/settings.ts";
import { selectedIds } from "../../../renderer/scene/selection.ts";
import type { FakeStudio } from "../../fakes/fake-studio.ts";
import { open as openStudio, run } from "./opened-studio.tsx";

/** The window over the demo document, every source of which is open. */
const open = async (locale: Locale = "en"): Promise<FakeStudio> => {
  const studio = await openStudio(locale);
  run(studio, "running");
  return studio;
};

const list = () => page.getByRole("list", { name: /^(Sources|来源)$/ });
const row = (name: string) => list().getByRole("button", { name, exact: true });
const items = (studio: FakeStudio) => studio.document.state.getState().scenes[0]?.items ?? [];
const order = (studio: FakeStudio) => items(studio).map(({ id }) => String(id));
const selected = (studio: FakeStudio) => selectedIds(studio.view.getState().selection).map(String);

describe("the list of sources", () => {
  test("chooses several by Ctrl and Shift, as the stage has them", async () => {
    const studio = await open();
    await userEvent.click(row("Gift alerts"));
    await userEvent.click(row("Test pattern"), { modifiers: ["Control"] });
    expect(selected(studio)).toEqual(["item-alerts", "item-test-pattern"]);
    expect(document.querySelectorAll("g[data-selected]")).toHaveLength(2);
    await userEvent.click(row("Gift alerts"));
    await userEvent.click(row("Test pattern"), { modifiers: ["Shift"] });
    expect(selected(studio)).toHaveLength(3);
    await userEvent.click(row("Title"));
    await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(selected(studio)).toEqual(["item-title", "item-test-pattern"]);
  });

  test("is put in order by dragging a row, which takes the others that are chosen with it", async () => {
    const studio = await open();
    await userEvent.click(row("Gift alerts"));
    await userEvent.click(row("Title"), { modifiers: ["Control"] });
    await userEvent.dragAndDrop(row("Title"), row("Test pattern"), {
      targetPosition: { x: 40, y: 28 },
    });
    expect(order(studio)).toEqual(["item-title", "item-alerts", "item-test-pattern"]);
  });

  test("chooses a row that is dragged alone, and keys go on with it", async () => {
    const studio = await open();
    await userEvent.click(row("Title"));
    await userEvent.dragAndDrop(row("Test pattern"), row("Gift alerts"), {
      targetPosition: { x: 40, y: 4 },
    });
    expect(selected(studio)).toEqual(["item-test-pattern"]);
    expect(order(studio).at(-1)).toBe("item-test-pattern");
  });

  test("renames what is selected by F2 on the stage, and by its menu", async () => {
    const studio = await open();
    const names = () => studio.document.state.getState().sources.map(({ name }) => name);
    const input = page.getByRole("textbox", { name: "Rename source" });
    await userEvent.click(row("Title"));
    const stage = page.getByRole("application").element();
    if (!(stage instanceof HTMLElement)) throw new Error("no stage");
    stage.focus();
    await userEvent.keyboard("{F2}");
    await expect.element(input).toHaveFocus();
    await userEvent.keyboard("Headline{Enter}");
    expect(names()).toContain("Headline");
    await expect.element(row("Headline")).toHaveFocus();
    await userEvent.click(row("Headline"), { button: "right" });
    await userEvent.click(page.getByRole("menuitem", { name: /^Rename/ }));
    await expect.element(input).toHaveFocus();
    await userEvent.keyboard("Words{Enter}");
    expect(names()).toContain("Words");
    // Of several none.
    await userEvent.click(row("Gift alerts"), { modifiers: ["Control"] });
    stage.focus();
    await userEvent.keyboard("{F2}");
    await expect.element(input).not.toBeInTheDocument();
  });

  test("copies a transform by a key that does nothing else; the chat window has its own", async () => {
    const studio = await open();
    await userEvent.click(row("Title"));
    await userEvent.keyboard("{Control>}{Shift>}c{/Shift}{/Control}");
    expect(studio.view.getState().copiedPlacement).not.toBeNull();
    const windows = () => studio.asked.filter(({ name }) => name === "chat.openWindow").length;
    expect(windows()).toBe(0);
    await userEvent.keyboard("{Control>}{Shift>}m{/Shift}{/Control}");
    expect(windows()).toBe(1);
  });

  test("is put in order, locked, hidden and copied by keys", async () => {
    const studio = await open();
    await userEvent.click(row("Title"));
    await userEvent.keyboard("{Control>}{ArrowDown}{/Control}lh");
    expect(order(studio)).toEqual(["item-title", "item-test-pattern", "item-alerts"]);
    expect(items(studio)[0]).toMatchObject({ locked: true, visible: false });
    await userEvent.keyboard("{Control>}cv{/Control}");
    expect(items(studio)).toHaveLength(4);
    expect(items(studio)[3]).toMatchObject({ sourceId: "source-title", locked: true });
  });
});

test("the line between before and after is moved by a slider's keys, which move no item", async () => {
  const studio = await open();
  const [item] = items(studio);
  if (!item) throw new Error("no item");
  await userEvent.click(row("Test pattern"));
  const canvas = document.createElement("canvas");
  canvas.getContext("2d")?.fillRect(0, 0, 16, 9);
  const [track] = canvas.captureStream(1).getVideoTracks();
  if (!track) throw new Error("no track");
  Object.assign(studio.engine, { compare: () => track, endCompare: () => undefined });
  studio.view.setState({ comparedItem: item.id });
  const line = page.getByRole("slider", { name: "Line between before and after" });
  await expect.element(line).toBeInTheDocument();
  const element = line.element();
  if (!(element instanceof HTMLElement)) throw new Error("no line");
  element.focus();
  const before = studio.document.state.getState();
  const at = () => Number(element.getAttribute("aria-valuenow"));
  for (const [keys, wanted] of [
    ["{ArrowUp}{ArrowRight}", 54],
    ["{ArrowDown}{ArrowLeft}{ArrowLeft}", 48],
    ["{Home}", 0],
    ["{ArrowDown}", 0],
    ["{End}", 100],
  ] as const) {
    await userEvent.keyboard(keys);
    expect(at()).toBe(wanted);
  }
  expect(studio.document.state.getState()).toBe(before);
  await userEvent.keyboard("{Escape}");
  await expect.element(line).not.toBeInTheDocument();
  expect(document.activeElement?.getAttribute("role")).toBe("application");
  expect(selected(studio)).toEqual([item.id]);
});

describe("a group in the list", () => {
  const groups = (studio: FakeStudio) =>
    studio.document.state.getState().scenes[0]?.groups.map(({ name }) => name);
  /** From the top to the bottom, groups' items with a dash before them. */
  const rows = () =>
    [...list().element().querySelectorAll("[data-row]")].map(
      (each) =>
        (each.closest("[data-held=true]") ? "-" : "") + (each.getAttribute("aria-label") ?? ""),
    );
  const focused = () => document.activeElement?.getAttribute("aria-label");
  /** The title and the alerts in a group, above the test pattern. */
  const openGrouped = async (locale: Locale = "en") => {
    const studio = await open(locale);
    await userEvent.click(row("Gift alerts"));
    await userEvent.click(row("Title"), { modifiers: ["Control"] });
    await userEvent.keyboard("{Control>}g{/Control}");
    return studio;
  };

  test("is made by Ctrl+G, counted, collapsed and gone through by the keys of trees", async () => {
    const studio = await openGrouped();
    expect(rows()).toEqual(["Group 1", "-Gift alerts", "-Title", "Test pattern"]);
    expect(focused()).toBe("Group 1");
    await expect.element(list().getByTitle("2 sources")).toHaveTextContent("2");
    await userEvent.keyboard("{ArrowLeft}");
    expect(rows()).toEqual(["Group 1", "Test pattern"]);
    await userEvent.keyboard("{ArrowRight}{ArrowRight}");
    expect([focused(), selected(studio)]).toEqual(["Gift alerts", ["item-alerts"]]);
    await userEvent.keyboard("{ArrowDown}");
    expect(selected(studio)).toEqual(["item-title"]);
    await userEvent.keyboard("{ArrowLeft}");
    expect([focused(), selected(studio).length]).toEqual(["Group 1", 2]);
    await userEvent.click(list().getByRole("button", { name: "Collapse" }));
    await userEvent.keyboard("{Enter}");
    expect([focused(), selected(studio)]).toEqual(["Gift alerts", ["item-alerts"]]);
    await userEvent.keyboard("{Escape}");
    expect(focused()).toBe("Group 1");
    await userEvent.keyboard("{Control>}{Shift>}g{/Shift}{/Control}");
    expect(rows()).toEqual(["Gift alerts", "Title", "Test pattern"]);
  });

  test("is renamed in place, hidden and locked by itself, and all of it undone", async () => {
    const studio = await openGrouped();
    await userEvent.keyboard("{F2}");
    await userEvent.keyboard("Overlay{Enter}");
    expect(groups(studio)).toEqual(["Overlay"]);
    await userEvent.keyboard("hl");
    expect(studio.document.state.getState().scenes[0]?.groups).toMatchObject([
      { visible: false, locked: true },
    ]);
    expect(items(studio).every(({ visible, locked }) => visible && !locked)).toBe(true);
    expect(row("Title").element().getAttribute("data-dim")).toBe("true");
    const banner = page.getByRole("banner");
    await expect.element(banner.getByRole("button", { name: /^Undo: lock Overlay/ })).toBeEnabled();
    await userEvent.keyboard("{Control>}zzzz{/Control}");
    expect(groups(studio)).toEqual([]);
    expect(order(studio)).toEqual(["item-test-pattern", "item-title", "item-alerts"]);
  });

  test("takes in what is dragged into it, lets it out, and is dragged as a whole", async () => {
    await openGrouped();
    await userEvent.dragAndDrop(row("Test pattern"), row("Title"), {
      targetPosition: { x: 60, y: 5 },
    });
    expect(rows()).toEqual(["Group 1", "-Gift alerts", "-Test pattern", "-Title"]);
    await userEvent.dragAndDrop(row("Gift alerts"), row("Group 1"), {
      targetPosition: { x: 60, y: 5 },
    });
    expect(rows()).toEqual(["Gift alerts", "Group 1", "-Test pattern", "-Title"]);
    await userEvent.dragAndDrop(row("Group 1"), row("Gift alerts"), {
      targetPosition: { x: 60, y: 5 },
    });
    expect(rows()).toEqual(["Group 1", "-Test pattern", "-Title", "Gift alerts"]);
    await userEvent.click(list().getByRole("button", { name: "Collapse" }));
    await userEvent.dragAndDrop(row("Gift alerts"), row("Group 1"), {
      targetPosition: { x: 60, y: 16 },
    });
    await userEvent.click(list().getByRole("button", { name: "Expand" }));
    expect(rows()).toEqual(["Group 1", "-Gift alerts", "-Test pattern", "-Title"]);
    await userEvent.dragAndDrop(row("Title"), list(), {
      targetPosition: { x: 60, y: list().element().clientHeight - 4 },
    });
    expect(rows()).toEqual(["Group 1", "-Gift alerts", "-Test pattern", "Title"]);
  });

  test("says in its menu what cannot be done and why, and in its properties what it is", async () => {
    await openGrouped("zh-CN");
    await userEvent.click(row("分组 1"), { button: "right" });
    const refused = page.getByRole("menuitem", { name: /^分组（已经是分组）/ });
    await expect.element(refused).toHaveAttribute("aria-disabled", "true");
    await expect
      .element(page.getByRole("menuitem", { name: /^取消分组.*Ctrl\+Shift\+G/ }))
      .toBeVisible();
    await userEvent.keyboard("{Escape}");
    await userEvent.click(page.getByRole("button", { name: "属性" }));
    const properties = page.getByRole("complementary", { name: "属性" });
    await expect.element(properties.getByText(/^2 个来源一起移动/)).toBeVisible();
  });
});

describe("a group on the stage", () => {
  test("is taken as one by a click, entered by a double click and left by Escape", async () => {
    const studio = await open();
    await userEvent.click(row("Title"));
    await userEvent.click(row("Test pattern"), { modifiers: ["Control"] });
    await userEvent.keyboard("{Control>}g{/Control}");
    const stage = page.getByRole("application");
    const video = document.querySelector("video")!.getBoundingClientRect();
    const box = stage.element().getBoundingClientRect();
    const scale = video.width / 1280;
    const position = {
      x: video.left - box.left + 100 * scale,
      y: video.top - box.top + 70 * scale,
    };
    await userEvent.click(stage, { position });
    expect(selected(studio)).toHaveLength(2);
    expect(document.querySelectorAll("g[data-selected]")).toHaveLength(1);
    await userEvent.dblClick(stage, { position });
    expect(selected(studio)).toEqual(["item-title"]);
    expect(document.querySelectorAll("rect[data-inside]")).toHaveLength(1);
    await userEvent.keyboard("{Escape}");
    expect(selected(studio)).toHaveLength(2);
    await userEvent.keyboard("{ArrowRight}");
    expect(items(studio).map(({ transform }) => transform.x)).toEqual([1, 65, 0]);
    await userEvent.keyboard("{Escape}");
    expect(selected(studio)).toEqual([]);
  });
});

describe("the menu", () => {
  test("of a row chooses it, says the keys, and marks the blend mode", async () => {
    const studio = await open();
    await userEvent.click(row("Title"), { button: "right" });
    expect(selected(studio)).toEqual(["item-title"]);
    await expect.element(page.getByRole("menuitem", { name: /Duplicate.*Ctrl\+D/ })).toBeVisible();
    await userEvent.hover(page.getByRole("menuitem", { name: "Blend mode" }));
    await userEvent.click(page.getByRole("menuitem", { name: "Screen" }));
    expect(items(studio)[1]).toMatchObject({ blend: "screen" });
    await userEvent.click(row("Title"), { button: "right" });
    await userEvent.hover(page.getByRole("menuitem", { name: "Blend mode" }));
    await expect
      .element(page.getByRole("menuitem", { name: "Screen" }))
      .toHaveAttribute("aria-checked", "true");
  });

  test("opens within the window, wherever the pointer is", async () => {
    await open();
    const stage = page.getByRole("application");
    const { height } = stage.element().getBoundingClientRect();
    for (const part of [0.2, 0.6, 0.9]) {
      await userEvent.click(stage, {
        button: "right",
        position: { x: 200, y: height * part },
      });
      const first = page.getByRole("menuitem", { name: /^Properties/ });
      await expect.element(first).toBeVisible();
      const last = page.getByRole("menuitem", { name: /^Lock/ });
      await expect
        .poll(() => first.element().getBoundingClientRect().top)
        .toBeGreaterThanOrEqual(0);
      await expect
        .poll(() => last.element().getBoundingClientRect().bottom)
        .toBeLessThanOrEqual(720);
      await userEvent.keyboard("{Escape}");
      await expect.element(first).not.toBeInTheDocument();
    }
  });

  test("opens by the keyboard, too", async () => {
    const studio = await open();
    await userEvent.click(row("Title"));
    await userEvent.keyboard("{Shift>}{F10}{/Shift}");
    await expect.element(page.getByRole("menuitem", { name: /^Cut/ })).toBeVisible();
    expect(selected(studio)).toEqual(["item-title"]);
  });
});

describe("keys on the stage", () => {
  test("Tab goes from item to item, and then on", async () => {
    const studio = await open();
    const stage = page.getByRole("application").element() as HTMLElement;
    stage.focus();
    await userEvent.keyboard("{Tab}");
    expect(selected(studio)).toEqual(["item-alerts"]);
    await userEvent.keyboard("{Tab}{Tab}");
    expect(selected(studio)).toEqual(["item-test-pattern"]);
    expect(document.activeElement).toBe(stage);
    await userEvent.keyboard("{Tab}");
    expect(document.activeElement).not.toBe(stage);
  });

  test("F1 lists all of them, in the language of the window", async () => {
    await open("zh-CN");
    (page.getByRole("application").element() as HTMLElement).focus();
    await userEvent.keyboard("{F1}");
    const dialog = page.getByRole("dialog");
    await expect.element(dialog.getByText("顺时针旋转 90°")).toBeVisible();
    await expect.element(dialog.getByText("Ctrl+Shift+V", { exact: true })).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
  });

  test("what is written into a field keeps its keys", async () => {
    const studio = await open();
    await userEvent.click(row("Title"));
    await userEvent.keyboard("{Enter}");
    const field = page.getByRole("complementary").getByRole("textbox").first();
    await userEvent.fill(field, "hr?");
    expect(items(studio)).toHaveLength(3);
    expect(items(studio)[1]).toMatchObject({ visible: true, transform: { rotationDeg: 0 } });
    expect(studio.view.getState().keyListOpen).toBe(false);
  });
});

test("opacity and angle are set in the properties", async () => {
  const studio = await open();
  await userEvent.click(row("Title"));
  await userEvent.keyboard("{Enter}");
  const form = page.getByRole("complementary");
  await userEvent.fill(form.getByRole("spinbutton", { name: "Angle" }), "30");
  await userEvent.keyboard("{Enter}");
  expect(items(studio)[1]?.transform.rotationDeg).toBe(30);
  (form.getByRole("slider").element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(items(studio)[1]?.opacity).toBeCloseTo(0.98, 9);
});
