import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCollections } from "../../../main/storage/collections.ts";
import { CollectionId } from "../../../preload/contract/ids.ts";
import type { Result } from "../../../preload/contract/result.ts";
import { SceneDocument } from "../../../preload/contract/scene.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const documentNamed = (name: string) =>
  SceneDocument.parse({
    version: 1,
    canvases: [{ id: "main", width: 640, height: 360, fps: 30, sceneId: "scene" }],
    scenes: [{ id: "scene", name, items: [] }],
    sources: [],
  });
const open = (directory: string) => openCollections(directory, () => 0);
const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const first = CollectionId.parse("first");
const namesOf = (store: Awaited<ReturnType<typeof open>>) =>
  store.list().collections.map(({ name }) => name);

test("a profile of the version before is the first collection", async () => {
  const directory = makeTemporaryDirectory();
  writeFileSync(join(directory, "document.json"), JSON.stringify(documentNamed("old")));
  const store = await open(directory);
  expect(store.document()).toEqual(documentNamed("old"));
  expect(store.list()).toEqual({ current: first, collections: [{ id: first, name: "" }] });
  expect(store.notices).toEqual([]);
});

test("each collection keeps its own document, and the one that was open opens again", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  expect(store.document()).toBeNull();
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  expect(store.document()).toEqual(documentNamed("a"));
  expect(valueOf(await store.open(collectionId)).document).toEqual(documentNamed("b"));
  await store.save(collectionId, documentNamed("c"));
  // What the window had on its way when it was switched.
  await store.save(first, documentNamed("late"));
  await store.rename(first, "First");

  const again = await open(directory);
  expect(again.list().current).toBe(collectionId);
  expect(namesOf(again)).toEqual(["First", "Second"]);
  expect(again.document()).toEqual(documentNamed("c"));
  expect(valueOf(await again.open(first)).document).toEqual(documentNamed("late"));
});

test("the one that is open is not removed; another goes with its files", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  await store.save(collectionId, documentNamed("c"));
  expect(await store.remove(first)).toMatchObject({ error: { code: "collection.in_use" } });
  expect(await store.remove(collectionId)).toEqual({ ok: true, value: {} });
  expect(readdirSync(join(directory, "collections"))).toEqual([]);
  for (const asked of [
    store.open(collectionId),
    store.remove(collectionId),
    store.rename(collectionId, "x"),
    store.save(collectionId, documentNamed("d")),
  ])
    expect(await asked).toMatchObject({ error: { code: "collection.unknown" } });
  expect(readdirSync(join(directory, "collections"))).toEqual([]);
});

test("a collection that cannot be read is not switched to; one whose file is torn opens as it was before", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  await store.save(collectionId, documentNamed("c"));
  const path = join(directory, "collections", `${collectionId}.json`);
  writeFileSync(path, "{");
  expect(valueOf(await store.open(collectionId)).document).toEqual(documentNamed("b"));
  await store.open(first);
  for (const broken of [path, path.replace(".json", ".previous.json")]) writeFileSync(broken, "{");
  expect(await store.open(collectionId)).toMatchObject({
    error: { code: "collection.unreadable" },
  });
  expect(store.list().current).toBe(first);
});

test("one whose file is broken opens as it was saved before, and that is said", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  await store.save(collectionId, documentNamed("c"));
  writeFileSync(join(directory, "collections", `${collectionId}.json`), "{");
  expect(valueOf(await store.open(collectionId))).toEqual({
    document: documentNamed("b"),
    notices: ["document.invalid"],
  });
  expect(
    readdirSync(join(directory, "collections")).some((name) => name.includes(".json.broken-")),
  ).toBe(true);
  await store.open(first);
  expect(valueOf(await store.open(collectionId)).notices).toEqual([]);
});

test("what was removed when the app was killed goes at the next opening, and nothing else does", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  await store.save(collectionId, documentNamed("c"));
  const folder = join(directory, "collections");
  const files = new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]),
  );
  expect(files.size).toBe(2);
  await store.remove(collectionId);
  // As after a kill before the files were removed; and a file that somebody has put there.
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, "another.json"), JSON.stringify(documentNamed("d")));
  const again = await open(directory);
  expect(again.list().collections).toEqual([{ id: first, name: "" }]);
  expect(again.document()).toEqual(documentNamed("a"));
  expect(readdirSync(folder)).toEqual(["another.json"]);
  // Its place is no longer watched: what has its name later stays.
  await again.rename(first, "First");
  writeFileSync(join(folder, `${collectionId}.json`), JSON.stringify(documentNamed("e")));
  await open(directory);
  expect(readdirSync(folder)).toHaveLength(2);
});

test("a list that was broken in between brings back what was removed", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  const path = join(directory, "collections", `${collectionId}.json`);
  const bytes = readFileSync(path);
  await store.remove(collectionId);
  writeFileSync(path, bytes);
  writeFileSync(join(directory, "collections.json"), "{");
  const again = await open(directory);
  expect(valueOf(await again.open(collectionId)).document).toEqual(documentNamed("b"));
});

test("a list that is broken is set aside, and every collection is found again", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(first, documentNamed("a"));
  const { collectionId } = valueOf(await store.create("Second", documentNamed("b")));
  await store.open(collectionId);
  const path = join(directory, "collections.json");
  const list: unknown = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...(list as object), current: "gone" }));
  const again = await open(directory);
  expect(again.notices).toEqual(["collection.list_invalid"]);
  expect(again.list()).toEqual({
    current: first,
    collections: [
      { id: first, name: "" },
      { id: collectionId, name: "" },
    ],
  });
  expect(existsSync(path)).toBe(false);
  expect(valueOf(await again.open(collectionId)).document).toEqual(documentNamed("b"));
});
