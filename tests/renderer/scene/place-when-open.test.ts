import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { succeed } from "../../../preload/contract/result.ts";
import { ItemId, SceneId, type SourceId } from "../../../preload/contract/ids.ts";
import type { Item } from "../../../preload/contract/scene.ts";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { createDocumentStore } from "../../../renderer/scene/document-store.ts";
import { removeItems } from "../../../renderer/scene/edits/arrange-edits.ts";
import type { Edit } from "../../../renderer/scene/edits/edit.ts";
import { addItem, placeItem } from "../../../renderer/scene/edits/item-edits.ts";
import { renameScene } from "../../../renderer/scene/edits/scene-edits.ts";
import { placeWhenOpen } from "../../../renderer/scene/place-when-open.ts";
import { fitToCanvas, noCrop, plainTransform } from "../../../renderer/scene/transform.ts";
import type { SourceStatus } from "../../../renderer/session/state.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

const canvas = { width: 1280, height: 720 };

/** Waits for the title of the demo document, or for a second item of it that is added by `add`. */
const setUp = (add?: (item: Item) => Edit) => {
  const store = createDocumentStore(makeDemoDocument(plainDemoWords), () =>
    Promise.resolve(succeed(null)),
  );
  const title = store.state.getState().scenes[0]?.items[1];
  if (!title) throw new Error("no item");
  const item = add ? { ...title, id: ItemId.parse("added"), transform: plainTransform } : title;
  if (add) store.apply(add(item));
  const sources = createStore<ReadonlyMap<SourceId, SourceStatus>>(() => new Map());
  placeWhenOpen(store, sources, { itemId: item.id, sourceId: item.sourceId }, (size) =>
    fitToCanvas({ transform: plainTransform, crop: noCrop }, size, canvas),
  );
  const report = (width: number, height: number) =>
    sources.setState(
      new Map([[item.sourceId, { state: "running", size: { width, height } }]]),
      true,
    );
  const current = () =>
    store.state.getState().scenes[0]?.items.find(({ id }) => id === item.id)?.transform;
  return { store, item, report, current };
};

it("fits an item once its source's size is known, and only once", () => {
  const { store, report, current } = setUp();
  report(640, 360);
  expect(current()).toMatchObject({ x: 0, y: 0, scaleX: 2, scaleY: 2 });
  report(320, 180);
  expect(current()).toMatchObject({ x: 0, y: 0, scaleX: 2, scaleY: 2 });
  store.close();
});

it("leaves an item that the anchor has moved meanwhile", () => {
  const { store, item, report, current } = setUp();
  const moved = { ...item.transform, x: 5 };
  store.apply(placeItem(item.id, { transform: moved, crop: noCrop }));
  report(640, 360);
  expect(current()).toEqual(moved);
  store.close();
});

it("waits for an item that was undone, or deleted, and comes back", () => {
  const { store, item, report, current } = setUp();
  store.apply(removeItems([item.id]));
  report(640, 360);
  expect(current()).toBeUndefined();
  store.undo();
  expect(current()).toMatchObject({ x: 0, y: 0, scaleX: 2, scaleY: 2 });
  store.close();
});

it("places what was added, undone before it opened, and redone", () => {
  const { store, item, report, current } = setUp((added) =>
    addItem(SceneId.parse("scene-opening"), added),
  );
  expect(current()).toEqual(item.transform);
  store.undo();
  report(640, 360);
  expect(current()).toBeUndefined();
  store.redo();
  expect(current()).toMatchObject({ x: 0, y: 0, scaleX: 2, scaleY: 2 });
  store.close();
});

it("gives up with an item that cannot come back", () => {
  const { store, item, report, current } = setUp((added) =>
    addItem(SceneId.parse("scene-opening"), added),
  );
  store.undo();
  store.apply(renameScene(SceneId.parse("scene-opening"), "other"));
  expect(store.remembers(item.id)).toBe(false);
  // The same item once more, by hand: nobody waits for it any longer.
  store.apply(addItem(SceneId.parse("scene-opening"), item));
  report(640, 360);
  expect(current()).toEqual(item.transform);
  store.close();
});
