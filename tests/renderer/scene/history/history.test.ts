import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FilterId, ItemId, SceneId, SourceId } from "../../../../preload/contract/ids.ts";
import { SceneDocument, type Source } from "../../../../preload/contract/scene.ts";
import { createDocumentStore } from "../../../../renderer/scene/document-store.ts";
import {
  orderItems,
  pasteItems,
  placeItems,
  raiseItems,
  removeItems,
  setItemsBlend,
  setItemsLocked,
  setItemsOpacity,
  setItemsVisible,
} from "../../../../renderer/scene/edits/arrange-edits.ts";
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
import { mostSteps } from "../../../../renderer/scene/history/history.ts";
import { documentOfRows, rowsOf } from "../../../../renderer/scene/history/rows.ts";
import { noCrop, plainTransform } from "../../../../renderer/scene/transform.ts";

const sceneId = (name: string) => SceneId.parse(name);
const sourceId = (name: string) => SourceId.parse(name);
const itemId = (name: string) => ItemId.parse(name);
const at = (x: number) => ({ transform: { ...plainTransform, x }, crop: noCrop });
const item = (name: string, source: string) => ({
  ...at(0),
  visible: true,
  locked: false,
  opacity: 1,
  blend: "normal" as const,
  filters: [],
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
  muted: true,
};
const key = (id: string) => ({ ...newFilter("chromaKey"), id: FilterId.parse(id) });

/** Scene a (in the programme): red, blue, red again; scene b: blue. */
const document = SceneDocument.parse({
  version: 1,
  canvases: [{ id: "main", width: 1280, height: 720, fps: 30, sceneId: "a" }],
  scenes: [
    { id: "a", name: "a", items: [item("a1", "red"), item("a2", "blue"), item("a3", "red")] },
    { id: "b", name: "b", items: [{ ...item("b1", "blue"), filters: [key("k1"), key("k2")] }] },
  ],
  sources: [colour("red"), colour("blue"), microphone],
});
const [canvas] = document.canvases;
if (!canvas) throw new Error("no canvas");
const show = (scene: string) => switchScene(canvas.id, sceneId(scene));

const open = (initial = document) => {
  let nowMs = 0;
  const store = createDocumentStore(
    initial,
    () => Promise.resolve({ ok: true as const, value: null }),
    { nowMs: () => nowMs },
  );
  store.close();
  const now = () => store.state.getState();
  return {
    store,
    now,
    wait: (ms: number) => (nowMs += ms),
    xOf: (id: string) =>
      now()
        .scenes.flatMap(({ items }) => items)
        .find((each) => each.id === id)?.transform.x,
  };
};

/** Without what undo leaves alone. */
const undoable = (whole: SceneDocument) => ({
  ...whole,
  canvases: whole.canvases.map((each) => ({ ...each, sceneId: null })),
});

describe("undo", () => {
  it("goes back step by step, names each, and redo comes forward again", () => {
    const { store, now } = open();
    const mid = renameScene(sceneId("a"), "one").apply(document);
    store.apply(renameScene(sceneId("a"), "one"));
    store.apply(removeItem(itemId("a1")));
    const end = now();
    expect(store.steps.getState().undo).toMatchObject({ label: "removeSource", name: "red" });
    expect(store.undo()).toMatchObject({ type: "done", step: { about: ["a1"] } });
    expect(now()).toEqual(mid);
    expect(store.steps.getState().undo).toMatchObject({ label: "renameScene", name: "a" });
    store.undo();
    expect(now()).toEqual(document);
    expect(store.undo()).toEqual({ type: "nothing" });
    store.redo();
    store.redo();
    expect(now()).toEqual(end);
    expect(store.steps.getState().redo).toBeNull();
  });

  it("forgets what was undone once something else is done", () => {
    const { store, now } = open();
    store.apply(renameScene(sceneId("a"), "one"));
    store.undo();
    store.apply(renameScene(sceneId("b"), "two"));
    expect(store.redo().type).toBe("nothing");
    expect(now().scenes.map(({ name }) => name)).toEqual(["a", "two"]);
  });

  it("takes a drag as one step, and drops a drag that is under way first", () => {
    const { store, xOf } = open();
    for (const x of [1, 2, 3]) store.preview(placeItem(itemId("a1"), at(x)));
    store.apply(placeItem(itemId("a1"), at(4)));
    store.preview(placeItem(itemId("a1"), at(9)));
    expect(store.undo().type).toBe("nothing");
    expect(xOf("a1")).toBe(4);
    store.undo();
    expect(xOf("a1")).toBe(0);
  });

  it("merges edits of one key, until another comes between or the pause is too long", () => {
    const { store, xOf, wait } = open();
    const nudge = (x: number) =>
      store.apply(placeItem(itemId("a1"), at(x)), { merge: { key: "nudge", withinMs: 1_000 } });
    nudge(1);
    wait(1_000);
    nudge(2);
    wait(1_001);
    nudge(3);
    store.apply(setItemVisible(itemId("a2"), false));
    nudge(4);
    const seen: (number | undefined)[] = [];
    while (store.undo().type === "done") seen.push(xOf("a1"));
    expect(seen).toEqual([3, 3, 2, 0]);
  });

  it("keeps what happened by itself, before, between and on the very thing", () => {
    const { store, now, xOf } = open();
    store.apply(addSource(colour("new"), { sceneId: sceneId("a"), item: item("n", "new") }));
    store.apply(placeItem(itemId("n"), at(7)), { origin: "automatic" });
    store.apply(placeItem(itemId("a1"), at(5)));
    store.apply(renameSource(sourceId("red"), "found again"), { origin: "automatic" });
    store.apply(placeItem(itemId("a1"), at(6)), { origin: "automatic" });
    expect(store.steps.getState().undo).toMatchObject({ about: ["a1"] });
    store.undo();
    expect(xOf("n")).toBeUndefined();
    expect(xOf("a1")).toBe(6);
    expect(now().sources[0]?.name).toBe("found again");
    store.redo();
    expect(xOf("n")).toBe(7);
  });

  it("keeps a drag under the pointer when something happens by itself", () => {
    const { store, xOf, now } = open();
    store.preview(placeItem(itemId("a1"), at(3)));
    store.apply(renameSource(sourceId("red"), "found again"), { origin: "automatic" });
    expect([xOf("a1"), now().sources[0]?.name]).toEqual([3, "found again"]);
  });

  it("leaves alone which scene is in the programme, and which microphone is heard", () => {
    const { store, now } = open();
    const mute = (muted: boolean) =>
      changeSource(sourceId("mic"), (source) =>
        source.kind === "microphone" ? { ...source, muted } : source,
      );
    store.apply(show("b"));
    store.apply(mute(false));
    expect(store.steps.getState().undo).toBeNull();
    store.apply(renameScene(sceneId("a"), "one"));
    store.apply(mute(true));
    store.apply(show("a"));
    store.undo();
    expect(now()).toEqual(document);
  });

  it("never takes away the scene in the programme, and says so", () => {
    const { store, now } = open();
    store.apply(addScene({ id: sceneId("c"), name: "third", items: [] }));
    store.apply(show("c"));
    const before = now();
    expect(store.undo()).toMatchObject({ type: "sceneOnAir", sceneName: "third" });
    expect(now()).toBe(before);
    store.apply(show("a"));
    expect(store.undo().type).toBe("done");
    expect(now()).toEqual(document);
  });

  it("remembers a bounded number of steps", () => {
    const { store } = open();
    for (let n = 0; n < mostSteps + 5; n += 1) store.apply(renameScene(sceneId("a"), `n${n}`));
    let undone = 0;
    while (store.undo().type === "done") undone += 1;
    expect(undone).toBe(mostSteps);
  });
});

it("a document is the sum of its rows", () => {
  expect(documentOfRows(rowsOf(document))).toEqual(document);
});

describe("laws", () => {
  let made = 0;
  const fresh = () => `new-${made++}`;
  const anyScene = fc.constantFrom("a", "b", "x").map(sceneId);
  const anyItem = fc.constantFrom("a1", "a2", "a3", "b1", "gone").map(itemId);
  const anyItems = fc.subarray(["a1", "a2", "a3", "b1", "gone"].map(itemId));
  const anySource = fc.constantFrom("red", "blue", "mic", "gone").map(sourceId);
  const anyFilter = fc.constantFrom("k1", "k2").map((id) => FilterId.parse(id));
  const anyInt = fc.integer({ min: -2, max: 5 });
  const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
    fc.constant(null).map(() => addScene({ id: sceneId(fresh()), name: "new", items: [] })),
    anyScene.map((id) => renameScene(id, "other")),
    anyScene.map(removeScene),
    fc.tuple(anyScene, anyInt).map(([id, to]) => moveScene(id, to)),
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
    fc.tuple(anyItem, anyInt).map(([id, to]) => orderItem(id, to)),
    anyItem.map((id) => raiseItem(id, 1)),
    fc.tuple(anyItem, anyInt).map(([id, x]) => placeItem(id, at(x))),
    fc.tuple(anyItem, fc.boolean()).map(([id, visible]) => setItemVisible(id, visible)),
    fc
      .tuple(anyItems, anyInt)
      .map(([ids, x]) => placeItems(new Map(ids.map((id) => [id, at(x)])), "alignItem")),
    fc
      .tuple(anyItems, fc.constantFrom("up", "down", "top", "bottom"))
      .map(([ids, to]) => raiseItems(ids, to)),
    fc.tuple(anyItems, anyInt).map(([ids, to]) => orderItems(ids, to)),
    anyItems.map(removeItems),
    fc.tuple(anyItems, fc.boolean()).map(([ids, on]) => setItemsVisible(ids, on)),
    fc.tuple(anyItems, fc.boolean()).map(([ids, on]) => setItemsLocked(ids, on)),
    anyItems.map((ids) => setItemsOpacity(ids, 0.5)),
    anyItems.map((ids) => setItemsBlend(ids, "screen")),
    anyScene.map((scene) => {
      const source = fresh();
      const items = [item(fresh(), source), item(fresh(), "red")];
      return pasteItems(scene, items, [colour(source), colour("red")], "pasteItem");
    }),
    anyItem.map((id) => addFilter(id, key(fresh()))),
    anyItem.map((id) => pasteFilters(id, [key(fresh()), key(fresh())])),
    anyItem.map((id) => replaceFilters(id, [key(fresh()), key(fresh())])),
    fc.tuple(anyItem, anyFilter).map(([id, filter]) => removeFilter(id, filter)),
    fc.tuple(anyItem, anyFilter, anyInt).map(([id, filter, to]) => moveFilter(id, filter, to)),
    fc
      .tuple(anyItem, anyFilter, fc.boolean())
      .map(([id, filter, enabled]) => changeFilter(id, filter, (f) => ({ ...f, enabled }))),
  );

  /** Undoes or redoes everything; where the programme's scene is in the way, another one is shown. */
  const goAllTheWay = (store: ReturnType<typeof open>["store"], way: "undo" | "redo"): void => {
    for (;;) {
      const outcome = store[way]();
      if (outcome.type === "nothing") return;
      if (outcome.type === "done") continue;
      const whole = store.state.getState();
      const { sceneId: shown } = whole.canvases[0] ?? canvas;
      const tried = whole.scenes.filter(({ id }) => id !== shown);
      const free = tried.some(({ id }) => {
        store.apply(switchScene(canvas.id, id), { origin: "automatic" });
        return store[way]().type === "done";
      });
      expect(free).toBe(true);
    }
  };

  it("as many undos as edits are the identity, and as many redos bring all back", () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 20 }), (edits) => {
        const { store, now } = open();
        for (const edit of edits) store.apply(edit);
        const end = undoable(now());
        for (let turn = 0; turn < 2; turn += 1) {
          goAllTheWay(store, "undo");
          expect(undoable(now())).toEqual(undoable(document));
          goAllTheWay(store, "redo");
          expect(undoable(now())).toEqual(end);
        }
      }),
    );
  });

  it("undoing everything leaves just what happened by itself, and a valid document at each step", () => {
    const anyAutomatic: fc.Arbitrary<Edit> = fc.oneof(
      fc.tuple(anySource, fc.constantFrom("p", "q")).map(([id, name]) => renameSource(id, name)),
      fc.tuple(anyItem, fc.integer({ min: 10, max: 20 })).map(([id, x]) => placeItem(id, at(x))),
    );
    // The anchor does not set what changes by itself, so both ends are known: on the same field the later one stays.
    const anyOther = anyEdit.filter(
      ({ label }) => !["renameSource", "changeSource", "placeItem", "alignItem"].includes(label),
    );
    const anyStep = fc.oneof(
      anyOther.map((edit) => ({ edit, origin: "anchor" as const })),
      anyAutomatic.map((edit) => ({ edit, origin: "automatic" as const })),
    );
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 20 }), (steps) => {
        const { store, now } = open();
        // What happens by itself to things that are not there does not happen.
        let byItself = document;
        for (const { edit, origin } of steps) {
          const before = now();
          store.apply(edit, { origin });
          if (origin === "automatic" && now() !== before) byItself = edit.apply(byItself);
        }
        goAllTheWay(store, "undo");
        expect(undoable(now())).toEqual(undoable(byItself));
        expect(SceneDocument.safeParse(now()).error).toBeUndefined();
        goAllTheWay(store, "redo");
        expect(SceneDocument.safeParse(now()).error).toBeUndefined();
      }),
    );
  });
});
