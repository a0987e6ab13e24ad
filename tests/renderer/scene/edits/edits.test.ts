import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FilterId, ItemId, SceneId, SourceId } from "../../../../preload/contract/ids.ts";
import { mostFilters, SceneDocument, type Source } from "../../../../preload/contract/scene.ts";
import type { Edit } from "../../../../renderer/scene/edits/edit.ts";
import {
  addFilter,
  changeFilter,
  moveFilter,
  pasteFilters,
  removeFilter,
  replaceFilters,
} from "../../../../renderer/scene/edits/filter-edits.ts";
import {
  addItem,
  orderItem,
  placeItem,
  raiseItem,
  removeItem,
  setItemVisible,
} from "../../../../renderer/scene/edits/item-edits.ts";
import {
  addScene,
  moveScene,
  removeScene,
  renameScene,
  switchScene,
} from "../../../../renderer/scene/edits/scene-edits.ts";
import {
  addSource,
  changeSource,
  removeSource,
  renameSource,
} from "../../../../renderer/scene/edits/source-edits.ts";
import { newFilter } from "../../../../renderer/scene/filters/new-filter.ts";
import { noCrop, plainTransform } from "../../../../renderer/scene/transform.ts";

const sceneId = (name: string) => SceneId.parse(name);
const sourceId = (name: string) => SourceId.parse(name);
const itemId = (name: string) => ItemId.parse(name);
const plain = {
  transform: plainTransform,
  crop: noCrop,
  visible: true,
  locked: false,
  opacity: 1,
  blend: "normal" as const,
  filters: [],
};
const item = (name: string, source: string) => ({
  ...plain,
  id: itemId(name),
  sourceId: sourceId(source),
});
const colour = (name: string): Source => ({
  id: sourceId(name),
  name,
  kind: "colour",
  colour: "#112233",
  width: 10,
  height: 10,
});
const sceneSource = (name: string, shown: string): Source => ({
  id: sourceId(name),
  name: shown,
  kind: "scene",
  sceneId: sceneId(shown),
  width: 1280,
  height: 720,
});
const microphone: Source = {
  id: sourceId("mic"),
  name: "mic",
  kind: "microphone",
  deviceId: "d",
  label: "l",
  gainDb: 0,
  muted: false,
};

/** Scene a: red, blue, red again (bottom to top); scene b: blue. */
const document = SceneDocument.parse({
  version: 1,
  canvases: [{ id: "main", width: 1280, height: 720, fps: 30, sceneId: "a" }],
  scenes: [
    { id: "a", name: "a", items: [item("a1", "red"), item("a2", "blue"), item("a3", "red")] },
    { id: "b", name: "b", items: [item("b1", "blue")] },
  ],
  sources: [colour("red"), colour("blue"), microphone],
});
const [canvas] = document.canvases;
if (!canvas) throw new Error("no canvas");

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
    const once = removeItem(itemId("a1")).apply(document);
    expect(sourcesOf(once)).toEqual(["red", "blue", "mic"]);
    const twice = removeItem(itemId("a3")).apply(once);
    expect(sourcesOf(twice)).toEqual(["blue", "mic"]);
  });

  it("are raised and lowered by one, and stay at the ends", () => {
    expect(itemsOf(raiseItem(itemId("a1"), 1).apply(document), 0)).toEqual(["a2", "a1", "a3"]);
    expect(itemsOf(raiseItem(itemId("a3"), -1).apply(document), 0)).toEqual(["a1", "a3", "a2"]);
    expect(itemsOf(raiseItem(itemId("a3"), 1).apply(document), 0)).toEqual(["a1", "a2", "a3"]);
    expect(itemsOf(raiseItem(itemId("a1"), -1).apply(document), 0)).toEqual(["a1", "a2", "a3"]);
  });

  it("are moved to a place in the pile", () => {
    expect(itemsOf(orderItem(itemId("a1"), 2).apply(document), 0)).toEqual(["a2", "a3", "a1"]);
  });

  it("are hidden and placed without touching the others", () => {
    const edited = setItemVisible(itemId("a2"), false).apply(document);
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
    expect(switchScene(canvas.id, sceneId("nowhere")).apply(document)).toBe(document);
    expect(switchScene(canvas.id, sceneId("b")).apply(document).canvases[0]?.sceneId).toBe("b");
  });
});

it("every edit in any order keeps the document valid", () => {
  let made = 0;
  const fresh = () => `new-${made++}`;
  const anyScene = fc.constantFrom("a", "b", "x").map(sceneId);
  const anyItem = fc.constantFrom("a1", "a2", "a3", "b1", "gone").map(itemId);
  const anySource = fc.constantFrom("red", "blue", "mic", "gone").map(sourceId);
  const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
    fc.constant(null).map(() => addScene({ id: sceneId(fresh()), name: "new", items: [] })),
    anyScene.map((id) => renameScene(id, "other")),
    anyScene.map(removeScene),
    fc.tuple(anyScene, fc.integer({ min: -1, max: 4 })).map(([id, to]) => moveScene(id, to)),
    anyScene.map((id) => switchScene(canvas.id, id)),
    anyScene.map((scene) => {
      const source = fresh();
      return addSource(colour(source), { sceneId: scene, item: item(fresh(), source) });
    }),
    fc.tuple(anyScene, anySource).map(([scene, source]) => addItem(scene, item(fresh(), source))),
    fc.tuple(anyScene, anyScene).map(([into, shown]) => {
      const source = fresh();
      return addSource(sceneSource(source, shown), {
        sceneId: into,
        item: item(fresh(), source),
      });
    }),
    fc
      .tuple(anyScene, anyScene)
      .map(([into, shown]) => addItem(into, item(fresh(), `to-${shown}`))),
    anySource.map((id) => renameSource(id, "other")),
    anySource.map((id) => changeSource(id, (source) => ({ ...source, name: "changed" }))),
    anySource.map(removeSource),
    anyItem.map(removeItem),
    fc.tuple(anyItem, fc.integer({ min: -2, max: 5 })).map(([id, to]) => orderItem(id, to)),
    anyItem.map((id) => raiseItem(id, 1)),
    anyItem.map((id) => placeItem(id, { ...plain, crop: noCrop })),
    fc.tuple(anyItem, fc.boolean()).map(([id, visible]) => setItemVisible(id, visible)),
    anyItem.map((id) => addFilter(id, { ...newFilter("chromaKey"), id: FilterId.parse(fresh()) })),
    fc
      .tuple(
        anyItem,
        fc.constantFrom(pasteFilters, replaceFilters),
        fc.integer({ min: 0, max: 30 }),
      )
      .map(([id, edit, count]) =>
        edit(
          id,
          Array.from({ length: count }, () => ({
            ...newFilter("blur"),
            id: FilterId.parse(fresh()),
          })),
        ),
      ),
  );
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 20 }), (edits) => {
      const edited = edits.reduce((before, edit) => edit.apply(before), document);
      expect(SceneDocument.safeParse(edited).error).toBeUndefined();
    }),
  );
});

it("an item never has more filters than fit", () => {
  const blurs = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...newFilter("blur"),
      id: FilterId.parse(`blur-${index}`),
    }));
  const full = replaceFilters(itemId("a1"), blurs(mostFilters)).apply(document);
  expect(SceneDocument.safeParse(full).success).toBe(true);
  for (const edit of [
    addFilter(itemId("a1"), newFilter("blur")),
    pasteFilters(itemId("a1"), blurs(1)),
  ])
    expect(edit.apply(full)).toBe(full);
  const nearly = replaceFilters(itemId("a1"), blurs(mostFilters - 1)).apply(document);
  expect(pasteFilters(itemId("a1"), blurs(2)).apply(nearly)).toBe(nearly);
});

it("filters are added at the end, changed, moved and removed in their item alone", () => {
  const key = (id: string) => ({ ...newFilter("chromaKey"), id: FilterId.parse(id) });
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
