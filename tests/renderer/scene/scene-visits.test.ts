import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SceneId } from "../../../preload/contract/ids.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { makeDemoDocument } from "../../../renderer/scene/demo-document.ts";
import { createDocumentStore } from "../../../renderer/scene/document-store.ts";
import { addScene, removeScene, switchScene } from "../../../renderer/scene/edits/scene-edits.ts";
import { createSceneVisits } from "../../../renderer/scene/scene-visits.ts";
import { plainDemoWords } from "../../fakes/plain-demo-words.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const party = SceneId.parse("party");
const other = SceneId.parse("other");

const setUp = () => {
  const store = createDocumentStore(makeDemoDocument(plainDemoWords), () =>
    Promise.resolve(succeed({})),
  );
  for (const id of [party, other]) store.apply(addScene({ id, name: id, items: [], groups: [] }));
  const canvas = () => {
    const [first] = store.state.getState().canvases;
    if (!first) throw new Error("no canvas");
    return first;
  };
  const home = canvas().sceneId;
  const switches = { count: 0 };
  const visits = createSceneVisits(store, () => (switches.count += 1));
  const goTo = (sceneId: SceneId) => store.apply(switchScene(canvas().id, sceneId));
  return { store, visits, home, switches, goTo, current: () => canvas().sceneId };
};

test("shows the scene for its seconds and goes back", () => {
  const { visits, home, switches, current } = setUp();
  visits.visit({ sceneId: party, seconds: 10 });
  expect(current()).toBe(party);
  vi.advanceTimersByTime(9_999);
  expect(current()).toBe(party);
  vi.advanceTimersByTime(1);
  expect(current()).toBe(home);
  expect(switches.count).toBe(2);
});

test("the anchor who switches meanwhile has the last word", () => {
  const { visits, goTo, current } = setUp();
  visits.visit({ sceneId: party, seconds: 10 });
  goTo(other);
  vi.advanceTimersByTime(60_000);
  expect(current()).toBe(other);
});

test("a scene that is gone leaves the visit before as it is", () => {
  const { store, visits, home, current } = setUp();
  store.apply(removeScene(other));
  visits.visit({ sceneId: party, seconds: 10 });
  visits.visit({ sceneId: other, seconds: 60 });
  expect(current()).toBe(party);
  vi.advanceTimersByTime(10_000);
  expect(current()).toBe(home);
});

test("one visit after another goes back to where the first began, when the last is over", () => {
  const { visits, home, current } = setUp();
  visits.visit({ sceneId: party, seconds: 10 });
  vi.advanceTimersByTime(5_000);
  visits.visit({ sceneId: other, seconds: 10 });
  vi.advanceTimersByTime(9_000);
  expect(current()).toBe(other);
  visits.visit({ sceneId: other, seconds: 10 });
  vi.advanceTimersByTime(9_000);
  expect(current()).toBe(other);
  vi.advanceTimersByTime(1_000);
  expect(current()).toBe(home);
});

test("a scene that is gone, or is shown already, is no visit", () => {
  const { store, visits, home, switches, current } = setUp();
  visits.visit({ sceneId: home, seconds: 1 });
  store.apply(removeScene(party));
  visits.visit({ sceneId: party, seconds: 1 });
  vi.advanceTimersByTime(2_000);
  expect(current()).toBe(home);
  expect(switches.count).toBe(0);
});

test("goes back at once when the window closes", () => {
  const { visits, home, current } = setUp();
  visits.visit({ sceneId: party, seconds: 10 });
  visits.close();
  expect(current()).toBe(home);
});
