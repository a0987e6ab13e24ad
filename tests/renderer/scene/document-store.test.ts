import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fail, type Result, succeed } from "../../../preload/contract/result.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { createDocumentStore } from "../../../renderer/scene/document-store.ts";
import { renameScene } from "../../../renderer/scene/edits/scene-edits.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

const document = makeDemoDocument(plainDemoWords);
const nameOf = (value: SceneDocument | undefined) => value?.scenes[0]?.name;
const rename = (name: string) => {
  const [scene] = document.scenes;
  if (!scene) throw new Error("no scene");
  return renameScene(scene.id, name);
};

/** A save whose answers the test gives. */
const recordingSave = (answer: () => Result<unknown> | Promise<Result<unknown>>) => {
  const saved: SceneDocument[] = [];
  const save = async (value: SceneDocument) => {
    saved.push(value);
    return answer();
  };
  return { saved, save };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("saves half a second after an edit, what was edited since included, however long editing goes on", async () => {
  const { saved, save } = recordingSave(() => succeed(null));
  const store = createDocumentStore(document, save);
  store.apply(rename("one"));
  await vi.advanceTimersByTimeAsync(400);
  store.apply(rename("two"));
  await vi.advanceTimersByTimeAsync(99);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved.map(nameOf)).toEqual(["two"]);
  for (let n = 0; n < 10; n += 1) {
    store.apply(rename(`edit ${n}`));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saved.map(nameOf)).toEqual(["two", "edit 4", "edit 9"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(saved).toHaveLength(3);
});

it("shows a drag at each move and saves it as one edit", async () => {
  const { saved, save } = recordingSave(() => succeed(null));
  const store = createDocumentStore(document, save);
  const seen: (string | undefined)[] = [];
  store.state.subscribe((state) => seen.push(nameOf(state)));
  store.preview(rename("half way"));
  store.preview(rename("further"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(saved).toEqual([]);
  store.apply(rename("there"));
  await vi.advanceTimersByTimeAsync(500);
  expect(seen).toEqual(["half way", "further", "there"]);
  expect(saved.map(nameOf)).toEqual(["there"]);
});

it("forgets a preview that was cancelled, and one that another edit replaced", () => {
  const { save } = recordingSave(() => succeed(null));
  const store = createDocumentStore(document, save);
  store.preview(rename("gone"));
  store.cancelPreview();
  expect(store.state.getState()).toBe(document);
  store.preview(rename("gone"));
  store.apply({ label: "renameScene", about: [], apply: (value) => ({ ...value }) });
  expect(nameOf(store.state.getState())).toBe(nameOf(document));
  store.close();
});

it("saves at once when flushed, and never twice at a time", async () => {
  const answers: ((result: Result<unknown>) => void)[] = [];
  const { saved, save } = recordingSave(
    () => new Promise<Result<unknown>>((resolve) => void answers.push(resolve)),
  );
  const store = createDocumentStore(document, save);
  store.apply(rename("one"));
  const first = store.flush();
  store.apply(rename("two"));
  const second = store.flush();
  expect(saved.map(nameOf)).toEqual(["one"]);
  answers.shift()?.(succeed(null));
  await vi.advanceTimersByTimeAsync(0);
  expect(saved.map(nameOf)).toEqual(["one", "two"]);
  answers.shift()?.(succeed(null));
  await Promise.all([first, second]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(saved).toHaveLength(2);
});

it("tells a failed save until one succeeds", async () => {
  let answer: Result<unknown> = fail("document.write_failed");
  const { saved, save } = recordingSave(() => answer);
  const store = createDocumentStore(document, save);
  store.apply(rename("one"));
  await vi.advanceTimersByTimeAsync(500);
  expect(store.saveFailure.getState()).toEqual({ code: "document.write_failed" });
  answer = succeed(null);
  await store.flush();
  expect(store.saveFailure.getState()).toBeNull();
  expect(saved.map(nameOf)).toEqual(["one", "one"]);
});

it("saves a document that was never saved", async () => {
  const { saved, save } = recordingSave(() => succeed(null));
  createDocumentStore(document, save, { saveAtOnce: true });
  await vi.advanceTimersByTimeAsync(500);
  expect(saved).toEqual([document]);
});
