import { beforeEach, describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { CollectionList } from "../../../../preload/contract/collection.ts";
import { PictureId } from "../../../../preload/contract/ids.ts";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import type { SceneDocument } from "../../../../preload/contract/scene.ts";
import type { request } from "../../../../renderer/bridge.ts";
import { packCollection } from "../../../../renderer/scene/collections/collection-file.ts";
import { createCollectionStore } from "../../../../renderer/scene/collections/collection-store.ts";
import { createDocumentStore } from "../../../../renderer/scene/document-store.ts";
import { renameScene } from "../../../../renderer/scene/edits/scene-edits.ts";
import { colourSource, documentOf } from "../../../fakes/documents.ts";

const initial = documentOf([{ source: colourSource("red", "#ff0000", 8, 8) }]);
const [scene] = initial.scenes;
if (!scene) throw new Error("no scene");
const rename = (name: string) => renameScene(scene.id, name);
const pictureId = PictureId.parse("a".repeat(64));

const open = () => {
  const kept = new Map<string, SceneDocument>([["first", initial]]);
  const asked: string[] = [];
  const answers = new Map<string, () => Result<unknown>>();
  const ask = ((name: string, input: { collectionId?: string; document?: SceneDocument }) => {
    asked.push(name);
    const answer = (): Result<unknown> => {
      const told = answers.get(name)?.();
      if (told) return told;
      const id = input.collectionId ?? `made-${kept.size}`;
      if (name === "collection.create" || name === "document.save") {
        if (input.document) kept.set(id, input.document);
        return succeed({ collectionId: id });
      }
      if (name === "collection.open") return succeed({ document: kept.get(id), notices: [] });
      if (name === "collection.remove") kept.delete(id);
      return succeed({ pictureId });
    };
    return Promise.resolve(answer());
  }) as unknown as typeof request;
  const state = createStore(() =>
    CollectionList.parse({ current: "first", collections: [{ id: "first", name: "First" }] }),
  );
  const document = createDocumentStore(
    initial,
    (saved) => ask("document.save", { collectionId: state.getState().current, document: saved }),
    { key: "first" },
  );
  let opened = 0;
  const collections = createCollectionStore({
    state,
    document,
    request: ask,
    readPicture: () => Promise.resolve(undefined),
    onOpened: () => (opened += 1),
  });
  const nameNow = () => document.state.getState().scenes[0]?.name;
  const names = () => state.getState().collections.map(({ name }) => name);
  return {
    collections,
    document,
    state,
    kept,
    asked,
    answers,
    nameNow,
    names,
    opened: () => opened,
  };
};

let studio: ReturnType<typeof open>;
beforeEach(() => {
  studio = open();
});

describe("collections", () => {
  test("are switched between with what was edited in each, and with its steps back", async () => {
    const { collections, document, state, kept, nameNow } = studio;
    document.apply(rename("one"));
    await collections.create("Second", initial);
    expect(kept.get("first")?.scenes[0]?.name).toBe("one");
    expect([state.getState().current, nameNow()]).toEqual(["made-1", "scene"]);
    expect(document.steps.getState().undo).toBeNull();
    document.apply(rename("two"));
    const [first] = state.getState().collections;
    if (!first) throw new Error("no collection");
    await collections.open(first.id);
    expect(nameNow()).toBe("one");
    expect(kept.get("made-1")?.scenes[0]?.name).toBe("two");
    document.undo();
    expect(nameNow()).toBe("scene");
    document.redo();
    await collections.open(state.getState().collections[1]!.id);
    expect(nameNow()).toBe("two");
    document.undo();
    expect(nameNow()).toBe("scene");
    document.close();
  });

  test("stay where they are when the one before cannot be saved, or the other cannot be opened", async () => {
    const { collections, document, answers, state, nameNow, opened } = studio;
    answers.set("collection.open", () => fail("collection.unreadable"));
    expect((await collections.create("Second", initial)).ok).toBe(false);
    expect(state.getState().current).toBe("first");
    answers.delete("collection.open");
    answers.set("document.save", () => fail("document.write_failed"));
    document.apply(rename("one"));
    const second = state.getState().collections[1]!.id;
    expect(await collections.open(second)).toMatchObject({
      error: { code: "document.write_failed" },
    });
    expect([state.getState().current, nameNow(), opened()]).toEqual(["first", "one", 0]);
    document.close();
  });

  test("keep what is edited while another one is being opened", async () => {
    const { collections, document, answers, kept, nameNow } = studio;
    answers.set("collection.open", () => {
      document.apply(rename("late"));
      answers.delete("collection.open");
      return succeed({ document: initial });
    });
    await collections.create("Second", initial);
    expect(kept.get("first")?.scenes[0]?.name).toBe("late");
    expect(nameNow()).toBe("scene");
    document.close();
  });

  test("are removed after a neighbour is open, and never the last", async () => {
    const { collections, asked, names, state } = studio;
    expect(await collections.removeCurrent()).toMatchObject({
      error: { code: "collection.in_use" },
    });
    await collections.create("Second", initial);
    expect((await collections.removeCurrent()).ok).toBe(true);
    expect([names(), state.getState().current]).toEqual([["First"], "first"]);
    expect(asked.slice(-2)).toEqual(["collection.open", "collection.remove"]);
  });
});

describe("a file", () => {
  const image = {
    id: "image",
    name: "image",
    kind: "image",
    pictureId,
    width: 4,
    height: 4,
  } as const;
  const shown = documentOf([{ source: image }], { width: 320, height: 180 });
  const file = async (document: SceneDocument) => {
    const packed = await packCollection({
      name: "Show",
      document,
      pictures: new Map([[pictureId, new Uint8Array([1])]]),
    });
    if (!packed.ok) throw new Error(packed.error.code);
    return packed.value;
  };

  test("becomes a collection of its own, in the programme's canvas", async () => {
    const { collections, document, names } = studio;
    const other = { ...shown, canvases: shown.canvases.map((canvas) => ({ ...canvas, id: "x" })) };
    expect((await collections.unpack(await file(other as SceneDocument))).ok).toBe(true);
    expect(names()).toEqual(["First", "Show"]);
    expect(document.state.getState()).toEqual(shown);
  });

  test("whose pictures are refused, or others than it says, changes nothing", async () => {
    const { collections, answers, names, document } = studio;
    answers.set("picture.import", () => fail("picture.invalid"));
    expect(await collections.unpack(await file(shown))).toMatchObject({
      error: { code: "picture.invalid" },
    });
    answers.set("picture.import", () => succeed({ pictureId: "b".repeat(64) }));
    expect(await collections.unpack(await file(shown))).toMatchObject({
      error: { code: "collection.file_damaged" },
    });
    expect(names()).toEqual(["First"]);
    expect(document.state.getState()).toBe(initial);
  });

  test("is not made while a picture is missing", async () => {
    const { collections, document } = studio;
    document.replace("other", shown);
    expect(await collections.pack("Show")).toMatchObject({ error: { code: "picture.missing" } });
  });
});
