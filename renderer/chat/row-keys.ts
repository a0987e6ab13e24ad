/**
 * Keys for React of the rows that are drawn. A row keeps its key while it is drawn; where not one of the rows before is
 * drawn any more, the new ones take over their keys, and by them their elements: in a storm that is each time.
 */
export const createRowKeys = () => {
  let base = 0;
  let shown = { first: 0, end: 0 };
  return (first: number, end: number) => {
    const isNew = first >= shown.end || end <= shown.first;
    const of = isNew ? first - (shown.first - base) : base;
    return {
      keyOf: (row: number): number => row - of,
      /** Called once the rows are shown: a drawing may be given up for a newer one. */
      keep: (): void => {
        base = of;
        shown = { first, end };
      },
    };
  };
};
