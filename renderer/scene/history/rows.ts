import type { SceneDocument } from "../../../preload/contract/scene.ts";

/** One thing of the document without the things inside it: those are rows of their own, and `lists` names their keys. */
export interface Row {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Keys of other rows, in order, by the field that holds them. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** The document taken apart, so that two changes of different things, or of different fields, never touch one value. */
export type Rows = ReadonlyMap<string, Row>;

/** The row that holds the document's own fields. */
export const rootKey = "document";

/** The key of a thing's row, by the field that lists it and its id. */
export const rowKey = (field: string, id: string): string => `${field} ${id}`;

/** Fields whose entries are things with an id. */
const listFields: ReadonlySet<string> = new Set([
  "canvases",
  "scenes",
  "sources",
  "items",
  "groups",
  "filters",
]);

interface Thing {
  readonly id: string;
}

export const rowsOf = (document: SceneDocument): Rows => {
  const rows = new Map<string, Row>();
  const add = (key: string, thing: object): void => {
    const fields: Record<string, unknown> = {};
    const lists: Record<string, readonly string[]> = {};
    for (const [field, value] of Object.entries(thing)) {
      if (!listFields.has(field)) {
        fields[field] = value;
        continue;
      }
      const things = value as readonly Thing[];
      lists[field] = things.map(({ id }) => rowKey(field, id));
      for (const entry of things) add(rowKey(field, entry.id), entry);
    }
    rows.set(key, { fields, lists });
  };
  add(rootKey, document);
  return rows;
};

/** Puts a document together again; what no list names is left out. */
export const documentOfRows = (rows: Rows): SceneDocument => {
  const build = (row: Row): object => {
    const thing: Record<string, unknown> = { ...row.fields };
    for (const [field, keys] of Object.entries(row.lists))
      thing[field] = keys.flatMap((key) => {
        const entry = rows.get(key);
        return entry ? [build(entry)] : [];
      });
    return thing;
  };
  const root = rows.get(rootKey);
  if (!root) throw new Error("rows without a document");
  return build(root) as SceneDocument;
};
