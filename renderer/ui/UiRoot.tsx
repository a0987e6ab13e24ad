import { App, Button, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import type { i18n } from "i18next";
import { type ReactNode, useEffect } from "react";
import { I18nextProvider } from "react-i18next";
import type { Locale } from "../../preload/contract/settings.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { ChevronDownIcon, CloseIcon } from "./icons.tsx";
import { studioTheme } from "./theme.ts";
import styles from "./UiRoot.module.css";

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

interface Props {
  readonly words: i18n;
  readonly wanted: Locale;
  /** Of the page, in the language that it has. */
  readonly title: (t: ReturnType<typeof useWords>) => string;
  /** Allows the styles that antd makes at run time (CSP style-src). */
  readonly nonce: string;
  readonly children: ReactNode;
}

const Localised = ({ words, wanted, title, nonce, children }: Props) => {
  const locale = useLocale();
  const t = useWords();
  useEffect(() => {
    void words.changeLanguage(wanted);
  }, [words, wanted]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = title(t);
  }, [locale, t, title]);
  return (
    <ConfigProvider
      csp={{ nonce }}
      theme={studioTheme}
      locale={locale === "en" ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      // antd's own icons say their English names to screen readers.
      // A long title goes round the button that closes.
      modal={{
        closeIcon: <CloseIcon />,
        styles: { title: { paddingInlineEnd: 28, overflowWrap: "anywhere" } },
      }}
      // Its shadow is a filter: whatever changes near one would be drawn through it, ten times a second in a storm.
      tooltip={{ styles: { root: { filter: "none" } } }}
      select={{ suffixIcon: <ChevronDownIcon size={12} /> }}
      getPopupContainer={popupContainer}
    >
      <App component={false} message={{ top: 56, maxCount: 3 }}>
        <ErrorBoundary fallback={<Broken />}>{children}</ErrorBoundary>
      </App>
    </ConfigProvider>
  );
};

/** What is around everything on a page of ours: its language, its look, and what is shown where it breaks. */
export const UiRoot = (props: Props) => (
  <I18nextProvider i18n={props.words}>
    <Localised {...props} />
  </I18nextProvider>
);
