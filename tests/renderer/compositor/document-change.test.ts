import fc from "fast-check";
import { expect, it } from "vitest";
import { changeOf, withChange } from "../../../renderer/compositor/document-change.ts";

const plain = fc.jsonValue({ maxDepth: 4 });
/** A value and what an edit makes of it: most of it stays the same object. */
const edited = fc.letrec<{ pair: [unknown, unknown] }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    plain.map((value): [unknown, unknown] => [value, value]),
    fc.tuple(plain, plain),
    fc
      .array(tie("pair"), { maxLength: 6 })
      .map((pairs): [unknown, unknown] => [
        pairs.map(([before]) => before),
        pairs.map(([, after]) => after),
      ]),
    fc
      .dictionary(fc.string(), tie("pair"), { maxKeys: 6 })
      .map((pairs): [unknown, unknown] => [
        Object.fromEntries(Object.entries(pairs).map(([key, [before]]) => [key, before])),
        Object.fromEntries(Object.entries(pairs).map(([key, [, after]]) => [key, after])),
      ]),
  ),
})).pair;

it("the change of a document makes the one of the other, over a structured clone", () => {
  fc.assert(
    fc.property(edited, ([before, after]) => {
      const change = structuredClone(changeOf(before, after));
      expect(change ? withChange(before, change) : before).toEqual(after);
    }),
  );
});

it("no change where nothing changed, and what is before stays as it was", () => {
  fc.assert(
    fc.property(edited, ([before, after]) => {
      const kept = structuredClone(before);
      expect(changeOf(before, structuredClone(before))).toBeNull();
      const change = changeOf(before, after);
      if (change) withChange(before, change);
      expect(before).toEqual(kept);
    }),
  );
});

it("one item of many is said, and the others stay the same objects", () => {
  const items = Array.from({ length: 200 }, (_, index) => ({ id: `i${index}`, x: 0, tags: ["a"] }));
  const before = { name: "s", items };
  const after = { ...before, items: items.with(7, { ...items[7]!, x: 5 }) };
  const change = changeOf(before, after)!;
  expect(JSON.stringify(change).length).toBeLessThan(200);
  const made = withChange(before, change);
  expect(made).toEqual(after);
  expect(made.items[8]).toBe(items[8]);
  expect(made.items[7]?.tags).toBe(items[7]?.tags);
});
