/** A row as far as it decides where others can be dropped. */
export interface DropRow<Id> {
  readonly id: Id;
  /** The row above it that holds it. */
  readonly parentId?: Id | undefined;
  /** Of a row that holds others: whether these are shown, below it. */
  readonly expanded?: boolean | undefined;
}

/** Where a row is dropped. */
export interface Drop<Id> {
  /** Before the row of this index; the number of rows: behind the last. */
  readonly gap: number;
  /** The row that holds it there. */
  readonly parentId: Id | null;
}

const endOf = <Id>(rows: readonly DropRow<Id>[], head: number): number => {
  let end = head + 1;
  while (rows[end] && rows[end]?.parentId === rows[head]?.id) end += 1;
  return end;
};

/**
 * Where a row goes that is held over the row of an index, so far down in it (`part`, from 0 to 1); over none: behind the
 * last. What holds others is never held itself.
 */
export const dropAt = <Id>(
  rows: readonly DropRow<Id>[],
  dragged: DropRow<Id>,
  over: number,
  part: number,
): Drop<Id> => {
  const row = rows[over];
  if (!row) return { gap: rows.length, parentId: null };
  if (dragged.expanded !== undefined) {
    const head =
      row.parentId === undefined ? over : rows.findIndex(({ id }) => id === row.parentId);
    const end = endOf(rows, head);
    return { gap: (over - head + part) / (end - head) < 0.5 ? head : end, parentId: null };
  }
  if (row.expanded === undefined)
    return { gap: part < 0.5 ? over : over + 1, parentId: row.parentId ?? null };
  const edge = row.expanded ? 1 / 2 : 1 / 3;
  if (part < edge) return { gap: over, parentId: null };
  if (!row.expanded && part > 1 - edge) return { gap: over + 1, parentId: null };
  return { gap: over + 1, parentId: row.id };
};
