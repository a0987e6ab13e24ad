import { type RefObject, useEffect, useRef, useState } from "react";
import { RequestId } from "../../preload/contract/ids.ts";
import { GiftIcon, SendIcon } from "../ui/icons.tsx";
import { followersOnlyWords, useSilence } from "./ChatState.tsx";
import stateStyles from "./ChatState.module.css";
import styles from "./Composer.module.css";
import { NicknameField } from "./NicknameField.tsx";
import { isPlainEnter } from "./plain-enter.ts";
import { randomId } from "./random-id.ts";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import { errorWordKey } from "./words.ts";

const maxLength = 200;
/** From here on the viewer sees how much room is left. */
const countFrom = 160;

interface Props {
  readonly giftsButton: RefObject<HTMLButtonElement | null>;
  readonly giftsOpen: boolean;
  readonly onOpenGifts: () => void;
}

export const Composer = ({ giftsButton, giftsOpen, onOpenGifts }: Props) => {
  const { session, words, notify } = useWatch();
  const open = useWatchState((state) => state.connection === "open");
  const banned = useWatchState((state) => state.connection === "banned");
  const denied = useWatchState((state) => state.denied);
  const waiting = useWatchState((state) => state.waiting.length);
  const followedMinutes = useWatchState((state) => state.rules.followersOnlyMinutes ?? 0);
  useEffect(() => {
    if (denied === null) return;
    const { text: said, reason } = denied;
    notify(
      reason === ""
        ? words("watch.chat.denied", { text: said })
        : words("watch.chat.deniedFor", { text: said, reason }),
    );
    // Once for each: other words or another language are no new denial.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [denied]);
  const silence = useSilence();
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  // The words that may have arrived although no answer came: sent again, they keep their request id.
  const unconfirmed = useRef<{ readonly text: string; readonly requestId: RequestId } | null>(null);

  const send = async () => {
    const wanted = text.trim();
    if (wanted === "" || sending || silence !== null) return;
    const wish =
      unconfirmed.current?.text === wanted
        ? unconfirmed.current
        : { text: wanted, requestId: RequestId.parse(randomId()) };
    unconfirmed.current = wish;
    setSending(true);
    const result = await session.sendChat(wish.text, wish.requestId);
    setSending(false);
    if (result.ok) {
      unconfirmed.current = null;
      setText((now) => (now.trim() === wish.text ? "" : now));
      if (result.value.chatSeq === null) notify(words("watch.chat.held"));
      return;
    }
    if (result.error.code !== "room.unreachable" && result.error.code !== "request.timeout")
      unconfirmed.current = null;
    notify(
      result.error.code === "chat.followers_only"
        ? followersOnlyWords(followedMinutes, words)
        : words(errorWordKey(result.error.code)),
    );
  };

  if (banned)
    return (
      <div className={styles.composer}>
        <p className={stateStyles.silence} role="status">
          {words("watch.silence.banned")}
        </p>
      </div>
    );
  return (
    <div className={styles.composer}>
      <NicknameField />
      {waiting > 0 && (
        <p className={stateStyles.silence} role="status" data-testid="waiting">
          {words("watch.chat.waiting", { count: waiting })}
        </p>
      )}
      {silence !== null && (
        <p className={stateStyles.silence} role="status" data-testid="silence">
          {silence}
        </p>
      )}
      <div className={styles.row}>
        <div className={styles.field}>
          <input
            className={styles.input}
            data-testid="chat-input"
            data-counted={text.length >= countFrom}
            value={text}
            maxLength={maxLength}
            enterKeyHint="send"
            autoComplete="off"
            placeholder={words("watch.chat.placeholder")}
            aria-label={words("watch.chat.placeholder")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (!isPlainEnter(event)) return;
              event.preventDefault();
              void send();
            }}
          />
          {text.length >= countFrom && (
            <span className={styles.counter} data-full={text.length >= maxLength}>
              {text.length}/{maxLength}
            </span>
          )}
        </div>
        <button
          type="button"
          className={`${styles.round} ${styles.send}`}
          data-testid="chat-send"
          aria-label={words("watch.chat.send")}
          title={words("watch.chat.send")}
          disabled={!open || sending || silence !== null || text.trim() === ""}
          // The keyboard of a phone stays up.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => void send()}
        >
          <SendIcon size={18} />
        </button>
        <button
          type="button"
          ref={giftsButton}
          className={`${styles.round} ${styles.gift}`}
          data-testid="gifts-open"
          aria-label={words("watch.gift.open")}
          aria-expanded={giftsOpen}
          onClick={onOpenGifts}
        >
          <GiftIcon size={20} />
        </button>
      </div>
    </div>
  );
};
