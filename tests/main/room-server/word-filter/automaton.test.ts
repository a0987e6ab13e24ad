import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildAutomaton } from "../../../../main/room-server/word-filter/automaton.ts";

const automatonOf = (patterns: readonly (readonly number[])[]) => {
  const offsets = [0];
  for (const pattern of patterns) offsets.push((offsets.at(-1) ?? 0) + pattern.length);
  const building = buildAutomaton({
    codes: Int32Array.from(patterns.flat()),
    offsets: Int32Array.from(offsets),
  });
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
};

const findsOf = (patterns: readonly (readonly number[])[], text: readonly number[]) => {
  const finds: string[] = [];
  const steps = automatonOf(patterns).scan(text, (pattern, end) => finds.push(`${pattern}@${end}`));
  return { finds: finds.toSorted(), steps };
};

const naiveFinds = (patterns: readonly (readonly number[])[], text: readonly number[]) =>
  patterns
    .flatMap((pattern, index) =>
      text.flatMap((_, start) =>
        pattern.every((code, at) => text[start + at] === code)
          ? [`${index}@${start + pattern.length}`]
          : [],
      ),
    )
    .toSorted();

const codes = (text: string): number[] =>
  Array.from(text, (character) => character.codePointAt(0) ?? 0);

describe("the automaton", () => {
  test("finds words within words, and where one begins in another's end", () => {
    const patterns = ["he", "she", "his", "hers"].map(codes);
    expect(findsOf(patterns, codes("ushers")).finds).toEqual(["0@4", "1@4", "3@6"]);
  });

  test("finds what a search at every place finds, in steps that the text and the finds bound", () => {
    // Two or three different symbols, so that patterns overlap, repeat and contain each other.
    const symbols = fc.array(fc.constantFrom(0x61, 0x50bb, 0x1f600), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(symbols, { maxLength: 30 }), fc.array(symbols), (patterns, parts) => {
        const text = [...parts.flat(), 0x7a];
        const { finds, steps } = findsOf(patterns, text);
        expect(finds).toEqual(naiveFinds(patterns, text));
        expect(steps).toBeLessThanOrEqual(2 * text.length + finds.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test("takes at most two steps a symbol where nothing is found, also in the text made against it", () => {
    const patterns = Array.from({ length: 60 }, (_, index) => codes(`${"a".repeat(index + 1)}b`));
    const automaton = automatonOf(patterns);
    for (const length of [1_000, 2_000, 4_000]) {
      const steps = automaton.scan(codes("a".repeat(length)), () => expect.unreachable());
      expect(steps).toBeLessThanOrEqual(2 * length);
    }
  });

  test("gives way while it is built, often enough for 100,000 words", () => {
    const patterns = Array.from({ length: 100_000 }, (_, index) => codes(`w${index}`));
    const offsets = [0];
    for (const pattern of patterns) offsets.push((offsets.at(-1) ?? 0) + pattern.length);
    const building = buildAutomaton({
      codes: Int32Array.from(patterns.flat()),
      offsets: Int32Array.from(offsets),
    });
    let pieces = 1;
    let step = building.next();
    for (; !step.done; step = building.next()) pieces += 1;
    expect(pieces).toBeGreaterThan(200);
    expect(step.value.bytes / step.value.nodes).toBeLessThan(40);
    const found: number[] = [];
    step.value.scan(codes("ow99999!"), (pattern) => found.push(pattern));
    expect(found.toSorted((one, other) => one - other)).toEqual([9, 99, 999, 9_999, 99_999]);
  });
});
