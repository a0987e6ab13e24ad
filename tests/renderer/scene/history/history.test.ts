import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SceneDocument } from "../../../../preload/contract/scene.ts";
import { createDocumentStore } from "../../../../renderer/scene/document-store.ts";
import { removeItems, setVisible } from "../../../../renderer/scene/edits/arrange-edits.ts";
import type { Edit } from "../../../../renderer/scene/edits/edit.ts";
import {
  collapseGroup,
  groupItems,
  renameGroup,
  ungroup,
} from "../../../../renderer/scene/edits/group-edits.ts";
import { placeItem } from "../../../../renderer/scene/edits/item-edits.ts";
import {
  addScene,
  renameScene,
  switchScene,
} from "../../../../renderer/scene/edits/scene-edits.ts";
import {
  addSource,
  changeSource,
  renameSource,
} from "../../../../renderer/scene/edits/source-edits.ts";
import { mostSteps } from "../../../../renderer/scene/history/history.ts";
import { documentOfRows, rowsOf } from "../../../../renderer/scene/history/rows.ts";
import { anyEdit, anyItem, anySource } from "../../../fakes/any-edit.ts";
import {
  at,
  canvasId,
  colour,
  document,
  group,
  groupedDocument,
  groupId,
  item,
  itemId,
  sceneId,
  sourceId,
} from "../../../fakes/edited-document.ts";

const show = (scene: string) => switchScene(canvasId, sceneId(scene));

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
  scenes: whole.scenes.map((scene) => ({
    ...scene,
    groups: scene.groups.map((each) => ({ ...each, collapsed: false })),
  })),
});

describe("undo", () => {
  it("goes back step by step, names each, and redo comes forward again", () => {
    const { store, now } = open();
    const mid = renameScene(sceneId("a"), "one").apply(document);
    store.apply(renameScene(sceneId("a"), "one"));
    store.apply(removeItems([itemId("a1")]));
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
    store.apply(setVisible([itemId("a2")], false));
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
    store.apply(addScene({ id: sceneId("c"), name: "third", items: [], groups: [] }));
    store.apply(show("c"));
    const before = now();
    expect(store.undo()).toMatchObject({ type: "sceneOnAir", sceneName: "third" });
    expect(now()).toBe(before);
    store.apply(show("a"));
    expect(store.undo().type).toBe("done");
    expect(now()).toEqual(document);
  });

  it("names groups, and leaves alone how the list shows them", () => {
    const { store, now } = open();
    store.apply(groupItems([itemId("a1"), itemId("a3")], group("ga")));
    expect(store.steps.getState().undo).toMatchObject({ label: "groupItems", about: ["a1", "a3"] });
    store.apply(renameGroup(groupId("ga"), "people"));
    expect(store.steps.getState().undo).toMatchObject({ label: "renameGroup", name: "ga" });
    store.apply(collapseGroup(groupId("ga"), true));
    store.undo();
    expect(now().scenes[0]?.groups).toEqual([group("ga", { collapsed: true })]);
    store.apply(ungroup([groupId("ga")]));
    expect(store.steps.getState().undo).toMatchObject({ label: "ungroup", name: "ga" });
    store.undo();
    store.undo();
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
  expect(documentOfRows(rowsOf(groupedDocument))).toEqual(groupedDocument);
});

describe("laws", () => {
  const anyDocument = fc.constantFrom(document, groupedDocument);

  /** Undoes or redoes everything; where the programme's scene is in the way, another one is shown. */
  const goAllTheWay = (store: ReturnType<typeof open>["store"], way: "undo" | "redo"): void => {
    for (;;) {
      const outcome = store[way]();
      if (outcome.type === "nothing") return;
      if (outcome.type === "done") continue;
      const whole = store.state.getState();
      const shown = whole.canvases[0]?.sceneId;
      const tried = whole.scenes.filter(({ id }) => id !== shown);
      const free = tried.some(({ id }) => {
        store.apply(switchScene(canvasId, id), { origin: "automatic" });
        return store[way]().type === "done";
      });
      expect(free).toBe(true);
    }
  };

  it("as many undos as edits are the identity, and as many redos bring all back", () => {
    fc.assert(
      fc.property(anyDocument, fc.array(anyEdit, { maxLength: 20 }), (initial, edits) => {
        const { store, now } = open(initial);
        for (const edit of edits) store.apply(edit);
        const end = undoable(now());
        for (let turn = 0; turn < 2; turn += 1) {
          goAllTheWay(store, "undo");
          expect(undoable(now())).toEqual(undoable(initial));
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
    // The anchor does not set what changes by itself, so both ends are known: on the same field the later one stays. Nor is a
    // source pasted back that was removed: what happens to it then goes with the paste.
    const anyOther = anyEdit.filter(
      ({ label }) =>
        !["renameSource", "changeSource", "placeItem", "alignItem", "pasteItem"].includes(label),
    );
    const anyStep = fc.oneof(
      anyOther.map((edit) => ({ edit, origin: "anchor" as const })),
      anyAutomatic.map((edit) => ({ edit, origin: "automatic" as const })),
    );
    fc.assert(
      fc.property(anyDocument, fc.array(anyStep, { maxLength: 20 }), (initial, steps) => {
        const { store, now } = open(initial);
        // What happens by itself to things that are not there does not happen.
        let byItself = initial;
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
