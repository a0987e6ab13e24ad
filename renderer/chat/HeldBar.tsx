import type { HeldMessage } from "../../preload/contract/moderation.ts";
import { useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CheckIcon, CloseIcon } from "../ui/icons.tsx";
import styles from "./ChatWindow.module.css";

/** So many are shown of them without being asked for all. */
const few = 3;

interface Props {
  readonly held: readonly HeldMessage[];
  /** Whether all are shown. */
  readonly all: boolean;
  readonly onAll: () => void;
  readonly onAllow: (message: HeldMessage) => void;
  readonly onDeny: (message: HeldMessage) => void;
}

/** Messages that wait for a moderator, the oldest first; the keys are for the first. */
export const HeldBar = ({ held, all, onAll, onAllow, onDeny }: Props) => {
  const t = useWords();
  if (held.length === 0) return null;
  return (
    <section className={styles["held"]} data-all={all} aria-label={t("chat.held")}>
      <h2>
        {t("chat.heldCount", { count: held.length })}
        {held.length > few && (
          <button type="button" title={`${t("chat.key.held")}  H`} onClick={onAll}>
            {t(all ? "chat.heldFew" : "chat.heldAll")}
          </button>
        )}
      </h2>
      <ul>
        {held.slice(0, all ? held.length : few).map((message, index) => (
          <li key={message.messageId}>
            <p>
              <strong>{message.sender.nickname}</strong> {message.text}
              <em>{message.words.length > 0 ? message.words.join(" ") : t("chat.heldNew")}</em>
            </p>
            <IconButton
              label={t("chat.heldAllow")}
              {...(index === 0 && { shortcut: "A" })}
              icon={<CheckIcon size={15} />}
              placement="topRight"
              onClick={() => onAllow(message)}
            />
            <IconButton
              label={t("chat.deny.do")}
              {...(index === 0 && { shortcut: "X" })}
              icon={<CloseIcon size={14} />}
              tone="danger"
              placement="topRight"
              onClick={() => onDeny(message)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
};
