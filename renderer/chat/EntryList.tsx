import { useStore } from "zustand";
import { isUndoable, type ModerationEntry } from "../../preload/contract/moderation.ts";
import { canUndo } from "../../preload/contract/rights.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { UndoIcon } from "../ui/icons.tsx";
import { actWords } from "./act-words.ts";
import { useChat } from "./chat-context.ts";
import styles from "./ChatWindow.module.css";

interface Props {
  readonly entries: readonly ModerationEntry[];
  readonly onUndo: (entry: ModerationEntry) => void;
}

/** Who did what, on whom, why and when; the newest first. */
export const EntryList = ({ entries, onUndo }: Props) => {
  const t = useWords();
  const locale = useLocale();
  const { room } = useChat();
  const role = useStore(room, (state) => infoOf(state)?.self.role);
  const connected = useStore(room, ({ status }) => status === "connected");
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" });
  return (
    <ol className={styles["entries"]}>
      {entries.map((entry) => {
        const { eventId, act, by, reason, undoneBy } = entry;
        const mayUndo =
          role !== undefined && undoneBy === null && isUndoable(act.kind) && canUndo(role, by.role);
        return (
          <li key={eventId} data-undone={undoneBy !== null}>
            <time>{time.format(entry.atMs)}</time>
            <span>
              {actWords(act, by.nickname, t)}
              {reason && <q>{reason}</q>}
            </span>
            {mayUndo && (
              <IconButton
                label={t("chat.log.undo")}
                icon={<UndoIcon size={14} />}
                disabled={!connected}
                onClick={() => onUndo(entry)}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
};
