import { describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { SourceId } from "../../../preload/contract/ids.ts";
import type { FakeStudio } from "../../fakes/fake-studio.ts";
import { onStage, drag, itemOf, named, open, run, sourceList } from "./opened-studio.tsx";

describe("stage", () => {
  test("a drag moves what was pressed, as one edit", async () => {
    const studio = await open();
    run(studio, "running");
    await drag([100, 80], [200, 180]);
    await expect
      .poll(() => itemOf(studio, "item-title")?.transform)
      .toMatchObject({
        x: 164,
        y: 148,
      });
    await vi.waitFor(() => expect(named(studio, "document.save")).toHaveLength(1), 3_000);
    expect(studio.view.getState().selection).toEqual({ type: "item", itemId: "item-title" });
  });

  test("keys arrange the selected item", async () => {
    const studio = await open();
    run(studio, "running");
    await userEvent.click(page.getByRole("application"), { position: onStage(100, 80) });
    await userEvent.keyboard("{ArrowRight}{Shift>}{ArrowDown}{/Shift}h");
    expect(itemOf(studio, "item-title")).toMatchObject({
      visible: false,
      transform: { x: 65, y: 58 },
    });
    await userEvent.keyboard("{Delete}");
    expect(itemOf(studio, "item-title")).toBeUndefined();
  });

  test("a failed source says why and can be tried again", async () => {
    const studio = await open();
    const title = SourceId.parse("source-title");
    studio.engine.sources.setState(
      new Map([[title, { state: "failed", error: { code: "capture.device_busy" } }]]),
      true,
    );
    const reason =
      "Another program is using the device. Close that program and it comes back by itself.";
    await expect.element(page.getByRole("img", { name: reason })).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Try again" }));
    expect(studio.engine.reopened).toEqual([title]);
  });

  test("a picture that is no good is said on its row and over it on the stage, until it is good again", async () => {
    const studio = await open();
    const title = SourceId.parse("source-title");
    const status = { state: "running", size: { width: 400, height: 60 } } as const;
    const set = (fault?: "capture.black") =>
      studio.engine.sources.setState(
        new Map([[title, fault ? { ...status, fault: { code: fault } } : status]]),
        true,
      );
    set("capture.black");
    await expect.element(page.getByRole("img", { name: /The picture is black/ })).toBeVisible();
    await expect.element(page.getByText(/Check the lens cover/)).toBeVisible();
    set();
    await expect.element(page.getByText(/Check the lens cover/)).not.toBeInTheDocument();
    await expect.element(page.getByRole("img", { name: /black/ })).not.toBeInTheDocument();
  });
});

describe("undo", () => {
  const button = (name: RegExp) => page.getByRole("banner").getByRole("button", { name });

  test("takes back a drag, what was typed and what was removed, each as one step that is named", async () => {
    const studio = await open("zh-CN");
    run(studio, "running");
    const before = studio.document.state.getState();
    await drag([100, 80], [200, 180]);
    await userEvent.keyboard("{Enter}");
    const field = page.getByRole("complementary").getByRole("textbox").first();
    await userEvent.fill(field, "");
    await userEvent.type(field, "你好 hello");
    await userEvent.click(page.getByRole("application"), { position: onStage(220, 190) });
    await userEvent.keyboard("{Delete}");
    expect(itemOf(studio, "item-title")).toBeUndefined();

    await userEvent.click(button(/^撤销：删除 Title/));
    expect(itemOf(studio, "item-title")).toBeDefined();
    expect(studio.view.getState().selection).toEqual({ type: "item", itemId: "item-title" });
    await expect.element(button(/^撤销：更改 Title/)).toBeEnabled();
    await userEvent.keyboard("{Control>}z{/Control}");
    await expect.element(field).toHaveValue("Welcome");
    await expect.element(button(/^撤销：移动 Title/)).toBeEnabled();
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(studio.document.state.getState()).toEqual(before);
    await expect.element(button(/^撤销$/)).toBeDisabled();

    await userEvent.keyboard("{Control>}{Shift>}z{/Shift}y{/Control}");
    await expect.element(field).toHaveValue("你好 hello");
    expect(itemOf(studio, "item-title")?.transform).toMatchObject({ x: 164, y: 148 });
  });

  test("takes back what was done to several, and selects them again", async () => {
    const studio = await open();
    run(studio, "running");
    await userEvent.click(page.getByRole("application"));
    await userEvent.keyboard("{Control>}a{/Control}");
    const all = studio.view.getState().selection;
    expect(all).toMatchObject({ type: "item", others: [expect.any(String), expect.any(String)] });
    const before = studio.document.state.getState();
    await userEvent.keyboard("{Delete}");
    expect(studio.document.state.getState().scenes[0]?.items).toEqual([]);
    await userEvent.click(button(/^Undo: delete 3 items/));
    expect(studio.document.state.getState()).toEqual(before);
    expect(studio.view.getState().selection).toEqual(all);
  });

  test("leaves its keys to what is written into", async () => {
    const studio = await open();
    run(studio, "running");
    await drag([100, 80], [200, 180]);
    const moved = studio.document.state.getState();
    await userEvent.click(page.getByRole("textbox"));
    await userEvent.keyboard("hello{Control>}z{/Control}");
    expect(studio.document.state.getState()).toBe(moved);
  });

  test("says what it did in another scene, and why it keeps the one in the programme", async () => {
    const studio = await open();
    run(studio, "running");
    await userEvent.click(page.getByRole("button", { name: "New scene" }));
    await userEvent.click(button(/^Undo: new scene Scene 3/));
    await expect.element(page.getByText(/Scene "Scene 3" is in the programme/)).toBeVisible();
    expect(studio.document.state.getState().scenes).toHaveLength(3);
    await userEvent.click(page.getByText("Opening", { exact: true }));
    await userEvent.click(button(/^Undo: new scene Scene 3/));
    expect(studio.document.state.getState().scenes).toHaveLength(2);

    await drag([100, 80], [200, 180]);
    await userEvent.click(page.getByText("Be right back", { exact: true }));
    await userEvent.click(button(/^Undo: move Title/));
    await expect.element(page.getByText(/^Undone: move Title .*Opening/)).toBeVisible();
    expect(studio.document.state.getState().canvases[0]?.sceneId).toBe("scene-away");
  });
});

describe("a scene within another", () => {
  test("is added from the menu, opens as it is, and cannot hold the scene that it is in", async () => {
    const studio = await open();
    run(studio, "running");
    const whole = () => studio.document.state.getState();
    const menu = async (name: RegExp) => {
      await userEvent.click(page.getByRole("button", { name: "Add" }));
      await userEvent.click(page.getByRole("menuitem", { name: /^Scene/ }));
      return page.getByRole("menuitem", { name });
    };
    await userEvent.click(await menu(/^Be right back/));
    const [source] = whole().sources.filter(({ kind }) => kind === "scene");
    expect(source).toMatchObject({ name: "Be right back", sceneId: "scene-away", width: 1280 });
    expect(whole().scenes[0]?.items.at(-1)?.sourceId).toBe(source?.id);

    await userEvent.click(page.getByRole("application"));
    await userEvent.keyboard("{Enter}");
    const properties = page.getByRole("complementary", { name: "Properties" });
    await expect.element(properties.getByText(/Shows this scene with its 3 sources/)).toBeVisible();
    await userEvent.click(properties.getByRole("button", { name: "Switch to this scene" }));
    expect(whole().canvases[0]?.sceneId).toBe("scene-away");

    const refused = await menu(/^Opening \(shows this scene\)/);
    await expect.element(refused).toHaveAttribute("aria-disabled", "true");
  });
});

describe("a source that has just been added", () => {
  const sourceNames = (studio: FakeStudio) =>
    studio.document.state.getState().sources.map(({ name }) => name);
  /** By keys alone. */
  const add = async (kind: string) => {
    page.getByRole("button", { name: "Add", exact: true }).element().focus();
    await userEvent.keyboard("{Enter}");
    const entry = page.getByRole("menuitem", { name: kind, exact: true });
    await expect.element(entry).toBeVisible();
    await expect
      .poll(() => document.activeElement?.closest("[role=menu]"), { timeout: 5_000 })
      .not.toBeNull();
    while (document.activeElement !== entry.element()) await userEvent.keyboard("{ArrowDown}");
    await userEvent.keyboard("{Enter}");
  };

  test("has the keys: its properties by Enter, its place in the list by arrows, and it goes by Delete", async () => {
    const studio = await open();
    await add("Colour");
    const row = sourceList().getByRole("button", { name: "Colour", exact: true });
    await expect.element(row).toHaveFocus();
    await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
    await userEvent.keyboard("{ArrowDown}{ArrowUp}");
    await expect.element(row).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    const properties = page.getByRole("complementary", { name: "Properties" });
    await expect.element(properties.getByRole("heading", { name: "Colour" })).toBeVisible();
    await userEvent.keyboard("{Delete}");
    expect(sourceNames(studio)).not.toContain("Colour");
  });

  test("has them once: another list or another scene does not give them back to it", async () => {
    const studio = await open();
    await add("Colour");
    await expect
      .element(sourceList().getByRole("button", { name: "Colour", exact: true }))
      .toHaveFocus();
    const undo = page.getByRole("button", { name: /^Undo: / }).element();
    if (!(undo instanceof HTMLElement)) throw new Error("no button");
    undo.focus();
    studio.document.undo();
    studio.document.redo();
    await expect
      .element(sourceList().getByRole("button", { name: "Colour", exact: true }))
      .toBeVisible();
    expect(document.activeElement).toBe(undo);
  });
});
