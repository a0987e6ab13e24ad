import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanMessage,
  lettersOf,
  mostMessageLetters,
} from "../../../renderer/gifts/clean-message.ts";

describe("a message in the programme", () => {
  test.each([
    ["主播加油！", "主播加油！"],
    ["  two   words\n of\tone line ", "two words of one line"],
    ["a\u0000b\u202Ecod\u200Be", "a bcode"],
    ["哈哈哈哈哈哈哈哈哈", "哈哈哈哈"],
    ["666", "666"],
    ["look https://example.com/a?b=c here", "look here"],
    ["see www.example.org!", "see"],
    ["加我 bad-shop.top/x 领红包", "加我 领红包"],
    ["EXAMPLE.COM", ""],
    ["e.g. 3.5 of 5, ok.Then", "e.g. 3.5 of 5, ok.Then"],
    ["e\u0301\u0301\u0301\u0301\u0301!", "\u00E9\u0301\u0301!"],
    ["a\u202E\u0301", "\u00E1"],
    ["👨‍👩‍👧 love", "👨‍👩‍👧 love"],
    ["", ""],
  ])("of %j is %j", (text, clean) => {
    expect(cleanMessage(text)).toBe(clean);
  });

  test("law: is short, on one line, without what cannot be seen, and clean already", () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        ..."aあ哈 ../:w\u0301\u0000\u200B\u202E\n".split(""),
        "http://",
        "www.",
        ".com",
        "😀",
        "\u2028",
      ),
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: "binary" })), (text) => {
        const clean = cleanMessage(text);
        expect(lettersOf(clean).length).toBeLessThanOrEqual(mostMessageLetters);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\u200B\u202E\u2028\u2029]| {2}/u);
        expect(clean).not.toMatch(/:\/\/|www\.|a\.com\b/iu);
        expect(clean).not.toMatch(/(\P{M})\1{4}/u);
        expect(cleanMessage(clean)).toBe(clean);
      }),
    );
  });
});
