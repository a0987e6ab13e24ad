import { GoOnDialog } from "../broadcast/GoOnDialog.tsx";
import { QuitDialog } from "../broadcast/QuitDialog.tsx";
import { StatusBar } from "../broadcast/StatusBar.tsx";
import { ChatPanel } from "../chat/ChatPanel.tsx";
import { GuideCard } from "../guide/GuideCard.tsx";
import { useWords } from "../i18n/words.ts";
import { MixerStrip } from "../mixer/MixerStrip.tsx";
import { RoomOfferDialog } from "../room/RoomOfferDialog.tsx";
import { CapturePicker } from "../scene/CapturePicker.tsx";
import { Inspector } from "../scene/Inspector.tsx";
import { ScenesPanel } from "../scene/ScenesPanel.tsx";
import { SourcesPanel } from "../scene/SourcesPanel.tsx";
import { TemplateEditor } from "../gifts/templates/TemplateEditor.tsx";
import { SettingsDialog } from "../settings/SettingsDialog.tsx";
import { KeyList } from "../stage/KeyList.tsx";
import { Stage } from "../stage/Stage.tsx";
import { Banners } from "./Banners.tsx";
import styles from "./StudioWindow.module.css";
import { TopBar } from "./TopBar.tsx";

/** The window's layout; every part finds its stores by itself. */
export const StudioWindow = () => {
  const t = useWords();
  return (
    <div className={styles["window"]}>
      <TopBar />
      <div className={styles["banners"]}>
        <Banners />
      </div>
      <nav className={styles["left"]} aria-label={t("scene.compose")}>
        <div className={styles["scenes"]}>
          <ScenesPanel />
        </div>
        <SourcesPanel />
      </nav>
      <main className={styles["centre"]}>
        <GuideCard />
        <div className={styles["stageRow"]}>
          <Inspector />
          <Stage />
        </div>
        <MixerStrip />
      </main>
      <ChatPanel />
      <div className={styles["status"]}>
        <StatusBar />
      </div>
      <CapturePicker />
      <SettingsDialog />
      <TemplateEditor />
      <KeyList />
      <RoomOfferDialog />
      <QuitDialog />
      <GoOnDialog />
    </div>
  );
};
