import { type Row, type Rows } from "./rows.ts";

interface Turn<T> {
  readonly before: T;
  readonly after: T;
}

/** How one row becomes another one. A field that is not there is undefined. */
type RowChange =
  | { readonly type: "added" | "removed"; readonly row: Row }
  | {
      readonly type: "changed";
      readonly fields: ReadonlyMap<string, Turn<unknown>>;
      readonly lists: ReadonlyMap<string, Turn<readonly string[]>>;
    };

/** How one document becomes another one, row by row and field by field. */
export type Patch = ReadonlyMap<string, RowChange>;

/**
 * Switches of what is on air, which live outside of undo: pressing Ctrl+Z must never put another scene into the
 * programme, and must never open a microphone that the anchor has muted. And what only the list of sources looks like.
 */
const outsideUndo: ReadonlySet<string> = new Set([
  "canvases.sceneId",
  "sources.muted",
  "groups.collapsed",
]);

const isOutsideUndo = (key: string, field: string): boolean =>
  outsideUndo.has(`${key.slice(0, key.indexOf(" "))}.${field}`);

const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const [x, y] = [Object.entries(a), b as Record<string, unknown>];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    x.length === Object.keys(b).length &&
    x.every(([key, value]) => key in y && same(value, y[key]))
  );
};

const turnsOf = <T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Map<string, Turn<T>> =>
  new Map(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
      const turn = { before: before[name] as T, after: after[name] as T };
      return same(turn.before, turn.after) ? [] : [[name, turn] as const];
    }),
  );

const changeOf = (key: string, before: Row, after: Row): RowChange | undefined => {
  const fields = turnsOf(before.fields, after.fields);
  for (const name of fields.keys()) if (isOutsideUndo(key, name)) fields.delete(name);
  const lists = turnsOf(before.lists, after.lists);
  return fields.size + lists.size > 0 ? { type: "changed", fields, lists } : undefined;
};

export const patchBetween = (before: Rows, after: Rows): Patch => {
  const patch = new Map<string, RowChange>();
  for (const [key, row] of before) {
    const next = after.get(key);
    const change: RowChange | undefined = next
      ? changeOf(key, row, next)
      : { type: "removed", row };
    if (change) patch.set(key, change);
  }
  for (const [key, row] of after) if (!before.has(key)) patch.set(key, { type: "added", row });
  return patch;
};

const turned = <T>(turns: ReadonlyMap<string, Turn<T>>): Map<string, Turn<T>> =>
  new Map([...turns].map(([name, { before, after }]) => [name, { before: after, after: before }]));

const invert = (change: RowChange): RowChange => {
  switch (change.type) {
    case "added":
      return { ...change, type: "removed" };
    case "removed":
      return { ...change, type: "added" };
    case "changed":
      return { type: "changed", fields: turned(change.fields), lists: turned(change.lists) };
    default:
      return change satisfies never;
  }
};

/** What turns `after` into `before`. */
export const inverseOf = (patch: Patch): Patch =>
  new Map([...patch].map(([key, change]) => [key, invert(change)]));

/**
 * The list `after`, without what has been taken out of `current` since `before`, and with what has come into it, each
 * behind the entry that it came behind.
 */
const mergeLists = (
  current: readonly string[],
  { before, after }: Turn<readonly string[]>,
): readonly string[] => {
  const [was, is, now] = [new Set(before), new Set(after), new Set(current)];
  const merged = after.filter((key) => now.has(key) || !was.has(key));
  current.forEach((key, index) => {
    if (was.has(key) || is.has(key)) return;
    const behind = current.slice(0, index).findLast((other) => merged.includes(other));
    merged.splice(behind === undefined ? 0 : merged.indexOf(behind) + 1, 0, key);
  });
  return merged;
};

const changeRow = (row: Row, change: Extract<RowChange, { type: "changed" }>): Row => {
  const fields = { ...row.fields };
  for (const [name, { before, after }] of change.fields) {
    // Somebody else has set it since: that stays.
    if (!same(fields[name], before)) continue;
    if (after === undefined) delete fields[name];
    else fields[name] = after;
  }
  const lists = { ...row.lists };
  for (const [name, turn] of change.lists)
    lists[name] = mergeLists(lists[name] ?? [], {
      before: turn.before ?? [],
      after: turn.after ?? [],
    });
  return { fields, lists };
};

/** Makes the patch's changes in rows that may have changed otherwise since; what those changes set stays. */
export const applyPatch = (rows: Rows, patch: Patch): Rows => {
  const next = new Map(rows);
  for (const [key, change] of patch) {
    const row = next.get(key);
    switch (change.type) {
      case "added":
        if (!row) next.set(key, change.row);
        break;
      case "removed":
        next.delete(key);
        break;
      case "changed":
        if (row) next.set(key, changeRow(row, change));
        break;
      default:
        change satisfies never;
    }
  }
  return next;
};
