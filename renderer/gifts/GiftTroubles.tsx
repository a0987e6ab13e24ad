import { Popover } from "antd";
import { useStore } from "zustand";
import { useLocale, useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { WarningIcon } from "../ui/icons.tsx";
import styles from "./GiftTroubles.module.css";
import { knownGifts } from "./sample-gift.ts";

/** Nothing, or a mark that says by a click which gifts' animations and sounds cannot be used, and why. */
export const GiftTroubles = () => {
  const t = useWords();
  const locale = useLocale();
  const troubles = useStore(useStudio().engine.alerts, (state) => state.troubles);
  if (troubles.size === 0) return null;
  const label = t("gifts.troubles", { count: troubles.size });
  const list = (
    <ul className={styles["list"]}>
      {[...troubles].map(([file, { giftId, error }]) => (
        <li key={file}>
          <b>{knownGifts.find((gift) => gift.giftId === giftId)?.name[locale] ?? giftId}</b>
          <code>{file}</code>
          <p>{t(`error.${error.code}`)}</p>
          {error.detail && <p className={styles["detail"]}>{error.detail}</p>}
        </li>
      ))}
    </ul>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("gifts.troublesTitle")}
      content={list}
    >
      <button type="button" className={styles["mark"]} aria-label={label} title={label}>
        <WarningIcon size={14} />
        <span>{troubles.size}</span>
      </button>
    </Popover>
  );
};
