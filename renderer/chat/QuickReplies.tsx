import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { PlusIcon } from "../ui/icons.tsx";
import type { ChatSettingsStore } from "./chat-settings-store.ts";
import styles from "./ChatWindow.module.css";

interface Props {
  readonly settings: ChatSettingsStore;
  readonly disabled: boolean;
  readonly onSay: (text: string) => void;
  readonly onEdit: () => void;
}

/** Words that are said again and again, one click or Alt and a digit away. */
export const QuickReplies = ({ settings, disabled, onSay, onEdit }: Props) => {
  const t = useWords();
  const replies = useStore(settings.state, (state) => state.quickReplies);
  return (
    <div className={styles["quick"]} role="group" aria-label={t("chat.quickReplies")}>
      {replies.map((text, index) => (
        <button
          key={`${index} ${text}`}
          type="button"
          className={styles["chip"]}
          title={index < 9 ? `${text}  Alt+${index + 1}` : text}
          disabled={disabled}
          onClick={() => onSay(text)}
        >
          <span>{text}</span>
        </button>
      ))}
      <IconButton
        label={t("chat.quickReplies.edit")}
        icon={<PlusIcon size={13} />}
        onClick={onEdit}
      />
    </div>
  );
};
