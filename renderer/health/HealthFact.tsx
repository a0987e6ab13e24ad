import { Popover } from "antd";
import { useStore } from "zustand";
import type { SessionLogEntry } from "../../preload/contract/session-log.ts";
import { useLocale, useWords, type Words } from "../i18n/words.ts";
import { useOnAir, useStudio } from "../studio/studio-context.ts";
import styles from "./HealthFact.module.css";

const wordsOf = (entry: SessionLogEntry, t: Words): string => {
  switch (entry.type) {
    case "raised":
      return t(`health.${entry.kind}`);
    case "cleared":
      return t("health.log.cleared", { what: t(`health.${entry.kind}`) });
    case "began":
    case "wentOn":
    case "ended":
    case "lost":
    case "back":
      return t(`health.log.${entry.type}`);
    default:
      return entry satisfies never;
  }
};

const Details = () => {
  const t = useWords();
  const locale = useLocale();
  const { conditions, log } = useStore(useStudio().health.state);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
  return (
    <div className={styles["details"]}>
      {conditions.length === 0 && <p className={styles["fine"]}>{t("health.fine")}</p>}
      {conditions.map(({ kind }) => (
        <div key={kind} className={styles["condition"]}>
          <b>{t(`health.${kind}`)}</b>
          <p>{t(`health.${kind}.remedy`)}</p>
        </div>
      ))}
      <h4>{t("health.log")}</h4>
      {log.length === 0 && <p>{t("health.logEmpty")}</p>}
      <ol className={styles["log"]} aria-label={t("health.log")}>
        {log.toReversed().map((entry, index) => (
          <li key={log.length - index} data-type={entry.type}>
            <time>{time.format(entry.atMs)}</time>
            <span>{wordsOf(entry, t)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
};

/** What is wrong with the show, in words with a remedy; by a click everything, and the show's log. */
export const HealthFact = () => {
  const t = useWords();
  const onAir = useOnAir();
  const { conditions, log } = useStore(useStudio().health.state);
  const [worst] = conditions;
  if (!onAir && log.length === 0) return null;
  const remedy = worst && t(`health.${worst.kind}.remedy`);
  return (
    <Popover
      trigger="click"
      placement="topLeft"
      title={t("health.title")}
      content={<Details />}
      destroyOnHidden
    >
      <button
        type="button"
        className={styles["fact"]}
        data-bad={worst !== undefined}
        title={remedy ?? t("health.title")}
      >
        {worst ? (
          <span role="status">
            <b>{t(`health.${worst.kind}`)}</b>
            <span className={styles["remedy"]}>{remedy}</span>
          </span>
        ) : (
          t(onAir ? "health.fine" : "health.log")
        )}
        {conditions.length > 1 && (
          <span className={styles["more"]}>
            {t("health.more", { count: conditions.length - 1 })}
          </span>
        )}
      </button>
    </Popover>
  );
};
