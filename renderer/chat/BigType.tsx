import { Button } from "antd";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { FlaggedMessage } from "../../preload/contract/moderation.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CheckIcon, CloseIcon } from "../ui/icons.tsx";
import styles from "./BigType.module.css";
import { useChat } from "./chat-context.ts";
import type { Feed } from "./feed.ts";
import { isMentioned } from "./text-runs.ts";
import { useFocusReturn } from "./use-focus-return.ts";

/** So many lines of the feed are looked through, from the newest, … */
const looked = 5_000;
/** … for at most so many to read. */
const shown = 12;

interface Reading {
  readonly key: string;
  readonly atMs: number;
  readonly kind: "flagged" | "mention" | "paid";
  readonly name: string;
  readonly text: string;
  readonly flag?: FlaggedMessage;
}

/** What calls the reader by name, and words that somebody paid for; the newest first. */
const readingsOf = (feed: Feed, nickname: string, flagged: ReadonlySet<string>): Reading[] => {
  const found: Reading[] = [];
  const least = Math.max(feed.first, feed.end - looked);
  for (let row = feed.end - 1; row >= least && found.length < shown; row -= 1) {
    const line = feed.at(row);
    if (line?.type === "event" && line.event.type === "tip" && line.event.message !== "") {
      const { sender, message: text } = line.event;
      found.push({ key: line.key, atMs: line.atMs, kind: "paid", name: sender.nickname, text });
    }
    if (line?.type !== "chat" || line.deletedBy !== null) continue;
    const { sender, text, messageId } = line.message;
    if (!flagged.has(messageId) && isMentioned(text, nickname))
      found.push({ key: line.key, atMs: line.atMs, kind: "mention", name: sender.nickname, text });
  }
  return found;
};

/** J and K go from one flagged message to the next; F is for that one, or for the first. */
const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = [
    ...event.currentTarget.querySelectorAll<HTMLButtonElement>("article button:enabled"),
  ];
  const focused = buttons.findIndex((button) => button === document.activeElement);
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step !== undefined && buttons.length > 0) {
    event.preventDefault();
    const next = focused < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, focused + step));
    buttons[next]?.focus();
    buttons[next]?.closest("article")?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "f") {
    event.preventDefault();
    buttons[Math.max(0, focused)]?.click();
  }
};

interface Props {
  readonly flagged: readonly FlaggedMessage[];
  /** Whether the reader may say that it needs no more reading. */
  readonly mayRead: (flag: FlaggedMessage) => boolean;
  readonly onRead: (flag: FlaggedMessage) => void;
  readonly onClose: () => void;
}

/**
 * What the anchor has to read, from two metres away: all flagged messages until they were read, those that call the
 * reader by name, and the words of tips; the newest first.
 */
export const BigType = ({ flagged, mayRead, onRead, onClose }: Props) => {
  const t = useWords();
  const { feed, room } = useChat();
  useStore(feed.state, ({ version }) => version);
  const self = useStore(room, (state) => infoOf(state)?.self);
  const container = useRef<HTMLDivElement>(null);
  useFocusReturn();
  useEffect(() => container.current?.focus(), []);
  const readings: Reading[] = [
    ...flagged.map((flag): Reading => {
      const { messageId, sender, text } = flag.message;
      const { atMs } = flag;
      return { key: messageId, atMs, kind: "flagged", name: sender.nickname, text, flag };
    }),
    ...readingsOf(
      feed,
      self?.nickname ?? "",
      new Set(flagged.map(({ message }) => message.messageId)),
    ),
  ].toSorted((a, b) => b.atMs - a.atMs);
  const read = (flag: FlaggedMessage) => {
    // The button that has the focus goes with its message.
    container.current?.focus();
    onRead(flag);
  };

  return (
    <div
      ref={container}
      className={styles["big"]}
      role="dialog"
      aria-label={t("chat.key.bigType")}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <span className={styles["close"]}>
        <IconButton
          label={t("chat.bigType.close")}
          shortcut="Esc"
          placement="topRight"
          icon={<CloseIcon />}
          onClick={onClose}
        />
      </span>
      {readings.length === 0 && <p className={styles["none"]}>{t("chat.bigType.none")}</p>}
      {readings.map(({ key, kind, name, text, flag }) => (
        <article key={key} data-kind={kind}>
          <h2>
            {name}
            {flag && flag.by.viewerId !== self?.viewerId && (
              <small>{t("chat.bigType.flaggedBy", { name: flag.by.nickname })}</small>
            )}
          </h2>
          <p>{text}</p>
          {flag && (
            <Button
              size="large"
              icon={<CheckIcon size={18} />}
              disabled={!mayRead(flag)}
              onClick={() => read(flag)}
            >
              {t(self?.role === "anchor" ? "chat.bigType.read" : "chat.unflag")}
            </Button>
          )}
        </article>
      ))}
    </div>
  );
};
