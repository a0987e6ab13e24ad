import { useState } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { formatDuration } from "../ui/duration.ts";
import { WarningIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { EndShowDialog } from "./EndShowDialog.tsx";
import styles from "./GoLive.module.css";
import { useElapsedMs } from "./use-elapsed.ts";
import { useLiveSinceMs } from "./use-live-since.ts";

/** The one button that puts the programme on air and takes it off. */
export const GoLive = () => {
  const t = useWords();
  const { engine, room } = useStudio();
  const broadcast = useStore(engine.broadcast);
  const reachable = useStore(
    room,
    ({ status }) => status === "connected" || status === "uplinkOnly",
  );
  const sinceMs = useLiveSinceMs();
  const elapsedMs = useElapsedMs(sinceMs);
  const [asking, setAsking] = useState(false);
  const onAir = broadcast.phase === "live" || broadcast.phase === "reconnecting";

  const end = () => {
    setAsking(false);
    void engine.endShow();
  };
  return (
    <div className={styles["group"]}>
      {broadcast.phase === "failed" && (
        <p className={styles["failure"]} role="alert" title={t(`error.${broadcast.error.code}`)}>
          <WarningIcon size={14} />
          <span>{t(`error.${broadcast.error.code}`)}</span>
        </p>
      )}
      {onAir ? (
        <>
          <div className={styles["onAir"]} data-phase={broadcast.phase} role="status">
            {broadcast.phase === "live" ? <i className={styles["dot"]} /> : <Spinner />}
            <span>
              {broadcast.phase === "live" ? t("broadcast.live") : t("broadcast.reconnecting")}
            </span>
            <time>{formatDuration(elapsedMs)}</time>
          </div>
          <button type="button" className={styles["end"]} onClick={() => setAsking(true)}>
            {t("broadcast.end")}
          </button>
        </>
      ) : (
        <button
          type="button"
          className={styles["start"]}
          disabled={!reachable || broadcast.phase === "connecting" || broadcast.phase === "ending"}
          title={reachable ? undefined : t("broadcast.noRoom")}
          onClick={() => void engine.goLive()}
        >
          {(broadcast.phase === "connecting" || broadcast.phase === "ending") && <Spinner />}
          {broadcast.phase === "connecting"
            ? t("broadcast.connecting")
            : broadcast.phase === "ending"
              ? t("broadcast.ending")
              : broadcast.phase === "failed"
                ? t("broadcast.goLiveAgain")
                : t("broadcast.goLive")}
        </button>
      )}
      {asking && onAir && (
        <EndShowDialog quitting={false} onKeepOn={() => setAsking(false)} onEnd={end} />
      )}
    </div>
  );
};
