import { describe, expect, test } from "vitest";
import { dropAt } from "../../../renderer/ui/row-drop.ts";

/** `a`, an open group with `b` and `c`, `d`, and a closed group. */
const rows = [
  { id: "a" },
  { id: "open", expanded: true },
  { id: "b", parentId: "open" },
  { id: "c", parentId: "open" },
  { id: "d" },
  { id: "closed", expanded: false },
];
const overRow = (dragged: string, over: string, part: number) => {
  const row = rows.find(({ id }) => id === dragged);
  if (!row) throw new Error(`no row ${dragged}`);
  const index = rows.findIndex(({ id }) => id === over);
  const { gap, parentId } = dropAt(rows, row, index, part);
  return [gap, parentId];
};

describe("a row", () => {
  test("goes before or behind the one it is over, and into what holds that", () => {
    expect([overRow("d", "a", 0.4), overRow("d", "a", 0.6)]).toEqual([
      [0, null],
      [1, null],
    ]);
    expect([overRow("a", "c", 0.4), overRow("a", "c", 0.6)]).toEqual([
      [3, "open"],
      [4, "open"],
    ]);
    // The same place in the list, out of the group.
    expect(overRow("b", "d", 0.4)).toEqual([4, null]);
  });

  test("goes into a group, at its beginning, or past it", () => {
    expect([overRow("d", "open", 0.4), overRow("d", "open", 0.6)]).toEqual([
      [1, null],
      [2, "open"],
    ]);
    expect([0.2, 0.5, 0.8].map((part) => overRow("a", "closed", part))).toEqual([
      [5, null],
      [6, "closed"],
      [6, null],
    ]);
  });

  test("goes behind all where it is over none", () => {
    expect(overRow("b", "none", 0)).toEqual([6, null]);
  });
});

test("a group goes past whole groups only", () => {
  expect([overRow("closed", "b", 0.4), overRow("closed", "b", 0.6)]).toEqual([
    [1, null],
    [4, null],
  ]);
  expect([overRow("open", "closed", 0.4), overRow("open", "closed", 0.6)]).toEqual([
    [5, null],
    [6, null],
  ]);
});
