import { memo, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { RecordOf } from "../../preload/contract/gift.ts";
import type { Locale } from "../../preload/contract/settings.ts";
import type { Words } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CoinIcon, FlagIcon, GiftIcon, HeartIcon, RetryIcon } from "../ui/icons.tsx";
import { actWords } from "./act-words.ts";
import type { ChatLine, EventLine, FeedLine, GiftLine } from "./feed-line.ts";
import styles from "./FeedRow.module.css";
import { isMentioned, textRuns } from "./text-runs.ts";

/** How rows are read; the same object for all rows, since they come by the hundred. */
export interface RowReader {
  readonly t: Words;
  readonly locale: Locale;
  /** The reader's own. */
  readonly nickname: string;
  readonly replay: ((event: RecordOf<"gift">) => void) | undefined;
}

const clock = new Intl.DateTimeFormat("zh-CN", {
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

const GiftPicture = ({ giftId }: { readonly giftId: string }) => {
  const [missing, setMissing] = useState(false);
  return (
    <span className={styles["giftPicture"]}>
      {missing ? (
        <GiftIcon size={20} />
      ) : (
        <img
          src={`gifts/${giftId}.svg`}
          alt=""
          draggable={false}
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
};

interface RowProps<L extends FeedLine> {
  readonly line: L;
  readonly reader: RowReader;
}

interface ReplayProps {
  readonly sender: string;
  readonly t: Words;
  readonly onReplay: () => void;
}

/** Stays as it is while its row's combo grows: a tooltip costs more than the rest of the row. */
const ReplayButton = memo(function ReplayButton({ sender, t, onReplay }: ReplayProps) {
  return (
    <span className={styles["replay"]}>
      <IconButton
        label={t("gifts.replay", { name: sender })}
        icon={<RetryIcon />}
        onClick={onReplay}
      />
    </span>
  );
});

const GiftRow = ({ line, reader: { t, locale, replay } }: RowProps<GiftLine>) => {
  const { sender, count, coins, tier } = line;
  const giftName = line.giftName[locale];
  const latest = useRef(line.latest);
  useLayoutEffect(() => {
    latest.current = line.latest;
  });
  const replayLatest = useCallback(() => replay?.(latest.current), [replay]);
  return (
    <div className={styles["gift"]} data-tier={tier}>
      <GiftPicture giftId={line.giftId} />
      <div className={styles["giftText"]}>
        <span className={styles["sender"]} title={sender.nickname}>
          {sender.nickname}
        </span>
        <span className={styles["giftName"]} title={giftName}>
          {t("chat.sentGift", { gift: giftName })}
          {line.test && <em className={styles["test"]}>{t("chat.test")}</em>}
        </span>
      </div>
      {replay && <ReplayButton sender={sender.nickname} t={t} onReplay={replayLatest} />}
      <div className={styles["giftSum"]}>
        <strong>×{count}</strong>
        <span>
          <CoinIcon size={11} />
          {coins.toLocaleString(locale)}
        </span>
      </div>
    </div>
  );
};

const EventRow = ({ line, reader: { t } }: RowProps<EventLine>) => {
  const { event } = line;
  const name = event.sender.nickname;
  const words = (): string => {
    switch (event.type) {
      case "follow":
        return t("chat.event.follow", { name });
      case "join":
        return t("chat.event.join", { name });
      case "share":
        return t("chat.event.share", { name });
      case "like":
        return t("chat.event.like", { name, count: event.count });
      case "tip":
        return t("chat.event.tip", { name, yuan: (event.amountFen / 100).toFixed(2) });
      case "guard":
        return t("chat.event.guard", { name, months: event.months });
      case "order":
        return t("chat.event.order", { name, title: event.title, quantity: event.quantity });
      case "moderation":
        return actWords(event.act, name, t);
      default:
        return event satisfies never;
    }
  };
  return (
    <p className={styles["event"]} data-type={event.type}>
      {event.type === "follow" && <HeartIcon size={13} />}
      {words()}
      {event.type === "tip" && event.message && <q>{event.message}</q>}
      {event.type === "moderation" && event.reason && <q>{event.reason}</q>}
    </p>
  );
};

interface ChatRowProps extends RowProps<ChatLine> {
  readonly flagged: boolean;
}

const ChatRow = ({ line, flagged, reader: { t, nickname } }: ChatRowProps) => {
  const { sender, text } = line.message;
  const time = clock.format(line.atMs);
  return (
    <p
      className={styles["chat"]}
      title={time}
      data-deleted={line.deletedBy !== null}
      data-mention={isMentioned(text, nickname)}
    >
      <time className={styles["time"]}>{time}</time>
      {flagged && (
        <span
          className={styles["flag"]}
          role="img"
          title={t("chat.flagged")}
          aria-label={t("chat.flagged")}
        >
          <FlagIcon size={12} />
        </span>
      )}
      {sender.role !== "viewer" && (
        <span className={styles["role"]} data-role={sender.role}>
          {t(`chat.role.${sender.role}`)}
        </span>
      )}
      {line.guardLevel !== null && (
        <span className={styles["role"]} data-role="guard">
          {t("chat.guard", { level: line.guardLevel })}
        </span>
      )}
      <span className={styles["nickname"]} data-role={sender.role}>
        {sender.nickname}
      </span>
      <span className={styles["text"]}>
        {textRuns(text, nickname).map((run, index) =>
          run.kind === "text" ? (
            run.text
          ) : (
            <span
              key={index}
              className={styles[run.kind]}
              title={run.kind === "link" ? t("chat.linkDisarmed") : undefined}
            >
              {run.text}
            </span>
          ),
        )}
      </span>
      {line.deletedBy !== null && (
        <em className={styles["test"]}>{t("chat.deletedBy", { name: line.deletedBy })}</em>
      )}
    </p>
  );
};

interface FeedRowProps extends RowProps<FeedLine> {
  /** Waits for the anchor to read it. */
  readonly flagged: boolean;
}

/** One line of the feed. */
export const FeedRow = memo(function FeedRow({ line, flagged, reader }: FeedRowProps) {
  switch (line.type) {
    case "gift":
      return <GiftRow line={line} reader={reader} />;
    case "event":
      return <EventRow line={line} reader={reader} />;
    case "omitted":
      return (
        <p className={styles["event"]}>
          {reader.t(`chat.omitted.${line.of}`, { count: line.count })}
        </p>
      );
    case "chat":
      return <ChatRow line={line} flagged={flagged} reader={reader} />;
    default:
      return line satisfies never;
  }
});
