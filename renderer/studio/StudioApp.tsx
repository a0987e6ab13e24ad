import { App, Button, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import type { i18n } from "i18next";
import { useEffect } from "react";
import { I18nextProvider } from "react-i18next";
import { useStore } from "zustand";
import { useLocale, useWords } from "../i18n/words.ts";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { ChevronDownIcon, CloseIcon } from "../ui/icons.tsx";
import { studioTheme } from "../ui/theme.ts";
import { type Studio, StudioProvider, useStudio } from "./studio-context.ts";
import { StudioWindow } from "./StudioWindow.tsx";
import styles from "./StudioWindow.module.css";

const Broken = () => {
  const t = useWords();
  return (
    <div className={styles["broken"]} role="alert">
      <h1>{t("app.broken")}</h1>
      <p>{t("app.brokenText")}</p>
      <Button type="primary" onClick={() => location.reload()}>
        {t("app.reload")}
      </Button>
    </div>
  );
};

/**
 * Where menus and dialogs go. In the body itself antd would lock scrolling by a style without the nonce, which the
 * CSP refuses.
 */
const popupContainer = (): HTMLElement =>
  document.querySelector<HTMLElement>("#root") ?? document.body;

/** Keeps the language of the words at that of the settings. */
const Localised = ({ words, nonce }: { readonly words: i18n; readonly nonce: string }) => {
  const locale = useLocale();
  const t = useWords();
  const wanted = useStore(useStudio().settings.state, (settings) => settings.locale);
  useEffect(() => {
    void words.changeLanguage(wanted);
  }, [words, wanted]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t("app.name");
  }, [locale, t]);
  return (
    <ConfigProvider
      csp={{ nonce }}
      theme={studioTheme}
      locale={locale === "en" ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      // antd's own icons say their English names to screen readers.
      modal={{ closeIcon: <CloseIcon /> }}
      select={{ suffixIcon: <ChevronDownIcon size={12} /> }}
      getPopupContainer={popupContainer}
    >
      <App component={false} message={{ top: 56, maxCount: 3 }}>
        <ErrorBoundary fallback={<Broken />}>
          <StudioWindow />
        </ErrorBoundary>
      </App>
    </ConfigProvider>
  );
};

interface Props {
  readonly studio: Studio;
  readonly words: i18n;
  /** Allows the styles that antd makes at run time (CSP style-src). */
  readonly nonce: string;
}

export const StudioApp = ({ studio, words, nonce }: Props) => (
  <I18nextProvider i18n={words}>
    <StudioProvider value={studio}>
      <Localised words={words} nonce={nonce} />
    </StudioProvider>
  </I18nextProvider>
);
