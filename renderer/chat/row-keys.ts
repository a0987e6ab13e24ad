/**
 * Keys for React of the rows that are drawn. A row keeps its key while it is drawn; where not one of the rows before is
 * drawn any more, the new ones take over their keys, and by them their elements: in a storm that is each time.
 */
export const createRowKeys = (): ((first: number, end: number) => (row: number) => number) => {
  let base = 0;
  let before = { first: 0, end: 0 };
  return (first, end) => {
    if (first >= before.end || end <= before.first) base = first - (before.first - base);
    before = { first, end };
    const of = base;
    return (row) => row - of;
  };
};
