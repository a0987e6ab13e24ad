import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WordSeverity } from "../../../../preload/contract/moderation.ts";
import {
  isComparable,
  makeWordFilter,
  mostSymbols,
  type FilterWord,
} from "../../../../main/room-server/word-filter/word-filter.ts";

const listOf = (severity: WordSeverity, words: string): FilterWord[] =>
  words.split(" ").map((text) => ({ text, severity }));
const starred = (words: string, text: string): string =>
  makeWordFilter(listOf("star", words)).judge(text).text;

describe("a word of Chinese characters", () => {
  test.each([
    ["傻逼", "**"],
    ["你个傻逼啊", "你个**啊"],
    ["傻 逼", "* *"],
    ["傻\u200b逼", "**"],
    ["傻-_逼", "*-_*"],
    ["傻👨‍👩‍👧逼!", "*👨‍👩‍👧*!"],
    ["傻逼逼逼", "****"],
    ["傻傻逼逼", "****"],
    ["滚，傻，逼", "滚，*，*"],
    ["傻\u0336逼\u0336", "**"],
    // A clause ends, another begins.
    ["我很傻 逼我也没用", "我很傻 逼我也没用"],
    ["你真傻。逼我走", "你真傻。逼我走"],
  ])("in %j leaves %j", (text, expected) => {
    expect(starred("傻逼", text)).toBe(expected);
  });

  test("is the same in traditional and simplified, on both sides", () => {
    expect(starred("賣淫", "卖淫 賣淫")).toBe("** **");
    expect(starred("卖淫", "卖淫 賣淫")).toBe("** **");
  });

  test("is the same with Chinese digits and others, unless it is digits alone", () => {
    expect(starred("一夜情", "1夜情 壹夜情 ①夜情")).toBe("*** *** ***");
    expect(starred("六四", "六4 64GB 64")).toBe("** 64GB 64");
    expect(starred("微信123", "微信一二三")).toBe("*****");
  });
});

describe("a word of Latin letters", () => {
  test.each([
    ["shit", "****"],
    ["SHIT666", "****666"],
    ["5h1t", "****"],
    ["$h!t!!", "****!!"],
    ["s h i t", "* * * *"],
    ["s.h.i.t", "*.*.*.*"],
    ["shiiiiit", "********"],
    ["你shit啊", "你****啊"],
    ["𝐬𝐡𝐢𝐭", "****"],
    // Parts of other words.
    ["push it", "push it"],
    ["shitake", "shitake"],
    ["sh it", "sh it"],
    ["shiit", "shiit"],
  ])("in %j leaves %j", (text, expected) => {
    expect(starred("shit", text)).toBe(expected);
  });

  test("reaches into longer ones by a star", () => {
    expect(starred("vx*", "vx vx123 vxabc svx")).toBe("** **123 **abc svx");
    expect(starred("*fuck*", "motherfucker")).toBe("mother****er");
    expect(starred("*fuck", "motherfuck fucker")).toBe("mother**** fucker");
  });

  test("does not turn paper sizes into insults", () => {
    expect(starred("ass", "a5 a4 as A$$ a55")).toBe("a5 a4 as *** ***");
  });
});

describe("severities", () => {
  const filter = makeWordFilter([
    ...listOf("star", "傻逼 笨蛋"),
    ...listOf("hold", "加微信"),
    ...listOf("block", "赌博"),
    ...listOf("allow", "傻逼真 反赌博"),
  ]);

  test("the strongest counts, and is named first", () => {
    expect(filter.judge("傻逼加微信赌博")).toMatchObject({
      severity: "block",
      words: ["赌博", "加微信", "傻逼"],
      text: "**加微信赌博",
    });
    expect(filter.judge("傻逼加微信").severity).toBe("hold");
    expect(filter.judge("你好")).toMatchObject({ severity: undefined, words: [], text: "你好" });
  });

  test("a good word saves the bad one inside it, and no other", () => {
    expect(filter.judge("我们反赌博").severity).toBeUndefined();
    expect(filter.judge("我们反赌博，你赌博").severity).toBe("block");
    expect(filter.judge("傻逼真 笨蛋")).toMatchObject({ severity: "star", text: "傻逼真 **" });
  });

  test("of two that read the same the stronger counts, whatever the order", () => {
    for (const words of [
      [...listOf("star", "賭博"), ...listOf("block", "赌博")],
      [...listOf("block", "赌博"), ...listOf("star", "賭博")],
    ])
      expect(makeWordFilter(words).judge("赌博").severity).toBe("block");
  });
});

describe("any list and any text", () => {
  const signs = fc.constantFrom("傻", "逼", "赌", "博");
  const word = fc.array(signs, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));

  test("without disguises: what is found is what the text includes", () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(signs), (words, parts) => {
        // Doubled characters are read once as well.
        const text = parts.filter((part, index) => part !== parts[index - 1]).join("");
        const { severity } = makeWordFilter(listOf("hold", words.join(" "))).judge(text);
        expect(severity !== undefined).toBe(words.some((each) => text.includes(each)));
      }),
    );
  });

  test("disguised as one may, a word is found", () => {
    const disguise = fc.constantFrom<(character: string) => string>(
      (character) => character,
      (character) => `${character}\u200b`,
      (character) => `${character}\u0336`,
      (character) => `*${character}`,
      (character) => `${character}${character}${character}`,
      (character) => (character === "赌" ? "賭" : character),
    );
    fc.assert(
      fc.property(
        word.filter((each) => !/(.)\1/u.test(each)),
        fc.array(disguise, { minLength: 5, maxLength: 5 }),
        fc.string({ unit: fc.constantFrom("好", "人", "。") }),
        (bad, disguises, around) => {
          const text = Array.from(bad, (character, index) => disguises[index]?.(character)).join(
            "",
          );
          const judged = makeWordFilter(listOf("star", bad)).judge(`${around}${text}${around}`);
          expect(judged.severity).toBe("star");
          for (const character of bad) expect(judged.text).not.toContain(character);
        },
      ),
    );
  });

  test("stars leave whole characters, and everything else as it was", () => {
    const piece = fc.oneof(
      fc.constantFrom("傻", "逼", "𝐬", "b", "🇸", "🇧", "👨‍👩‍👧", "e\u0301", "दि", "\u200d", " "),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    const filter = makeWordFilter(listOf("star", "傻逼 傻 sb दद"));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("").toWellFormed();
        const judged = filter.judge(text);
        expect(judged.text.isWellFormed()).toBe(true);
        expect(judged.text.length).toBeLessThanOrEqual(text.length);
        expect(judged.text).not.toContain("傻");
        expect(judged.text === text).toBe(judged.severity === undefined);
      }),
    );
  });

  test("no text takes more steps than a multiple of its length", () => {
    const nested = Array.from({ length: 40 }, (_, index) => "a".repeat(index + 1));
    const filter = makeWordFilter([
      ...listOf("hold", [...nested, ...nested.map((each) => `*${each}*`)].join(" ")),
      ...listOf("star", nested.map((each) => `傻${each}1`).join(" ")),
    ]);
    const bound = 3 * (2 + 3 * mostSymbols);
    for (const text of ["a", "a1", "傻a", "aa ", "@!", "١a"])
      for (const length of [200, 400, 800])
        expect(filter.judge(text.repeat(length)).steps).toBeLessThan(bound * text.length * length);
  });
});

test("words of signs and emoji alone cannot be compared", () => {
  expect(["!!!", "😂", "***", " "].filter(isComparable)).toEqual([]);
  expect(["傻", "a*", "1", "*x*", "🇸🇧"].filter(isComparable)).toHaveLength(5);
  expect(makeWordFilter(listOf("block", "!!! 😂")).judge("😂!!!").severity).toBeUndefined();
});
