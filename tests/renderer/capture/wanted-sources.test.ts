import { expect, test } from "vitest";
import { SceneDocument } from "../../../preload/contract/scene.ts";
import { wantedSources } from "../../../renderer/capture/wanted-sources.ts";
import {
  cameraSource,
  colourSource,
  documentOf,
  microphoneSource,
  documentOfScenes,
  sceneSource,
} from "../../fakes/documents.ts";

test("sources of the programme's scene once each, hidden ones too, and every microphone", () => {
  const document = documentOf(
    [
      { source: cameraSource() },
      { source: cameraSource(), x: 10 },
      { source: colourSource("hidden", "#ffffff", 10, 10), visible: false },
      { source: colourSource("grouped", "#ffffff", 10, 10), group: "hidden-group" },
    ],
    {},
    [microphoneSource(), colourSource("unused", "#000000", 10, 10)],
  );
  expect(wantedSources(document).map(({ id }) => id)).toEqual([
    "camera",
    "hidden",
    "grouped",
    "microphone",
  ]);
});

test("sources of scenes that are shown there, however often, once each", () => {
  const document = documentOfScenes({
    scene: [
      { source: sceneSource("inner") },
      { source: sceneSource("inner"), x: 10 },
      { source: sceneSource("outer"), visible: false },
      { source: cameraSource() },
    ],
    inner: [{ source: cameraSource() }, { source: colourSource("red", "#ff0000", 10, 10) }],
    outer: [{ source: sceneSource("inner") }],
    other: [{ source: colourSource("unused", "#000000", 10, 10) }],
  });
  expect(wantedSources(document).map(({ id }) => id)).toEqual([
    "source-inner",
    "source-outer",
    "camera",
    "red",
  ]);
});

test("not those of other scenes", () => {
  const document = documentOf([{ source: cameraSource() }]);
  const [scene] = document.scenes;
  const [canvas] = document.canvases;
  const other = SceneDocument.parse({
    ...document,
    scenes: [scene, { id: "empty", name: "empty", items: [], groups: [] }],
    canvases: [{ ...canvas, sceneId: "empty" }],
  });
  expect(wantedSources(other)).toEqual([]);
});
