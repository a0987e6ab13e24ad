import type { ErrorCode } from "../../preload/contract/result.ts";
import { locales } from "../i18n/locales.ts";
import styles from "./UiRoot.module.css";

/** Shown where the window has nothing to start from, so not even its language: both are written. */
export const StartFailed = ({ code }: { readonly code: ErrorCode }) => (
  <div className={styles["broken"]} role="alert">
    {(["zh-CN", "en"] as const).map((locale) => (
      <div key={locale} lang={locale}>
        <h1>{locales[locale]["app.startFailed"]}</h1>
        <p>{locales[locale][`error.${code}`]}</p>
      </div>
    ))}
    <button type="button" onClick={() => location.reload()}>
      {locales["zh-CN"]["app.reload"]} · {locales.en["app.reload"]}
    </button>
  </div>
);
