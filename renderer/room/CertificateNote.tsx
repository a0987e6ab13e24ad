import { Popover } from "antd";
import { useWords } from "../i18n/words.ts";
import { WarningIcon } from "../ui/icons.tsx";
import { fingerprintWords } from "./fingerprint-words.ts";
import styles from "./Room.module.css";

/** What viewers meet at a room that has signed its own certificate, and how they know that it is the right one. */
export const CertificateNote = ({ fingerprint }: { readonly fingerprint: string }) => {
  const t = useWords();
  return (
    <Popover
      trigger="click"
      placement="bottom"
      title={t("room.certificate")}
      content={
        <div className={styles["certificate"]}>
          <p>{t("room.certificateWarning")}</p>
          <p>{t("room.certificateIphone")}</p>
          <p>{t("room.certificateCompare")}</p>
          <code>{fingerprintWords(fingerprint)}</code>
        </div>
      }
    >
      <button
        type="button"
        className={styles["note"]}
        aria-label={t("room.certificate")}
        title={t("room.certificate")}
      >
        <WarningIcon size={13} />
      </button>
    </Popover>
  );
};
