import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../../preload/contract/result.ts";
import { chooseLocale, errorWordKey, wordsOf } from "../../../renderer/watch/words.ts";
import en from "../../../resources/locales/watch.en.json";
import zh from "../../../resources/locales/watch.zh-CN.json";

const placeholders = (phrases: Readonly<Record<string, string>>) =>
  new Map(
    Object.entries(phrases).map(([key, phrase]) => [
      key,
      new Set([...phrase.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1])),
    ]),
  );

describe("the page's words", () => {
  it("are complete in both languages, with the same values to fill in", () => {
    expect(placeholders(en)).toEqual(placeholders(zh));
  });

  it("are filled in", () => {
    expect(wordsOf("zh-CN")("watch.viewers", { viewers: 12_345 })).toBe("12,345 人在看");
    expect(wordsOf("en")("watch.line.gift", { gift: "Rose" })).toBe("sent Rose");
  });

  it("name every failure, most of them by other words", () => {
    for (const code of ErrorCode.options) expect(zh).toHaveProperty([errorWordKey(code)]);
    expect(errorWordKey("chat.too_fast")).toBe("watch.error.chat.too_fast");
    expect(errorWordKey("ledger.unavailable")).toBe("watch.error.request.other");
  });
});

describe("chooseLocale", () => {
  it("takes the viewer's choice, else the first known language, else English; Chinese where nothing is said", () => {
    expect(chooseLocale("en", ["zh-CN"])).toBe("en");
    expect(chooseLocale(null, ["zh-TW", "en"])).toBe("zh-CN");
    expect(chooseLocale("nonsense", ["en-GB", "zh"])).toBe("en");
    expect(chooseLocale(null, ["fr", "zh-CN"])).toBe("zh-CN");
    expect(chooseLocale(null, ["fr"])).toBe("en");
    expect(chooseLocale(null, [])).toBe("zh-CN");
  });
});
