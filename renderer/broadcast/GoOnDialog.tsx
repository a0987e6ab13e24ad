import { Button, Modal } from "antd";
import { useStore } from "zustand";
import { useLocale, useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { formatDuration } from "../ui/duration.ts";
import styles from "./EndShowDialog.module.css";
import { useElapsedMs } from "./use-elapsed.ts";

/** Shown at the start where the app ended without ending its show: viewers may be waiting. Only a button answers it. */
export const GoOnDialog = () => {
  const t = useWords();
  const locale = useLocale();
  const { engine, notices, request } = useStudio();
  const sinceMs = useStore(notices, (state) => state.offeredSinceMs);
  const elapsedMs = useElapsedMs(sinceMs);
  if (sinceMs === null) return null;
  const answer = (goOn: boolean) => {
    notices.setState({ offeredSinceMs: null });
    if (goOn) engine.goOn(sinceMs);
    else void request("show.setLive", { live: false });
  };
  const startedAt = new Date(sinceMs).toLocaleTimeString(locale, {
    hour: "2-digit",
    minute: "2-digit",
  });
  return (
    <Modal
      open
      centered
      width={420}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t("broadcast.goOnTitle")}
      footer={
        <div className={styles["buttons"]}>
          <Button size="large" onClick={() => answer(false)}>
            {t("broadcast.goOnNot")}
          </Button>
          <Button type="primary" size="large" autoFocus onClick={() => answer(true)}>
            {t("broadcast.goOn")}
          </Button>
        </div>
      }
    >
      <dl className={styles["facts"]}>
        <div>
          <dt>{t("broadcast.startedAt")}</dt>
          <dd>{startedAt}</dd>
        </div>
        <div>
          <dt>{t("broadcast.duration")}</dt>
          <dd>{formatDuration(elapsedMs)}</dd>
        </div>
      </dl>
      <p className={styles["text"]}>{t("broadcast.goOnText")}</p>
    </Modal>
  );
};
