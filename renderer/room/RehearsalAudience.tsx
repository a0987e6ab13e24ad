import { Switch, Tooltip } from "antd";
import { useWords } from "../i18n/words.ts";
import styles from "./Room.module.css";
import { useRehearsalAudience } from "./use-rehearsal-audience.ts";

export const RehearsalAudience = () => {
  const t = useWords();
  const audience = useRehearsalAudience();
  if (!audience) return null;
  return (
    <Tooltip title={t("room.audienceHint")} placement="bottomRight">
      <label className={styles["audience"]}>
        {t("room.audience")}
        <Switch
          size="small"
          checked={audience.running}
          onChange={(running) => void audience.setRunning(running)}
        />
      </label>
    </Tooltip>
  );
};
