import { useEffect, useEffectEvent } from "react";
import { useStore } from "zustand";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { RedoIcon, UndoIcon } from "../../ui/icons.tsx";
import { isTextField } from "../../ui/text-field.ts";
import styles from "./HistoryButtons.module.css";
import { stepInWords, useHistory } from "./use-history.ts";

/** Where Ctrl+Z belongs to something else: to what is written into, and to a dialog over the window. */
const keepsItsKeys = (target: EventTarget | null): boolean =>
  isTextField(target) || (target instanceof Element && target.closest("[role=dialog]") !== null);

/** Undo and redo in the top bar, and their keys anywhere in the window. */
export const HistoryButtons = () => {
  const t = useWords();
  const { document } = useStudio();
  const steps = useStore(document.steps);
  const { undo, redo } = useHistory();

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const way = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
    if (!way || keepsItsKeys(event.target)) return;
    event.preventDefault();
    way();
  });
  useEffect(() => {
    const listening = new AbortController();
    window.addEventListener("keydown", onKeyDown, { signal: listening.signal });
    return () => listening.abort();
  }, []);

  return (
    <div className={styles["buttons"]}>
      <IconButton
        label={
          steps.undo ? t("edit.undoStep", { step: stepInWords(t, steps.undo) }) : t("edit.undo")
        }
        shortcut="Ctrl+Z"
        icon={<UndoIcon size={18} />}
        disabled={!steps.undo}
        onClick={undo}
      />
      <IconButton
        label={
          steps.redo ? t("edit.redoStep", { step: stepInWords(t, steps.redo) }) : t("edit.redo")
        }
        shortcut="Ctrl+Shift+Z"
        icon={<RedoIcon size={18} />}
        disabled={!steps.redo}
        onClick={redo}
      />
    </div>
  );
};
