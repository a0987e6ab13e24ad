import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMessage, type Reading } from "../../../../main/room-server/word-filter/reading.ts";

const read = ({ codes }: Reading): string => String.fromCodePoint(...codes);
const plain = (text: string): string => read(readMessage(text).plain);
const skeletons = (text: string): string[] => readMessage(text).skeletons.map(read);
const written = (text: string): string[] => {
  const { starts, ends } = readMessage(text).plain;
  return starts.map((start, index) => text.slice(start, ends[index]));
};

describe("a reading", () => {
  test.each([
    ["full width and case", "ＦｕＣＫ１２", "fuck12"],
    ["circles, also filled", "Ⓢⓑ⑧❽🅢🅑", "sb88sb"],
    ["mathematical letters", "𝓢𝔅𝟗", "sb9"],
    ["small capitals", "ꜱʜɪᴛ", "shit"],
    ["Cyrillic and Greek that look Latin", "ѕһіт αss", "shitass"],
    ["accents and struck out letters", "s\u0336h\u0336ít", "shit"],
    ["letters made of flags", "🇸🇧", "sb"],
    ["what nobody sees", "傻\u200b\u2060\u00ad\ufe0f逼\u{e0100}", "傻逼"],
    ["what stands between", "傻 *-。😂👨‍👩‍👧逼", "傻逼"],
    ["traditional characters", "國民黨 傻屄", "国民党傻屄"],
    ["radicals and compatibility characters", "⼀⽇豈", "一日岂"],
    ["ligatures and abbreviations", "ﬁ㈱㎏", "fi株kg"],
    ["digits of other scripts", "٨٩六四", "89六四"],
  ])("sees through %s", (_, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test("keeps letters of other scripts apart from their marks", () => {
    expect(plain("か が हिन्दी")).toBe("かがहिन्दी");
  });

  test("takes disguises off where there are any", () => {
    expect(skeletons("sh1t")).toEqual(["shit"]);
    expect(skeletons("a$$ 55")).toEqual(["ass55"]);
    expect(skeletons("加Q八六四")).toEqual(["加q864"]);
    expect(skeletons("fuuuck")).toEqual(["fuck", "fuuck"]);
    expect(skeletons("傻傻逼")).toEqual(["傻逼", "傻傻逼"]);
    expect(skeletons("good wood!! 64")).toEqual([]);
  });

  test("points back at what was written, with the marks on it", () => {
    expect(written("a\u0336𝐛 🇸🇧\u200b。傻")).toEqual(["a\u0336", "𝐛", "🇸", "🇧\u200b", "傻"]);
    expect(written("㎏")).toEqual(["㎏", "㎏"]);
  });

  test("never cuts a character in two, and goes forward only", () => {
    const anything = fc.string({ unit: "binary" });
    const parts = fc.constantFrom("👨‍👩‍👧", "🇸🇧", "e\u0301", "傻", "1️⃣", "ﷺ", " ", "\u200d", "ss", "$");
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, parts)), (pieces) => {
        const text = pieces.join("").toWellFormed();
        const { plain: reading, skeletons: others } = readMessage(text);
        for (const { codes, starts, ends } of [reading, ...others]) {
          let before = 0;
          for (const [index, start] of starts.entries()) {
            const end = ends[index] ?? 0;
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(text.slice(start, end).isWellFormed()).toBe(true);
            before = start;
          }
          // The longest that one character stands for (U+FDFA).
          expect(codes.length).toBeLessThanOrEqual(18 * text.length);
        }
      }),
    );
  });
});
