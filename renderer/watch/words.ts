import en from "../../resources/locales/watch.en.json";
import zh from "../../resources/locales/watch.zh-CN.json";
import type { ErrorCode } from "../../preload/contract/result.ts";
import type { Locale } from "../../preload/contract/settings.ts";

/** A few dozen phrases without forms of number: the page carries no i18n library to phones. */
type WordKey = keyof typeof zh;
export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

const phrases: Readonly<Record<Locale, Readonly<Record<WordKey, string>>>> = { "zh-CN": zh, en };

/** `{{name}}` in a phrase is replaced by `values.name`; a number is written in the language's way. */
export const wordsOf = (locale: Locale): Words => {
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) =>
    phrases[locale][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === "number" ? numbers.format(value) : (value ?? "");
    });
};

/** The language of the first of the browser's languages that there is; zh-CN is the source language. */
export const chooseLocale = (kept: string | null, languages: readonly string[]): Locale => {
  if (kept === "zh-CN" || kept === "en") return kept;
  const known = languages.find((language) => /^(zh|en)\b/i.test(language));
  if (known === undefined) return languages.length === 0 ? "zh-CN" : "en";
  return known.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
};

const isWordKey = (key: string): key is WordKey => key in zh;

export const errorWordKey = (code: ErrorCode): WordKey => {
  const key = `watch.error.${code}`;
  return isWordKey(key) ? key : "watch.error.request.other";
};
