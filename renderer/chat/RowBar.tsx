import type { Person } from "../../preload/contract/chat.ts";
import { useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import {
  BanIcon,
  ClockIcon,
  FilterIcon,
  FlagIcon,
  PinIcon,
  ReplyIcon,
  TrashIcon,
  ViewersIcon,
  WarningIcon,
} from "../ui/icons.tsx";
import type { ChatAction } from "./chat-keys.ts";
import styles from "./ChatWindow.module.css";
import type { Bond } from "./wishes.ts";

interface Props {
  readonly person: Person;
  readonly flagged: boolean;
  readonly onlyPerson: boolean;
  readonly pinned: boolean;
  /** What keeps the person from speaking. */
  readonly bond: Bond | null;
  /** Which of the powers the reader has over this line and person. */
  readonly powers: ReadonlySet<ChatAction>;
  readonly onAction: (action: ChatAction) => void;
}

/** What can be done about the selected line. It stays where it is while lines move. */
export const RowBar = ({ person, flagged, onlyPerson, pinned, bond, powers, onAction }: Props) => {
  const t = useWords();
  return (
    <div className={styles["rowBar"]} role="toolbar" aria-label={t("chat.rowBar")}>
      <span className={styles["rowWho"]}>
        <span className={styles["rowPerson"]} title={person.nickname}>
          {person.nickname}
        </span>
        {bond && (
          <span className={styles["bond"]} data-bond={bond} role="status">
            {t(`chat.bond.${bond}`)}
          </span>
        )}
      </span>
      <span className={styles["rowTools"]}>
        <IconButton
          label={t("chat.key.reply")}
          shortcut="R"
          icon={<ReplyIcon size={15} />}
          onClick={() => onAction("reply")}
        />
        <IconButton
          label={t("chat.key.onlyPerson")}
          shortcut="O"
          icon={<FilterIcon size={15} />}
          pressed={onlyPerson}
          onClick={() => onAction("onlyPerson")}
        />
        {powers.has("card") && (
          <IconButton
            label={t("chat.key.card")}
            shortcut="C"
            icon={<ViewersIcon size={15} />}
            onClick={() => onAction("card")}
          />
        )}
        {powers.has("pin") && (
          <IconButton
            label={t(pinned ? "chat.unpin" : "chat.key.pin")}
            shortcut="P"
            icon={<PinIcon size={15} />}
            pressed={pinned}
            onClick={() => onAction("pin")}
          />
        )}
        {powers.has("deleteMessage") && (
          <IconButton
            label={t("chat.key.deleteMessage")}
            shortcut="D"
            icon={<TrashIcon size={15} />}
            onClick={() => onAction("deleteMessage")}
          />
        )}
        {powers.has("warn") && (
          <IconButton
            label={t("chat.key.warn")}
            shortcut="W"
            icon={<WarningIcon size={15} />}
            onClick={() => onAction("warn")}
          />
        )}
        {powers.has("timeOut") && (
          <IconButton
            label={t("chat.key.timeOut")}
            shortcut="T"
            icon={<ClockIcon size={15} />}
            placement="topRight"
            onClick={() => onAction("timeOut")}
          />
        )}
        {powers.has("ban") && (
          <IconButton
            label={t("chat.key.ban")}
            shortcut="B"
            icon={<BanIcon size={15} />}
            tone="danger"
            placement="topRight"
            onClick={() => onAction("ban")}
          />
        )}
        {powers.has("flag") && (
          <IconButton
            label={t(flagged ? "chat.unflag" : "chat.key.flag")}
            shortcut="F"
            icon={<FlagIcon size={15} />}
            pressed={flagged}
            onClick={() => onAction("flag")}
          />
        )}
      </span>
    </div>
  );
};
