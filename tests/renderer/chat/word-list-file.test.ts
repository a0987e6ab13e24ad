import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BlockedWord, importBounds, WordSeverity } from "../../../preload/contract/moderation.ts";
import {
  formatWordList,
  importParts,
  parseWordList,
} from "../../../renderer/chat/word-list-file.ts";

const word = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom("坏", "词", ",", "，", '"', "#", " ", "a", "\t"),
      minLength: 1,
    }),
  )
  .map((text) => BlockedWord.shape.word.safeParse(text))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data);
const list = fc.uniqueArray(
  fc.record({ word, severity: fc.constantFrom(...WordSeverity.options) }),
  { selector: (each) => each.word },
);

describe("a file of words", () => {
  test("is one word a line, or words with severities in either language", () => {
    expect(
      parseWordList(
        '\ufeffword,severity\r\n# 广告\r\n加微信\r\n\r\n赌博,block\n傻逼，打星\n"a,b",allow',
        "hold",
      ),
    ).toEqual({
      words: [
        { word: "加微信", severity: "hold" },
        { word: "赌博", severity: "block" },
        { word: "傻逼", severity: "star" },
        { word: "a,b", severity: "allow" },
      ],
      problems: [],
    });
  });

  test("names the lines that it cannot use, and takes the others", () => {
    const text = `好\n！！！\n坏,不知道\n${"长".repeat(51)}\n好,hold`;
    expect(parseWordList(text, "block")).toEqual({
      words: [{ word: "好", severity: "hold" }],
      problems: [
        { line: 2, problem: "word" },
        { line: 3, problem: "severity" },
        { line: 4, problem: "word" },
      ],
    });
  });

  test("that was written is read as the same words", () => {
    fc.assert(
      fc.property(list, (words) => {
        expect(parseWordList(formatWordList(words), "block")).toEqual({ words, problems: [] });
      }),
    );
  });

  test("is brought in by requests that the room takes, each word once", () => {
    const many = Array.from({ length: 5_001 }, (_, index) => ({
      word: `${"词".repeat(index % 40)}${index}`,
      severity: WordSeverity.options[index % 3] ?? "block",
    }));
    const parts = [...importParts(many)];
    for (const { words } of parts) {
      expect(words.length).toBeLessThanOrEqual(importBounds.words);
      expect(words.join("").length).toBeLessThanOrEqual(importBounds.letters);
    }
    expect(
      parts.flatMap(({ severity, words }) => words.map((each) => `${each} ${severity}`)).toSorted(),
    ).toEqual(many.map((each) => `${each.word} ${each.severity}`).toSorted());
  });
});
