import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { succeed } from "../../../preload/contract/result.ts";
import type { FakeStudio } from "../../fakes/fake-studio.ts";
import { open, sourceList } from "./opened-studio.tsx";

describe("picker", () => {
  const screen = (n: number) => ({
    captureId: `screen:${n}:0`,
    kind: "screen",
    name: `Screen ${n}`,
    thumbnail: "",
  });
  const pickScreen = async (studio: FakeStudio, screens: number) => {
    const list = Array.from({ length: screens }, (_, index) => screen(index + 1));
    studio.answers.set("capture.list", succeed(list));
    await userEvent.click(page.getByRole("button", { name: "Add", exact: true }));
    await userEvent.click(page.getByRole("menuitem", { name: "Screen", exact: true }));
    const search = page.getByPlaceholder("Find by name");
    await expect.element(search).toHaveFocus();
    await expect.element(page.getByRole("button", { name: "Screen 1" })).toBeVisible();
    return search;
  };
  const captured = (studio: FakeStudio) =>
    studio.document.state.getState().sources.filter(({ kind }) => kind === "screen");

  test("uses the only screen by Enter, and gives the keys to what was added", async () => {
    const studio = await open();
    await pickScreen(studio, 1);
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    expect(captured(studio)).toMatchObject([{ captureId: "screen:1:0" }]);
    await expect
      .element(sourceList().getByRole("button", { name: "Screen 1", exact: true }))
      .toHaveFocus();
    await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
  });

  test("chooses nothing among several until the search leaves one", async () => {
    const studio = await open();
    const search = await pickScreen(studio, 2);
    await userEvent.keyboard("{Enter}");
    expect(captured(studio)).toEqual([]);
    await userEvent.fill(search, "2");
    await userEvent.keyboard("{Enter}");
    expect(captured(studio)).toMatchObject([{ captureId: "screen:2:0" }]);
  });

  test("gives the focus back when it is left", async () => {
    const studio = await open();
    await pickScreen(studio, 2);
    await userEvent.click(page.getByRole("button", { name: "Cancel" }));
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    expect(captured(studio)).toEqual([]);
    await expect.element(page.getByRole("button", { name: "Add", exact: true })).toHaveFocus();
  });
});
