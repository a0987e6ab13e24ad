import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDocument } from "../../../main/storage/document.ts";
import { SceneDocument } from "../../../preload/contract/scene.ts";
import { makeTemporaryDirectory } from "../../fakes/temporary-directory.ts";

const documentNamed = (name: string) =>
  SceneDocument.parse({
    version: 1,
    canvases: [{ id: "canvas", width: 640, height: 360, fps: 30, sceneId: "scene" }],
    scenes: [{ id: "scene", name, items: [] }],
    sources: [],
  });

const open = (directory: string) =>
  openDocument(
    join(directory, "document.json"),
    join(directory, "document.previous.json"),
    () => 0,
  );

test("there is none at first, then the one that was saved", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  expect(store.current()).toBeNull();
  expect(await store.save(documentNamed("a"))).toEqual({ ok: true, value: {} });
  expect((await open(directory)).current()).toEqual(documentNamed("a"));
});

test("a broken document is set aside, and the version before it is taken", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(documentNamed("a"));
  await store.save(documentNamed("b"));
  writeFileSync(join(directory, "document.json"), '{"version":1,');
  const again = await open(directory);
  expect(again.current()).toEqual(documentNamed("a"));
  expect(again.notices).toEqual(["document.invalid"]);
  expect(readdirSync(directory).some((name) => name.startsWith("document.json.broken-"))).toBe(
    true,
  );
  await again.save(documentNamed("c"));
  expect((await open(directory)).current()).toEqual(documentNamed("c"));
});

test("two broken documents are none", async () => {
  const directory = makeTemporaryDirectory();
  for (const name of ["document.json", "document.previous.json"])
    writeFileSync(join(directory, name), "[]");
  const store = await open(directory);
  expect(store.current()).toBeNull();
  expect(store.notices).toEqual(["document.invalid"]);
});

test("the same document twice keeps the version before it", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  for (const name of ["a", "b", "b"]) await store.save(documentNamed(name));
  expect(readFileSync(join(directory, "document.previous.json"), "utf8")).toContain('"name":"a"');
});

test("a failed write is told and keeps the last document", async () => {
  const directory = makeTemporaryDirectory();
  const store = await open(directory);
  await store.save(documentNamed("a"));
  mkdirSync(join(directory, "document.json.new"));
  expect(await store.save(documentNamed("b"))).toMatchObject({
    ok: false,
    error: { code: "document.write_failed" },
  });
  expect(store.current()).toEqual(documentNamed("a"));
  expect((await open(directory)).current()).toEqual(documentNamed("a"));
});
