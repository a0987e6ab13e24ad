import { expect, it } from "vitest";
import { SceneDocument } from "../../../preload/contract/scene.ts";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

const document = makeDemoDocument(plainDemoWords);

it("is a valid document", () => {
  expect(SceneDocument.parse(document)).toEqual(document);
});

it("shows gifts on top of every scene, from one source", () => {
  const alerts = document.sources.filter(({ kind }) => kind === "alerts").map(({ id }) => id);
  expect(alerts).toHaveLength(1);
  expect(document.scenes.map(({ items }) => items.at(-1)?.sourceId)).toEqual([
    alerts[0],
    alerts[0],
  ]);
});

it("sounds without any device", () => {
  expect(document.sources.find(({ kind }) => kind === "testPattern")).toMatchObject({
    gainDb: -20,
    muted: false,
  });
});
