import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CollectionList } from "../../preload/contract/collection.ts";
import { CollectionId } from "../../preload/contract/ids.ts";
import { type ErrorCode, fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import { readTextIfPresent, setAside, writeFileAtomically } from "./atomic-file.ts";
import { type DocumentStore, openDocument } from "./document.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { parseJson } from "./parse-json.ts";

/** The collection that every profile begins with; its document lies beside the others' folder. */
const firstId = CollectionId.parse("first");
const fileName = /^([A-Za-z0-9_-]{1,64})\.json$/;

/** The list on the disk; `removed` are those whose files may be there still. */
const ListFile = z.intersection(
  CollectionList,
  z.object({ removed: z.array(CollectionId).default([]) }),
);
type ListFile = z.infer<typeof ListFile>;

type Done = Promise<Result<Record<string, never>>>;

export interface CollectionStore {
  list(): CollectionList;
  /** Of the current collection as last saved; null before the first save of a new profile. */
  document(): SceneDocument | null;
  readonly notices: readonly ErrorCode[];
  /** Answered once the document is on the disk; `collection.unknown` for one that has been removed. */
  save(collectionId: CollectionId, document: SceneDocument): Done;
  /** Keeps a document as a new collection; the current one stays. */
  create(name: string, document: SceneDocument): Promise<Result<{ collectionId: CollectionId }>>;
  /** Makes a collection the current one; `notices` are what the anchor has to know about its file as it was found. */
  open(
    collectionId: CollectionId,
  ): Promise<Result<{ document: SceneDocument; notices: ErrorCode[] }>>;
  rename(collectionId: CollectionId, name: string): Done;
  /** Never the current one. */
  remove(collectionId: CollectionId): Done;
  settle(): Promise<void>;
}

/**
 * Scene collections in a data folder: `document.json` is the first one's, `collections/<id>.json` are the others', and
 * `collections.json` says what they are called and which is open. A collection's file is written before the list names it and
 * removed after the list has forgotten it, so a list on the disk never names what is not there. Where the app ends in between
 * the next opening removes the file: only of what the anchor has removed, never because it is unknown. A list that is
 * broken is set aside and made anew from the files.
 * @throws where the disk cannot be read
 */
export const openCollections = async (
  directory: string,
  nowMs: () => number,
): Promise<CollectionStore> => {
  const folder = join(directory, "collections");
  const listPath = join(directory, "collections.json");
  await mkdir(folder, { recursive: true });
  const notices: ErrorCode[] = [];
  const pathsOf = (id: CollectionId): readonly [string, string] =>
    id === firstId
      ? [join(directory, "document.json"), join(directory, "document.previous.json")]
      : [join(folder, `${id}.json`), join(folder, `${id}.previous.json`)];
  const openOne = (id: CollectionId): Promise<DocumentStore> => openDocument(...pathsOf(id), nowMs);

  const readList = async (): Promise<ListFile> => {
    const text = await readTextIfPresent(listPath);
    if (text !== undefined) {
      const parsed = ListFile.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      await setAside(listPath, nowMs());
      notices.push("collection.list_invalid");
    }
    const found = (await readdir(folder)).flatMap((name) => {
      const id = fileName.exec(name)?.[1];
      return id === undefined ? [] : [{ id: CollectionId.parse(id), name: "" }];
    });
    return { current: firstId, collections: [{ id: firstId, name: "" }, ...found], removed: [] };
  };

  let { removed, ...list } = await readList();
  let current = await openOne(list.current);
  notices.push(...current.notices);
  const inTurn = oneAtATime();
  const writeList = async (
    next: CollectionList,
    nextRemoved = removed,
  ): Promise<Result<Record<string, never>>> => {
    const file: ListFile = { ...next, removed: [...nextRemoved] };
    try {
      await writeFileAtomically(listPath, JSON.stringify(file));
    } catch (error) {
      return fail("document.write_failed", String(error));
    }
    list = next;
    removed = nextRemoved;
    return succeed({});
  };
  const isKnown = (id: CollectionId): boolean =>
    list.collections.some((collection) => collection.id === id);
  /** What cannot be removed now is tried again at the next opening. */
  const removeFiles = async (): Promise<void> => {
    const left: CollectionId[] = [];
    for (const id of removed) {
      if (isKnown(id)) continue;
      try {
        for (const path of pathsOf(id)) await rm(path, { force: true });
      } catch {
        left.push(id);
      }
    }
    removed = left;
  };
  await removeFiles();

  return {
    list: () => list,
    document: () => current.current(),
    notices,
    save: (id, document) =>
      inTurn(async () => {
        if (!isKnown(id)) return fail("collection.unknown", id);
        return (id === list.current ? current : await openOne(id)).save(document);
      }),
    create: (name, document) =>
      inTurn(async () => {
        if (list.collections.length >= 200) return fail("collection.too_many");
        const id = CollectionId.parse(randomUUID());
        const kept = await (await openOne(id)).save(document);
        if (!kept.ok) return kept;
        const listed = await writeList({
          ...list,
          collections: [...list.collections, { id, name }],
        });
        return listed.ok ? succeed({ collectionId: id }) : listed;
      }),
    open: (id) =>
      inTurn(async () => {
        if (!isKnown(id)) return fail("collection.unknown", id);
        const isOpen = id === list.current;
        const opened = isOpen ? current : await openOne(id);
        const document = opened.current();
        if (!document) return fail("collection.unreadable", id);
        const listed = await writeList({ ...list, current: id });
        if (!listed.ok) return listed;
        current = opened;
        return succeed({ document, notices: isOpen ? [] : [...opened.notices] });
      }),
    rename: (id, name) =>
      inTurn(() =>
        isKnown(id)
          ? writeList({
              ...list,
              collections: list.collections.map((each) => (each.id === id ? { id, name } : each)),
            })
          : Promise.resolve(fail("collection.unknown", id)),
      ),
    remove: (id) =>
      inTurn(async () => {
        if (!isKnown(id)) return fail("collection.unknown", id);
        if (id === list.current) return fail("collection.in_use", id);
        const collections = list.collections.filter((each) => each.id !== id);
        const listed = await writeList({ ...list, collections }, [...removed, id]);
        if (listed.ok) await removeFiles();
        return listed;
      }),
    settle: () => inTurn(() => Promise.resolve()),
  };
};
