import { useStore } from "zustand";
import { can } from "../../preload/contract/rights.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { roomStatus } from "../room/room-status.ts";
import { IconButton } from "../ui/IconButton.tsx";
import {
  BigTextIcon,
  GearIcon,
  GiftIcon,
  KeyboardIcon,
  OnTopIcon,
  ShieldIcon,
  UndoIcon,
  ViewersIcon,
} from "../ui/icons.tsx";
import { useChat } from "./chat-context.ts";
import type { ChatAction } from "./chat-keys.ts";
import styles from "./ChatWindow.module.css";

interface Props {
  readonly onTop: boolean;
  readonly giftsOnly: boolean;
  /** How many messages wait for the anchor to read them. */
  readonly flagged: number;
  readonly onAction: (action: ChatAction) => void;
}

/** How the room is, and what the window can do. */
export const ChatHeader = ({ onTop, giftsOnly, flagged, onAction }: Props) => {
  const t = useWords();
  const locale = useLocale();
  const { room, inBrowser } = useChat();
  const state = useStore(room);
  const info = infoOf(state);
  const governs = info !== null && can(info.self.role, "moderation.read");
  const others = (info?.moderators ?? []).filter(
    ({ person, online }) => online && person.viewerId !== info?.self.viewerId,
  );
  const names = others.map(({ person }) => person.nickname).join(", ");
  return (
    <header className={styles["header"]}>
      <span
        className={styles["dot"]}
        role="img"
        data-status={state.status}
        title={roomStatus(state, t)}
        aria-label={roomStatus(state, t)}
      />
      <span className={styles["viewers"]} title={t("chat.viewers")}>
        <ViewersIcon size={13} />
        {info ? info.viewers.toLocaleString(locale) : "–"}
      </span>
      {others.length > 0 && (
        <span className={styles["others"]} title={t("chat.alsoModerating", { names })}>
          <ShieldIcon size={13} />
          <span>{names}</span>
        </span>
      )}
      <span className={styles["spring"]} />
      {governs && (
        <>
          <IconButton
            label={t("chat.key.undo")}
            shortcut="U"
            icon={<UndoIcon size={15} />}
            onClick={() => onAction("undo")}
          />
          <IconButton
            label={t("chat.key.room")}
            shortcut="M"
            icon={<ShieldIcon size={15} />}
            onClick={() => onAction("room")}
          />
        </>
      )}
      <IconButton
        label={t("chat.key.giftsOnly")}
        shortcut="G"
        icon={<GiftIcon size={15} />}
        pressed={giftsOnly}
        onClick={() => onAction("giftsOnly")}
      />
      <span className={styles["counted"]}>
        <IconButton
          label={t("chat.key.bigType")}
          shortcut="V"
          icon={<BigTextIcon size={15} />}
          onClick={() => onAction("bigType")}
        />
        {flagged > 0 && (
          <span
            className={styles["count"]}
            role="status"
            aria-label={t("chat.flaggedCount", { count: flagged })}
          >
            {flagged}
          </span>
        )}
      </span>
      {!inBrowser && (
        <IconButton
          label={t("chat.key.onTop")}
          shortcut="Y"
          icon={<OnTopIcon size={15} />}
          pressed={onTop}
          onClick={() => onAction("onTop")}
        />
      )}
      <IconButton
        label={t("chat.key.keys")}
        shortcut="?"
        icon={<KeyboardIcon size={15} />}
        placement="topRight"
        onClick={() => onAction("keys")}
      />
      <IconButton
        label={t("chat.key.settings")}
        shortcut=","
        icon={<GearIcon size={15} />}
        placement="topRight"
        onClick={() => onAction("settings")}
      />
    </header>
  );
};
