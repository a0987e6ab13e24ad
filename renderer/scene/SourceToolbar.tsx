import { useWords } from "../i18n/words.ts";
import { CommandButton } from "../stage/CommandButton.tsx";
import { DownIcon, FitIcon, GroupIcon, SlidersIcon, TrashIcon, UpIcon } from "../ui/icons.tsx";
import styles from "./SourcesPanel.module.css";

/** What can be done with the selected source. */
export const SourceToolbar = () => {
  const t = useWords();
  return (
    <div className={styles["toolbar"]} role="toolbar" aria-label={t("source.toolbar")}>
      <CommandButton id="properties" icon={<SlidersIcon />} placement="topLeft" />
      <CommandButton id="fit" icon={<FitIcon />} />
      <CommandButton id="group" icon={<GroupIcon />} />
      <span className={styles["spacer"]} />
      <CommandButton id="raise" icon={<UpIcon />} />
      <CommandButton id="lower" icon={<DownIcon />} />
      <span className={styles["spacer"]} />
      <CommandButton id="remove" icon={<TrashIcon />} />
    </div>
  );
};
