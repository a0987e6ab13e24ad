import { expect, it } from "vitest";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { editOfKey, type KeyPress, nudgeOfKey } from "../../../renderer/stage/item-keys.ts";
import { layersOf } from "../../../renderer/stage/layers.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

const document = makeDemoDocument(plainDemoWords);
const canvas = { width: 1280, height: 720 };
const [scene] = document.scenes;
if (!scene) throw new Error("no scene");
const [patternLayer, titleLayer] = layersOf(document, scene, new Map());
if (!patternLayer || !titleLayer) throw new Error("no layers");

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const after = (pressed: KeyPress, layer = titleLayer) => {
  const edit = editOfKey(pressed, layer, canvas) ?? nudgeOfKey(pressed, layer);
  return edit?.apply(document).scenes[0]?.items;
};

const ids = (pressed: KeyPress) => after(pressed)?.map(({ id }) => id);

it("nudges by one pixel, with Shift by ten", () => {
  expect(after(press("ArrowRight"))?.[1]?.transform).toMatchObject({ x: 65, y: 48 });
  expect(after(press("ArrowUp", { shiftKey: true }))?.[1]?.transform).toMatchObject({
    x: 64,
    y: 38,
  });
});

it("orders with Ctrl and brackets", () => {
  expect(ids(press("]", { ctrlKey: true }))?.at(-1)).toBe(titleLayer.item.id);
  expect(ids(press("[", { metaKey: true }))?.at(0)).toBe(titleLayer.item.id);
});

it("hides, fits and deletes", () => {
  expect(after(press("h"))?.[1]?.visible).toBe(false);
  expect(after(press("Delete"))).toHaveLength(2);
  expect(after(press("f"), patternLayer)?.[0]?.transform).toMatchObject({ x: 0, scaleX: 1 });
});

it("cannot fit what has no size yet", () => {
  expect(after(press("f"))).toBeUndefined();
});

it("leaves other keys and browser shortcuts alone", () => {
  for (const pressed of [
    press("a"),
    press("h", { ctrlKey: true }),
    press("f", { altKey: true }),
    press("ArrowLeft", { ctrlKey: true }),
  ])
    expect(after(pressed)).toBeUndefined();
});
