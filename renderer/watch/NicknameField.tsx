import { useState } from "react";
import { Nickname } from "../../preload/contract/chat.ts";
import { CheckIcon, CloseIcon } from "../ui/icons.tsx";
import styles from "./Composer.module.css";
import { isPlainEnter } from "./plain-enter.ts";
import { PenIcon } from "./icons.tsx";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import { errorWordKey } from "./words.ts";

/** The name under which the viewer speaks; a tap changes it. */
export const NicknameField = () => {
  const { session, words, notify } = useWatch();
  const nickname = useWatchState((state) => state.self?.nickname);
  const [draft, setDraft] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);

  const save = async () => {
    if (draft === null || saving) return;
    const wanted = Nickname.safeParse(draft);
    if (!wanted.success) {
      notify(words("watch.error.nickname.invalid"));
      return;
    }
    setSaving(true);
    const result = await session.changeNickname(wanted.data);
    setSaving(false);
    if (result.ok) setDraft(null);
    else notify(words(errorWordKey(result.error.code)));
  };

  if (nickname === undefined) return <div className={styles.self} />;
  if (draft === null)
    return (
      <div className={styles.self}>
        <button
          type="button"
          className={styles.nickname}
          data-testid="nickname"
          title={words("watch.nickname.edit")}
          onClick={() => setDraft(nickname)}
        >
          <span>{nickname}</span>
          <PenIcon size={12} />
        </button>
      </div>
    );
  return (
    <div className={styles.self} data-editing="true">
      <input
        className={styles.edit}
        data-testid="nickname-input"
        value={draft}
        maxLength={20}
        enterKeyHint="done"
        autoComplete="off"
        aria-label={words("watch.nickname.label")}
        // Comes into being by the viewer's own tap on it.
        autoFocus
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (isPlainEnter(event)) void save();
          if (event.key === "Escape") setDraft(null);
        }}
      />
      <button
        type="button"
        className={styles.small}
        data-testid="nickname-save"
        aria-label={words("watch.nickname.save")}
        disabled={saving}
        onClick={() => void save()}
      >
        <CheckIcon />
      </button>
      <button
        type="button"
        className={styles.small}
        aria-label={words("watch.nickname.cancel")}
        onClick={() => setDraft(null)}
      >
        <CloseIcon size={14} />
      </button>
    </div>
  );
};
