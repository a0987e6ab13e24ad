import { createInstance, type i18n } from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Locale } from "../../preload/contract/settings.ts";
import { locales, type WordKey } from "./locales.ts";

/** The words of a key in the current language, with `{{name}}` filled in; `count` also chooses the form of number. */
export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

/** Ready when it returns: every locale is in the bundle. */
export const createWords = (locale: Locale): i18n => {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: "zh-CN",
    supportedLngs: ["zh-CN", "en"],
    resources: {
      "zh-CN": { translation: locales["zh-CN"] },
      en: { translation: locales.en },
    },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return instance;
};

/** Outside React, e.g. for names that go into a document. */
export const wordsOf =
  (instance: i18n): Words =>
  (key, values) =>
    instance.t(key, { ...values });

/** Re-renders its component when the language is switched. */
export const useWords = (): Words => {
  const { t } = useTranslation();
  return useCallback((key, values) => t(key, { ...values }), [t]);
};

export const useLocale = (): Locale => (useTranslation().i18n.language === "en" ? "en" : "zh-CN");
