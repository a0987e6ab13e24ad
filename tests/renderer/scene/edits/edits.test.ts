import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostFilters, SceneDocument } from "../../../../preload/contract/scene.ts";
import { removeItems, setVisible } from "../../../../renderer/scene/edits/arrange-edits.ts";
import {
  addFilter,
  changeFilter,
  moveFilter,
  pasteFilters,
  removeFilter,
  replaceFilters,
} from "../../../../renderer/scene/edits/filter-edits.ts";
import { addItem } from "../../../../renderer/scene/edits/item-edits.ts";
import { orderItems, raiseItems } from "../../../../renderer/scene/edits/order-edits.ts";
import {
  removeScene,
  renameScene,
  switchScene,
} from "../../../../renderer/scene/edits/scene-edits.ts";
import {
  addSource,
  removeSource,
  renameSource,
} from "../../../../renderer/scene/edits/source-edits.ts";
import { anyEdit } from "../../../fakes/any-edit.ts";
import {
  canvasId,
  colour,
  document,
  groupedDocument,
  item,
  itemId,
  key,
  microphone,
  sceneId,
  sceneSource,
  sourceId,
} from "../../../fakes/edited-document.ts";

const itemsOf = (edited: SceneDocument, scene: number) =>
  edited.scenes[scene]?.items.map(({ id }) => id);
const sourcesOf = (edited: SceneDocument) => edited.sources.map(({ id }) => id);

describe("items", () => {
  it("go on top when added", () => {
    const edited = addSource(colour("green"), {
      sceneId: sceneId("a"),
      item: item("a4", "green"),
    }).apply(document);
    expect(itemsOf(edited, 0)).toEqual(["a1", "a2", "a3", "a4"]);
    expect(sourcesOf(edited)).toEqual(["red", "blue", "mic", "green"]);
  });

  it("share a source that is there already", () => {
    const edited = addItem(sceneId("b"), item("b2", "red")).apply(document);
    expect(itemsOf(edited, 1)).toEqual(["b1", "b2"]);
    expect(sourcesOf(edited)).toEqual(sourcesOf(document));
  });

  it("take their source with them only when they are its last", () => {
    const once = removeItems([itemId("a1")]).apply(document);
    expect(sourcesOf(once)).toEqual(["red", "blue", "mic"]);
    const twice = removeItems([itemId("a3")]).apply(once);
    expect(sourcesOf(twice)).toEqual(["blue", "mic"]);
  });

  it("are raised and lowered by one, and stay at the ends", () => {
    const after = (id: string, to: "up" | "down") =>
      itemsOf(raiseItems([itemId(id)], to).apply(document), 0);
    expect(after("a1", "up")).toEqual(["a2", "a1", "a3"]);
    expect(after("a3", "down")).toEqual(["a1", "a3", "a2"]);
    expect(after("a3", "up")).toEqual(["a1", "a2", "a3"]);
    expect(after("a1", "down")).toEqual(["a1", "a2", "a3"]);
  });

  it("are moved to a place in the pile", () => {
    const edited = orderItems(new Map([[itemId("a1"), null]]), 2).apply(document);
    expect(itemsOf(edited, 0)).toEqual(["a2", "a3", "a1"]);
  });

  it("are hidden and placed without touching the others", () => {
    const edited = setVisible([itemId("a2")], false).apply(document);
    expect(edited.scenes[0]?.items.map(({ visible }) => visible)).toEqual([true, false, true]);
    expect(edited.scenes[1]).toBe(document.scenes[1]);
  });
});

describe("sources", () => {
  it("that are microphones live without an item", () => {
    const edited = addSource({ ...microphone, id: sourceId("mic2") }, null).apply(document);
    expect(sourcesOf(edited)).toContain("mic2");
    expect(sourcesOf(removeSource(sourceId("mic")).apply(document))).toEqual(["red", "blue"]);
  });

  it("take every item of theirs with them", () => {
    const edited = removeSource(sourceId("red")).apply(document);
    expect(itemsOf(edited, 0)).toEqual(["a2"]);
  });
});

describe("scenes", () => {
  it("hand the programme to their neighbour when removed, and drop what only they used", () => {
    const edited = removeScene(sceneId("a")).apply(document);
    expect(edited.canvases[0]?.sceneId).toBe("b");
    expect(sourcesOf(edited)).toEqual(["blue", "mic"]);
  });

  it("are never all removed", () => {
    const edited = removeScene(sceneId("b")).apply(removeScene(sceneId("a")).apply(document));
    expect(edited.scenes.map(({ id }) => id)).toEqual(["b"]);
  });

  it("are placed within others, never within themselves, and go from there when removed", () => {
    const shows = (into: string, shown: string) =>
      addSource(sceneSource(`to-${shown}`, shown), {
        sceneId: sceneId(into),
        item: item(`in-${into}`, `to-${shown}`),
      });
    const once = shows("a", "b").apply(document);
    expect(itemsOf(once, 0)).toEqual(["a1", "a2", "a3", "in-a"]);
    expect(shows("b", "b").apply(document)).toBe(document);
    expect(shows("b", "a").apply(once)).toBe(once);
    expect(addItem(sceneId("b"), item("x", "to-b")).apply(once)).toBe(once);
    const renamed = renameScene(sceneId("b"), "other").apply(once);
    expect(renamed.sources.at(-1)?.name).toBe("other");
    expect(renameSource(sourceId("to-b"), "third").apply(once).scenes[1]?.name).toBe("third");
    const without = removeScene(sceneId("b")).apply(once);
    expect(itemsOf(without, 0)).toEqual(["a1", "a2", "a3"]);
    expect(sourcesOf(without)).toEqual(["red", "blue", "mic"]);
  });

  it("are not shown where they do not exist", () => {
    expect(switchScene(canvasId, sceneId("nowhere")).apply(document)).toBe(document);
    expect(switchScene(canvasId, sceneId("b")).apply(document).canvases[0]?.sceneId).toBe("b");
  });
});

it("every edit in any order keeps the document valid", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(document, groupedDocument),
      fc.array(anyEdit, { maxLength: 20 }),
      (initial, edits) => {
        const edited = edits.reduce((before, edit) => edit.apply(before), initial);
        expect(SceneDocument.safeParse(edited).error).toBeUndefined();
      },
    ),
  );
});

it("an item never has more filters than fit", () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => key(`key-${index}`));
  const full = replaceFilters(itemId("a1"), keys(mostFilters)).apply(document);
  expect(SceneDocument.safeParse(full).success).toBe(true);
  for (const edit of [
    addFilter(itemId("a1"), key("more")),
    pasteFilters(itemId("a1"), [key("more")]),
  ])
    expect(edit.apply(full)).toBe(full);
  const nearly = replaceFilters(itemId("a1"), keys(mostFilters - 1)).apply(document);
  expect(pasteFilters(itemId("a1"), [key("more"), key("most")]).apply(nearly)).toBe(nearly);
});

it("filters are added at the end, changed, moved and removed in their item alone", () => {
  const [first, second] = [key("first"), key("second")];
  const steps = [
    addFilter(itemId("a1"), first),
    addFilter(itemId("a1"), second),
    moveFilter(itemId("a1"), second.id, 0),
    changeFilter(itemId("a1"), first.id, (filter) => ({ ...filter, enabled: false })),
    removeFilter(itemId("a1"), second.id),
    removeFilter(itemId("gone"), first.id),
    replaceFilters(itemId("a1"), [key("third"), second]),
  ];
  const after = steps.map((_, index) =>
    steps.slice(0, index + 1).reduce((before, edit) => edit.apply(before), document),
  );
  const filtersOf = (each: SceneDocument, id: string) =>
    each.scenes.flatMap(({ items }) => items).find((item) => item.id === id)?.filters;
  expect(after.map((each) => filtersOf(each, "a1"))).toEqual([
    [first],
    [first, second],
    [second, first],
    [second, { ...first, enabled: false }],
    [{ ...first, enabled: false }],
    [{ ...first, enabled: false }],
    [key("third"), second],
  ]);
  for (const each of after) expect(filtersOf(each, "a2")).toEqual([]);
});
