import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../../preload/contract/result.ts";
import { locales } from "../../../renderer/i18n/locales.ts";
import { createWords, wordsOf } from "../../../renderer/i18n/words.ts";

const { "zh-CN": zh, en } = locales;
const stem = (key: string) => key.replace(/_(one|other)$/, "");
const stems = (words: object) => [...new Set(Object.keys(words).map(stem))].toSorted();
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([found]) => found);

it("has the same keys in every language", () => {
  expect(stems(en)).toEqual(stems(zh));
});

it("has both forms of number in English", () => {
  const plural = Object.keys(zh)
    .filter((key) => key.endsWith("_other"))
    .map(stem);
  expect(plural.length).toBeGreaterThan(0);
  for (const key of plural)
    expect(Object.keys(en)).toEqual(expect.arrayContaining([`${key}_one`, `${key}_other`]));
});

it("fills in the same values in every language", () => {
  const chinese = new Map(Object.entries(zh).map(([key, text]) => [stem(key), text]));
  for (const [key, text] of Object.entries(en))
    expect([key, new Set(placeholders(text))]).toEqual([
      key,
      new Set(placeholders(chinese.get(stem(key)) ?? "")),
    ]);
});

it("leaves nothing empty and no Chinese in English", () => {
  for (const text of [...Object.values(zh), ...Object.values(en)]) expect(text).not.toBe("");
  for (const [key, text] of Object.entries(en))
    expect([key, text]).toEqual([key, expect.not.stringMatching(/\p{Script=Han}/u)]);
});

it("has words for every error code, and for no other", () => {
  const expected = ErrorCode.options.map((code) => `error.${code}`).toSorted();
  for (const words of [zh, en])
    expect(
      Object.keys(words)
        .filter((key) => key.startsWith("error."))
        .toSorted(),
    ).toEqual(expected);
});

describe("words", () => {
  it("choose the form of number and fill values in as they are", () => {
    const english = wordsOf(createWords("en"));
    expect(english("chat.fresh", { count: 1 })).toBe("1 new message");
    expect(english("chat.fresh", { count: 12 })).toBe("12 new messages");
    expect(english("chat.event.follow", { name: "<b>&" })).toBe("<b>& follows you");
    expect(wordsOf(createWords("zh-CN"))("chat.fresh", { count: 1 })).toBe("1 条新消息");
  });

  it("switch without a reload", async () => {
    const instance = createWords("zh-CN");
    const words = wordsOf(instance);
    expect(words("broadcast.goLive")).toBe("开播");
    await instance.changeLanguage("en");
    expect(words("broadcast.goLive")).toBe("Go live");
  });
});
