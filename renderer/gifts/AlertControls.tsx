import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { PauseIcon, PlayIcon, RetryIcon, SkipIcon, TrashIcon } from "../ui/icons.tsx";
import styles from "./AlertControls.module.css";
import { GiftTroubles } from "./GiftTroubles.tsx";

/** What the anchor does about the alerts that are shown and that wait. */
export const AlertControls = () => {
  const t = useWords();
  const { engine } = useStudio();
  const { paused, waiting } = useStore(engine.alerts);
  return (
    <section className={styles["controls"]} aria-label={t("gifts.alerts")} data-paused={paused}>
      <h2>{t("gifts.alerts")}</h2>
      <p role="status">
        {paused && <strong>{t("gifts.paused")}</strong>}
        {waiting > 0 && <span>{t("gifts.waiting", { count: waiting })}</span>}
      </p>
      <GiftTroubles />
      <IconButton
        label={t("gifts.replayLast")}
        placement="topRight"
        icon={<RetryIcon />}
        onClick={() => engine.controlAlerts({ action: "replayLast" })}
      />
      <IconButton
        label={t("gifts.skip")}
        placement="topRight"
        icon={<SkipIcon />}
        onClick={() => engine.controlAlerts({ action: "skip" })}
      />
      <IconButton
        label={t("gifts.clear")}
        placement="topRight"
        icon={<TrashIcon />}
        disabled={waiting === 0}
        onClick={() => engine.controlAlerts({ action: "clear" })}
      />
      <IconButton
        label={t(paused ? "gifts.resume" : "gifts.pause")}
        placement="topRight"
        icon={paused ? <PlayIcon /> : <PauseIcon />}
        onClick={() => engine.controlAlerts({ action: paused ? "resume" : "pause" })}
      />
    </section>
  );
};
