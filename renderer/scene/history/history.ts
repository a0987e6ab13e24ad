import type { ItemId, SceneId } from "../../../preload/contract/ids.ts";
import type { SceneDocument } from "../../../preload/contract/scene.ts";
import { type Edit, type EditLabel, type EditSubject, withoutItems } from "../edits/edit.ts";
import { applyPatch, inverseOf, type Patch, patchBetween } from "./patch.ts";
import { documentOfRows, rowKey, rowsOf } from "./rows.ts";

/** Older steps are forgotten. */
export const mostSteps = 200;

/** Something the anchor did that can be undone, or redone. */
export interface Step {
  readonly label: EditLabel;
  readonly about: readonly EditSubject[];
  /** What the first of `about` was called; null where it has no name. */
  readonly name: string | null;
}

/** Edits of one gesture, of one key held down, or of one visit to a text field become one step. */
export interface Merge {
  /** Only steps of the same key are merged, and only while nothing else is done between them. */
  readonly key: string;
  /** The longest pause; none where it is missing. */
  readonly withinMs?: number;
}

interface Entry extends Step {
  /** In the order in which they were made. */
  readonly patches: readonly Patch[];
  readonly merge: Merge | undefined;
  readonly atMs: number;
}

/** Each list from the oldest step to the newest. */
export interface History {
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
}

export const emptyHistory: History = { past: [], future: [] };

/** `sceneOnAir`: it would take a scene away that is in the programme. */
export type Travel =
  | {
      readonly type: "done";
      readonly step: Step;
      readonly document: SceneDocument;
      readonly history: History;
    }
  | { readonly type: "sceneOnAir"; readonly step: Step; readonly sceneName: string }
  | { readonly type: "nothing"; readonly history: History };

const nameOf = (document: SceneDocument, id: EditSubject | undefined): string | null => {
  const scene = document.scenes.find((each) => each.id === id);
  if (scene) return scene.name;
  const group = document.scenes.flatMap(({ groups }) => groups).find((each) => each.id === id);
  if (group) return group.name;
  const item = document.scenes.flatMap(({ items }) => items).find((each) => each.id === id);
  const sourceId = item?.sourceId ?? id;
  return document.sources.find((source) => source.id === sourceId)?.name ?? null;
};

/** Remembers an edit of the anchor's that made `after` of `before`. What had been undone can no longer be redone. */
export const remember = (
  history: History,
  edit: Edit,
  { before, after }: { readonly before: SceneDocument; readonly after: SceneDocument },
  merge: Merge | undefined,
  atMs: number,
): History => {
  const patch = patchBetween(rowsOf(before), rowsOf(after));
  if (patch.size === 0) return history;
  const last = history.past.at(-1);
  const merges =
    last?.merge !== undefined &&
    merge?.key === last.merge.key &&
    history.future.length === 0 &&
    atMs - last.atMs <= (merge.withinMs ?? Number.POSITIVE_INFINITY);
  if (merges)
    return {
      past: [...history.past.slice(0, -1), { ...last, patches: [...last.patches, patch], atMs }],
      future: [],
    };
  const entry: Entry = {
    label: edit.label,
    about: edit.about,
    name: nameOf(before, edit.about[0]) ?? nameOf(after, edit.about[0]),
    patches: [patch],
    merge,
    atMs,
  };
  return { past: [...history.past, entry].slice(-mostSteps), future: [] };
};

/** A step changed the item, so that undoing or redoing may bring it back. */
export const remembersItem = ({ past, future }: History, itemId: ItemId): boolean =>
  [...past, ...future].some(({ patches }) =>
    patches.some((patch) => patch.has(rowKey("items", itemId))),
  );

/** A document must hold no source whose scene is gone, no item whose source is, and no group without items. */
const withoutOrphans = (document: SceneDocument): SceneDocument => {
  const scenes = new Set(document.scenes.map(({ id }) => id));
  const kept = document.sources.filter(
    (source) => source.kind !== "scene" || scenes.has(source.sceneId),
  );
  const sources = new Set(kept.map(({ id }) => id));
  return withoutItems({ ...document, sources: kept }, ({ sourceId }) => !sources.has(sourceId));
};

const sceneOnAir = (document: SceneDocument, without: SceneDocument): string | undefined => {
  const left = new Set<SceneId>(without.scenes.map(({ id }) => id));
  const lost = document.canvases.find(({ sceneId }) => !left.has(sceneId))?.sceneId;
  return document.scenes.find(({ id }) => id === lost)?.name;
};

/**
 * Undoes (`by` -1) or redoes (1) a step in a document that may have changed by itself since. A step of which nothing is
 * left to turn is passed over.
 */
export const travel = (history: History, document: SceneDocument, by: -1 | 1): Travel => {
  const from = by < 0 ? history.past : history.future;
  const entry = from.at(-1);
  if (!entry) return { type: "nothing", history };
  const rows = rowsOf(document);
  const patches = by < 0 ? entry.patches.toReversed().map(inverseOf) : entry.patches;
  const next = withoutOrphans(documentOfRows(patches.reduce(applyPatch, rows)));
  const rest = from.slice(0, -1);
  const onAir = sceneOnAir(document, next);
  if (onAir !== undefined) return { type: "sceneOnAir", step: entry, sceneName: onAir };
  const nextRows = rowsOf(next);
  // What it really turned, so that the way back turns just that.
  const made = by < 0 ? patchBetween(nextRows, rows) : patchBetween(rows, nextRows);
  if (made.size === 0)
    return travel(by < 0 ? { ...history, past: rest } : { ...history, future: rest }, document, by);
  const turned: Entry = { ...entry, patches: [made], merge: undefined };
  return {
    type: "done",
    step: entry,
    document: next,
    history:
      by < 0
        ? { past: rest, future: [...history.future, turned] }
        : { past: [...history.past, turned], future: rest },
  };
};
