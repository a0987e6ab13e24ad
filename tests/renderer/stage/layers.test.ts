import { describe, expect, it } from "vitest";
import { ItemId } from "../../../preload/contract/ids.ts";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { setLocked, setVisible } from "../../../renderer/scene/edits/arrange-edits.ts";
import type { SourceStatus } from "../../../renderer/session/state.ts";
import {
  blocksOf,
  grabbedAt,
  layerAt,
  layersIn,
  layersOf,
} from "../../../renderer/stage/layers.ts";
import { colourSource, documentOf } from "../../fakes/documents.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

const document = makeDemoDocument(plainDemoWords);
const pattern = ItemId.parse("item-test-pattern");
const title = ItemId.parse("item-title");
const alerts = ItemId.parse("item-alerts");

const running: SourceStatus = { state: "running", size: { width: 400, height: 60 } };
const statuses = new Map(document.sources.map(({ id }) => [id, running]));
const layersAfter = (value: typeof document) => {
  const [scene] = value.scenes;
  if (!scene) throw new Error("no scene");
  return layersOf(value, scene, statuses);
};
const layers = layersAfter(document);
const onTitle = { x: 100, y: 60 };
const beside = { x: 1_000, y: 400 };

it("has the layers from the bottom to the top, with the size of what is open", () => {
  expect(layers.map(({ item, size }) => [item.id, size?.width])).toEqual([
    [pattern, 1280],
    [title, 400],
    [alerts, 1280],
  ]);
});

it("stands in for a picture whose size is unknown", () => {
  const [scene] = document.scenes;
  if (!scene) throw new Error("no scene");
  const closed = layersOf(document, scene, new Map()).find(({ item }) => item.id === title);
  expect(closed).toMatchObject({ size: null, bounds: { x: 64, y: 48, width: 640, height: 360 } });
});

describe("a click", () => {
  it("picks the topmost layer, and alerts only where nothing else is", () => {
    expect(layerAt(layers, onTitle)?.item.id).toBe(title);
    expect(layerAt(layers, beside)?.item.id).toBe(pattern);
    const bare = layersAfter(setVisible([pattern], false).apply(document));
    expect(layerAt(bare, beside)?.item.id).toBe(alerts);
  });

  it("does not pick what is hidden", () => {
    const hidden = layersAfter(setVisible([title], false).apply(document));
    expect(layerAt(hidden, onTitle)?.item.id).toBe(pattern);
  });
});

describe("a press", () => {
  it("grabs the selected layer under others", () => {
    expect(grabbedAt(layers, onTitle, new Set([pattern]))?.item.id).toBe(pattern);
    expect(grabbedAt(layers, onTitle, new Set())?.item.id).toBe(title);
  });

  it("grabs the topmost layer where the selected one is not", () => {
    expect(grabbedAt(layers, beside, new Set([title]))?.item.id).toBe(pattern);
  });
});

describe("what is locked", () => {
  const locked = layersAfter(setLocked([pattern], true).apply(document));

  it("is not picked, grabbed or framed", () => {
    expect(layerAt(locked, beside)?.item.id).toBe(alerts);
    expect(grabbedAt(locked, onTitle, new Set([pattern]))?.item.id).toBe(title);
    expect(
      layersIn(locked, { x: 0, y: 0, width: 1280, height: 720 }).map(({ item }) => item.id),
    ).toEqual([title]);
  });
});

describe("groups", () => {
  const grouped = documentOf([
    { source: colourSource("a", "#ffffff", 10, 10), x: 0, group: "hidden" },
    { source: colourSource("b", "#ffffff", 10, 10), x: 20, group: "locked" },
    { source: colourSource("c", "#ffffff", 10, 10), x: 40, group: "locked", visible: false },
    { source: colourSource("d", "#ffffff", 10, 10), x: 60 },
    { source: colourSource("e", "#ffffff", 10, 10), x: 80 },
  ]);
  const own = layersAfter(grouped);

  it("hide and lock their layers", () => {
    expect(own.map(({ visible, locked }) => [visible, locked])).toEqual([
      [false, false],
      [true, true],
      [false, true],
      [true, false],
      [true, false],
    ]);
    const everywhere = { x: 0, y: 0, width: 100, height: 10 };
    expect(layersIn(own, everywhere).map(({ bounds }) => bounds.x)).toEqual([60, 80]);
    expect(layerAt(own, { x: 5, y: 5 })).toBeUndefined();
    expect(layerAt(own, { x: 25, y: 5 })).toBeUndefined();
  });

  it("are one box around what is seen of them, where they are taken as a whole", () => {
    const boxes = (isWhole: (id: string) => boolean) =>
      blocksOf(own, isWhole).map(({ bounds }) => [bounds.x, bounds.width]);
    expect(boxes((id) => id === "locked")).toEqual([
      [0, 10],
      [20, 10],
      [60, 10],
      [80, 10],
    ]);
    expect(boxes(() => false)).toHaveLength(5);
  });
});

describe("a frame", () => {
  it("takes what it touches, but alerts", () => {
    expect(
      layersIn(layers, { x: 0, y: 0, width: 65, height: 49 }).map(({ item }) => item.id),
    ).toEqual([pattern, title]);
    expect(
      layersIn(layers, { x: 0, y: 0, width: 63, height: 47 }).map(({ item }) => item.id),
    ).toEqual([pattern]);
  });
});
