import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createRowKeys } from "../../../renderer/chat/row-keys.ts";

const rowsOf = (first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index);

it("a row keeps its key while it is drawn, and no two have the same", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 40 }))), (drawings) => {
      const keys = createRowKeys();
      let before = new Map<number, number>();
      for (const [first, count] of drawings) {
        const keyOf = keys(first, first + count);
        const drawn = new Map(rowsOf(first, first + count).map((row) => [row, keyOf(row)]));
        expect(new Set(drawn.values()).size).toBe(count);
        for (const [row, key] of drawn) expect(before.get(row) ?? key).toBe(key);
        before = drawn;
      }
    }),
  );
});

it("where none of the rows before is drawn any more their keys are taken over, in their order", () => {
  const keys = createRowKeys();
  const before = rowsOf(100, 130).map(keys(100, 130));
  expect(rowsOf(130, 160).map(keys(130, 160))).toEqual(before);
  expect(rowsOf(20, 50).map(keys(20, 50))).toEqual(before);
  expect(rowsOf(40, 70).map(keys(40, 70)).slice(0, 10)).toEqual(before.slice(20));
});
