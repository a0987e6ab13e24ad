import { describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { fail } from "../../../preload/contract/result.ts";
import type { FakeStudio } from "../../fakes/fake-studio.ts";
import { named, open } from "./opened-studio.tsx";

const phase = (studio: FakeStudio) => studio.engine.broadcast.getState().phase;

describe("scene collections", () => {
  const menu = async (entry: string) => {
    await userEvent.click(page.getByRole("button", { name: /^Scene collection: / }));
    return page.getByRole("menuitem", { name: entry });
  };
  const scenes = (studio: FakeStudio) =>
    studio.document.state.getState().scenes.map(({ name }) => name);

  test("are duplicated, renamed, switched and deleted; the last one stays", async () => {
    const studio = await open();
    await expect.element(await menu("Delete collection")).toHaveAttribute("aria-disabled", "true");
    await userEvent.keyboard("{Escape}");
    await userEvent.click(await menu("Duplicate collection…"));
    const name = page.getByRole("textbox", { name: "Name" });
    await expect.element(name).toHaveValue("Scenes copy");
    await userEvent.keyboard("{Enter}");
    await userEvent.click(page.getByRole("button", { name: "Scene collection: Scenes copy" }));
    await userEvent.click(page.getByRole("menuitem", { name: "Rename…" }));
    await userEvent.fill(name, "Evening");
    await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Save" }));
    await userEvent.click(page.getByRole("button", { name: "New scene" }));
    expect(scenes(studio)).toEqual(["Opening", "Be right back", "Scene 3"]);
    await userEvent.click(await menu("Scenes"));
    await vi.waitFor(() => expect(scenes(studio)).toEqual(["Opening", "Be right back"]));
    await userEvent.click(await menu("Evening"));
    await vi.waitFor(() => expect(scenes(studio)).toHaveLength(3));
    await userEvent.click(await menu("Delete collection"));
    await userEvent.click(page.getByRole("button", { name: "Delete collection" }));
    await expect
      .element(page.getByRole("button", { name: "Scene collection: Scenes", exact: true }))
      .toBeVisible();
    expect(scenes(studio)).toEqual(["Opening", "Be right back"]);
  });

  test("are switched while live on the anchor's word only, and what fails is said", async () => {
    const studio = await open();
    await studio.engine.goLive();
    await userEvent.click(await menu("New collection…"));
    await userEvent.type(page.getByRole("textbox", { name: "Name" }), "Other{Enter}");
    await expect.element(page.getByText(/Viewers see the other collection/)).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Cancel" }).last());
    expect(named(studio, "collection.create")).toEqual([]);
    studio.answers.set("collection.create", fail("document.write_failed"));
    await userEvent.click(await menu("New collection…"));
    await userEvent.type(page.getByRole("textbox", { name: "Name" }), "Other{Enter}");
    await userEvent.click(page.getByRole("button", { name: "Switch", exact: true }));
    await expect.element(page.getByText(/could not be saved|cannot be saved/)).toBeVisible();
    expect(scenes(studio)).toEqual(["Opening", "Be right back"]);
    expect(phase(studio)).toBe("live");
  });
});
