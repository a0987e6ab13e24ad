import { GoLive } from "../broadcast/GoLive.tsx";
import { useWords } from "../i18n/words.ts";
import { RoomBadge } from "../room/RoomBadge.tsx";
import { CollectionMenu } from "../scene/collections/CollectionMenu.tsx";
import { HistoryButtons } from "../scene/history/HistoryButtons.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { GearIcon } from "../ui/icons.tsx";
import styles from "./StudioWindow.module.css";
import { useStudio } from "./studio-context.ts";

export const TopBar = () => {
  const t = useWords();
  const { view } = useStudio();
  return (
    <header className={styles["top"]}>
      <h1 className={styles["brand"]}>
        <span className={styles["mark"]} aria-hidden="true" />
        {t("app.name")}
      </h1>
      <CollectionMenu />
      <HistoryButtons />
      <RoomBadge />
      <span className={styles["spacer"]} />
      <IconButton
        label={t("settings.title")}
        icon={<GearIcon size={18} />}
        onClick={() => view.setState({ settingsOpen: true })}
      />
      <GoLive />
    </header>
  );
};
