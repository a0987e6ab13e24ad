import fc from "fast-check";
import { expect, test } from "vitest";
import { ellipsise, wrapText } from "../../../../../renderer/capture/kinds/text/wrap-text.ts";

/** Each Chinese character 2 wide, others 1. */
const measure = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);

test("keeps lines that fit, and the text's own line breaks", () => {
  expect(wrapText("one two\nthree\r\n\nfour", 20, measure)).toEqual([
    "one two",
    "three",
    "",
    "four",
  ]);
});

test("wraps Latin at blanks and Chinese between characters", () => {
  expect(wrapText("a winter night", 8, measure)).toEqual(["a winter", "night"]);
  expect(wrapText("今晚八点开播", 6, measure)).toEqual(["今晚八", "点开播"]);
  expect(wrapText("新品 launch 专场", 8, measure)).toEqual(["新品", "launch", "专场"]);
});

test("never begins a line with closing punctuation", () => {
  expect(wrapText("今晚八点，开播", 8, measure)).toEqual(["今晚八", "点，开播"]);
});

test("breaks a word that is wider than a line, and never a grapheme", () => {
  expect(wrapText("abcdefgh", 3, measure)).toEqual(["abc", "def", "gh"]);
  expect(wrapText("👨‍👩‍👧x", 1, measure)).toEqual(["👨‍👩‍👧", "x"]);
});

test("loses and adds no character but blanks at line ends", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "bc", " ", "中", "文", "，", "\n") }),
      fc.integer({ min: 1, max: 12 }),
      (text, width) => {
        const squeeze = (value: string) => value.replaceAll(/\s/gu, "");
        expect(squeeze(wrapText(text, width, measure).join(""))).toBe(squeeze(text));
      },
    ),
  );
});

test("no line of single characters is wider than asked", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", " ", "中") }),
      fc.integer({ min: 2, max: 12 }),
      (text, width) => {
        for (const line of wrapText(text, width, measure))
          expect(measure(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test("an ellipsis stands for what does not fit", () => {
  expect(ellipsise("晚风", 4, measure)).toBe("晚风");
  expect(ellipsise("想喝奶茶的人", 7, measure)).toBe("想喝奶…");
  expect(ellipsise("AVeryLongNickname", 6, measure)).toBe("AVery…");
});
