import { Button, Modal } from "antd";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { useStudio } from "../studio/studio-context.ts";
import { formatDuration } from "../ui/duration.ts";
import styles from "./EndShowDialog.module.css";
import { useElapsedMs } from "./use-elapsed.ts";
import { useLiveSinceMs } from "./use-live-since.ts";

interface Props {
  /** Quitting ends the show and the app. */
  readonly quitting: boolean;
  readonly onKeepOn: () => void;
  readonly onEnd: () => void;
}

/** Asks before viewers lose the programme. Keeping on is what Enter and Escape do. */
export const EndShowDialog = ({ quitting, onKeepOn, onEnd }: Props) => {
  const t = useWords();
  const { room } = useStudio();
  const viewers = useStore(room, (state) => infoOf(state)?.viewers);
  const elapsedMs = useElapsedMs(useLiveSinceMs());
  return (
    <Modal
      open
      centered
      width={400}
      closable={false}
      title={quitting ? t("broadcast.quitTitle") : t("broadcast.endTitle")}
      onCancel={onKeepOn}
      footer={
        <div className={styles["buttons"]}>
          <Button danger type="primary" size="large" onClick={onEnd}>
            {quitting ? t("broadcast.endAndQuit") : t("broadcast.end")}
          </Button>
          <Button size="large" autoFocus onClick={onKeepOn}>
            {t("broadcast.keepOn")}
          </Button>
        </div>
      }
    >
      <dl className={styles["facts"]}>
        <div>
          <dt>{t("broadcast.duration")}</dt>
          <dd>{formatDuration(elapsedMs)}</dd>
        </div>
        {viewers !== undefined && (
          <div>
            <dt>{t("broadcast.viewersNow")}</dt>
            <dd>{viewers}</dd>
          </div>
        )}
      </dl>
      <p className={styles["text"]}>{t("broadcast.endText")}</p>
    </Modal>
  );
};
