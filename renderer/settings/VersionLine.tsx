import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import styles from "./SettingsDialog.module.css";

/** Which version runs, and what is known of a newer one. */
export const VersionLine = () => {
  const t = useWords();
  const { app, notices } = useStudio();
  const update = useStore(notices, (state) => state.update);
  return (
    <p className={styles["version"]}>
      <span>
        {t("app.name")} · {t("app.version")} {app.version}
      </span>
      {update.status !== "notOffered" && (
        <span role="status">
          {t(`app.update.${update.status}`, "version" in update ? { version: update.version } : {})}
        </span>
      )}
    </p>
  );
};
