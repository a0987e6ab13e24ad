import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { succeed } from "../../../preload/contract/result.ts";
import type { SourceId } from "../../../preload/contract/ids.ts";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { createDocumentStore } from "../../../renderer/scene/document-store.ts";
import { placeItem, removeItem } from "../../../renderer/scene/edits/item-edits.ts";
import { placeWhenOpen } from "../../../renderer/scene/place-when-open.ts";
import { fitToCanvas, noCrop, plainTransform } from "../../../renderer/scene/transform.ts";
import type { SourceStatus } from "../../../renderer/session/state.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

const canvas = { width: 1280, height: 720 };

const setUp = () => {
  const store = createDocumentStore(makeDemoDocument(plainDemoWords), () =>
    Promise.resolve(succeed(null)),
  );
  const item = store.state.getState().scenes[0]?.items[1];
  if (!item) throw new Error("no item");
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

it("gives up with the item", () => {
  const { store, item, report, current } = setUp();
  store.apply(removeItem(item.id));
  report(640, 360);
  expect(current()).toBeUndefined();
  store.close();
});
