import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { ItemId, SourceId } from "../../../preload/contract/ids.ts";
import { addFilter } from "../../../renderer/scene/edits/filter-edits.ts";
import { addSource } from "../../../renderer/scene/edits/source-edits.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import { selectionOf } from "../../../renderer/scene/selection.ts";
import { cameraSource } from "../../fakes/documents.ts";
import { itemOf, open, run } from "./opened-studio.tsx";

test("an item's chroma key is added, set, turned off and removed in its properties", async () => {
  const studio = await open();
  run(studio, "running");
  const { items } = studio.document.state.getState().scenes[0] ?? { items: [] };
  const [first] = items;
  if (!first) throw new Error("no item");
  studio.view.setState({ selection: { type: "item", itemId: first.id }, inspectorOpen: true });
  const filters = () => itemOf(studio, first.id)?.filters;
  const section = page.getByRole("region", { name: "Filters" });
  await userEvent.click(section.getByRole("button", { name: "Add a filter" }));
  await userEvent.click(page.getByText("Chroma key"));
  await expect.poll(filters).toMatchObject([{ kind: "chromaKey", enabled: true }]);

  const similarity = section.getByRole("slider").first();
  const similarityOf = () => {
    const [filter] = filters() ?? [];
    return filter?.kind === "chromaKey" ? filter.similarity : 0;
  };
  const before = similarityOf();
  await userEvent.click(similarity);
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(similarityOf).toBeGreaterThan(before);

  // Said where it is so, and only there.
  const note = section.getByText(/half the sharpness/);
  await expect.element(note).toBeVisible();
  studio.engine.stats.setState({
    painter: { kind: "webgl", renderer: "a card", gaveUpGpu: false },
  });
  await expect.element(note).not.toBeInTheDocument();

  await userEvent.click(section.getByRole("switch", { name: "Use Chroma key" }));
  await expect.poll(filters).toMatchObject([{ enabled: false }]);
  await expect.element(section.getByRole("slider").first()).not.toBeInTheDocument();
  await userEvent.click(section.getByRole("button", { name: "Remove Chroma key" }));
  await expect.poll(filters).toEqual([]);
});

test("filters are ordered by keys and by drag, copied to another item, and undone", async () => {
  const studio = await open();
  run(studio, "running");
  const { items } = studio.document.state.getState().scenes[0] ?? { items: [] };
  const [first, second] = items;
  if (!first || !second) throw new Error("no items");
  const select = (id: typeof first.id) =>
    studio.view.setState({ selection: selectionOf([id]), inspectorOpen: true });
  select(first.id);
  const kinds = (id = first.id) => itemOf(studio, id)?.filters.map(({ kind }) => kind);
  const section = page.getByRole("region", { name: "Filters" });
  for (const name of ["Sharpen", "Mask", "Blur"]) {
    await userEvent.click(section.getByRole("button", { name: "Add a filter" }));
    await userEvent.click(page.getByRole("menuitem", { name, exact: true }).last());
    await expect.element(section.getByRole("group", { name, exact: true })).toBeInTheDocument();
  }
  expect(kinds()).toEqual(["sharpen", "mask", "blur"]);

  const nameOf = (name: string) => section.getByRole("group", { name, exact: true });
  const focus = (name: string) => (nameOf(name).element() as HTMLElement).focus();
  focus("Blur");
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(kinds()).toEqual(["sharpen", "blur", "mask"]);
  focus("Blur");
  await userEvent.keyboard(" ");
  expect(itemOf(studio, first.id)?.filters[1]).toMatchObject({ kind: "blur", enabled: false });
  await userEvent.dragAndDrop(nameOf("Mask"), nameOf("Sharpen"));
  await expect.poll(() => kinds()).toEqual(["mask", "sharpen", "blur"]);

  await userEvent.click(section.getByRole("button", { name: "Copy these filters" }));
  select(second.id);
  await userEvent.click(section.getByRole("button", { name: "Paste the copied filters" }));
  await expect.poll(() => kinds(second.id)).toEqual(["mask", "sharpen", "blur"]);
  const ids = [first.id, second.id].flatMap((id) =>
    itemOf(studio, id)?.filters.map((filter) => filter.id),
  );
  expect(new Set(ids).size).toBe(6);
  focus("Mask");
  await userEvent.keyboard("{Delete}");
  expect(kinds(second.id)).toEqual(["sharpen", "blur"]);
});

test("a setting is dragged, typed, taken from a preset and reset", async () => {
  const studio = await open();
  run(studio, "running");
  const [first] = studio.document.state.getState().scenes[0]?.items ?? [];
  if (!first) throw new Error("no item");
  studio.document.apply(addFilter(first.id, newFilter("beauty")));
  studio.view.setState({ selection: selectionOf([first.id]), inspectorOpen: true });
  const section = page.getByRole("region", { name: "Filters" });
  const beauty = () => itemOf(studio, first.id)?.filters[0];
  await userEvent.click(section.getByRole("button", { name: "Strong" }));
  await expect.poll(beauty).toMatchObject({ smooth: 0.95, whiten: 0.75 });
  await userEvent.fill(section.getByRole("spinbutton", { name: "Lighter skin" }), "40");
  await expect.poll(beauty).toMatchObject({ smooth: 0.95, whiten: 0.4 });
  await userEvent.click(section.getByRole("button", { name: "Reset Smooth skin" }));
  await expect.poll(beauty).toMatchObject({ smooth: 0.5, whiten: 0.4 });
});

test("a background filter says why all of the picture is hidden: at the filter, and where it failed at the row", async () => {
  const studio = await open();
  run(studio, "running");
  const [scene] = studio.document.state.getState().scenes;
  const [first] = scene?.items ?? [];
  if (!scene || !first) throw new Error("no item");
  const itemId = ItemId.parse("camera-item");
  const camera = { ...cameraSource(), id: SourceId.parse("camera") };
  const item = { ...first, id: itemId, sourceId: camera.id, filters: [] };
  studio.document.apply(addSource(camera, { sceneId: scene.id, item }));
  studio.view.setState({ selection: selectionOf([itemId]), inspectorOpen: true });
  const section = page.getByRole("region", { name: "Filters" });
  await section.getByRole("button", { name: "Add a filter" }).click();
  await page.getByRole("menuitem", { name: "Background", exact: true }).click();
  expect(itemOf(studio, itemId)?.filters).toMatchObject([{ kind: "background", mode: "blur" }]);
  await expect.element(section.getByText(/^Without a GPU/)).toBeVisible();
  studio.engine.stats.setState({ segmenter: { state: "loading" } });
  await expect.element(section.getByText(/until then all of the picture is hidden/)).toBeVisible();
  const row = page.getByRole("button", { name: "camera", exact: true });
  const mark = row.getByRole("img", { name: /^People cannot be found/ });
  await expect.element(mark).not.toBeInTheDocument();
  studio.engine.stats.setState({ segmenter: { state: "failed", reason: "no memory" } });
  await expect.element(section.getByText(/^People cannot be found/)).toBeVisible();
  await expect.element(mark).toBeVisible();
  await section.getByText("Picture", { exact: true }).click();
  await expect.element(section.getByText(/^Shows the colour below/)).toBeVisible();
  studio.engine.stats.setState({ segmenter: { state: "running" } });
  await expect.element(mark).not.toBeInTheDocument();
});

test("a background filter of what has no picture of its own says that it hides all of it", async () => {
  const studio = await open();
  const pattern = studio.document.state
    .getState()
    .sources.find(({ kind }) => kind === "testPattern");
  const item = studio.document.state
    .getState()
    .scenes.flatMap(({ items }) => items)
    .find(({ sourceId }) => sourceId === pattern?.id);
  if (!item) throw new Error("no test pattern");
  studio.document.apply(addFilter(item.id, newFilter("background")));
  studio.view.setState({ selection: selectionOf([item.id]), inspectorOpen: true });
  const section = page.getByRole("region", { name: "Filters" });
  await expect.element(section.getByText(/here all of the picture is hidden/)).toBeVisible();
});
