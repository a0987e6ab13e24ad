import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { MessageId } from "../../preload/contract/ids.ts";
import { useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CloseIcon } from "../ui/icons.tsx";
import styles from "./BigType.module.css";
import { useChat } from "./chat-context.ts";
import type { FeedLine } from "./feed-line.ts";
import { isMentioned } from "./text-runs.ts";

/** So many lines of the feed are looked through, from the newest. */
const looked = 5_000;
const shown = 12;

interface Props {
  readonly flagged: ReadonlySet<MessageId>;
  readonly onClose: () => void;
}

/** Words that somebody paid for. */
const paidWords = (line: FeedLine): { name: string; text: string } | null =>
  line.type === "event" && line.event.type === "tip" && line.event.message !== ""
    ? { name: line.event.sender.nickname, text: line.event.message }
    : null;

/**
 * What the anchor has to read, from two metres away: flagged messages, those that call the reader by name, and the
 * words of tips; the newest first.
 */
export const BigType = ({ flagged, onClose }: Props) => {
  const t = useWords();
  const { feed, room } = useChat();
  useStore(feed.state, ({ version }) => version);
  const nickname = useStore(room, (state) => infoOf(state)?.self.nickname ?? "");
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => container.current?.focus(), []);
  const found: { key: string; name: string; text: string; kind: string }[] = [];
  const least = Math.max(feed.first, feed.end - looked);
  for (let row = feed.end - 1; row >= least && found.length < shown; row -= 1) {
    const line = feed.at(row);
    if (!line) continue;
    const paid = paidWords(line);
    if (paid) found.push({ key: line.key, ...paid, kind: "paid" });
    if (line.type !== "chat" || line.deletedBy !== null) continue;
    const { message } = line;
    const isFlagged = flagged.has(message.messageId);
    if (isFlagged || isMentioned(message.text, nickname))
      found.push({
        key: line.key,
        name: message.sender.nickname,
        text: message.text,
        kind: isFlagged ? "flagged" : "mention",
      });
  }
  return (
    <div
      ref={container}
      className={styles["big"]}
      role="dialog"
      aria-label={t("chat.key.bigType")}
      tabIndex={-1}
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
      {found.length === 0 && <p className={styles["none"]}>{t("chat.bigType.none")}</p>}
      {found.map(({ key, name, text, kind }) => (
        <article key={key} data-kind={kind}>
          <h2>{name}</h2>
          <p>{text}</p>
        </article>
      ))}
    </div>
  );
};
