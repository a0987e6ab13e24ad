import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createRowKeys } from "../../../renderer/chat/row-keys.ts";

const rowsOf = (first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index);

it("a row keeps its key while it is drawn, and no two have the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 40 }), fc.boolean())),
      (drawings) => {
        const keys = createRowKeys();
        let before = new Map<number, number>();
        for (const [first, count, isShown] of drawings) {
          const { keyOf, keep } = keys(first, first + count);
          // Given up for a newer one.
          if (!isShown) continue;
          keep();
          const drawn = new Map(rowsOf(first, first + count).map((row) => [row, keyOf(row)]));
          expect(new Set(drawn.values()).size).toBe(count);
          for (const [row, key] of drawn) expect(before.get(row) ?? key).toBe(key);
          before = drawn;
        }
      },
    ),
  );
});

it("where none of the rows before is drawn any more their keys are taken over, in their order", () => {
  const keys = createRowKeys();
  const shown = (first: number, end: number): number[] => {
    const { keyOf, keep } = keys(first, end);
    keep();
    return rowsOf(first, end).map(keyOf);
  };
  const before = shown(100, 130);
  expect(shown(130, 160)).toEqual(before);
  expect(shown(20, 50)).toEqual(before);
  expect(shown(40, 70).slice(0, 10)).toEqual(before.slice(20));
});
