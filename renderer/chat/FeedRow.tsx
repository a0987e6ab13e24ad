import { memo, useState } from "react";
import { useLocale, useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CoinIcon, GiftIcon, HeartIcon, RetryIcon } from "../ui/icons.tsx";
import type { FeedLine, GiftLine } from "./feed.ts";
import styles from "./FeedRow.module.css";

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

const GiftRow = ({ line }: { readonly line: GiftLine }) => {
  const t = useWords();
  const locale = useLocale();
  const { engine } = useStudio();
  const { sender, count, coins, tier } = line;
  const giftName = line.giftName[locale];
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
      <span className={styles["replay"]}>
        <IconButton
          label={t("gifts.replay", { name: sender.nickname })}
          icon={<RetryIcon />}
          onClick={() => engine.controlAlerts({ action: "replay", event: line.latest })}
        />
      </span>
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

const EventRow = ({ line }: { readonly line: Extract<FeedLine, { type: "event" }> }) => {
  const t = useWords();
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
      default:
        return event satisfies never;
    }
  };
  return (
    <p className={styles["event"]} data-type={event.type}>
      {event.type === "follow" && <HeartIcon size={13} />}
      {words()}
      {event.type === "tip" && event.message && <q>{event.message}</q>}
    </p>
  );
};

/** One line of the feed. */
export const FeedRow = memo(function FeedRow({ line }: { readonly line: FeedLine }) {
  const t = useWords();
  switch (line.type) {
    case "gift":
      return <GiftRow line={line} />;
    case "event":
      return <EventRow line={line} />;
    case "omitted":
      return (
        <p className={styles["event"]}>{t(`chat.omitted.${line.of}`, { count: line.count })}</p>
      );
    case "chat": {
      const { sender, text } = line.message;
      return (
        <p className={styles["chat"]} title={clock.format(line.atMs)}>
          {sender.role !== "viewer" && (
            <span className={styles["role"]} data-role={sender.role}>
              {t(`chat.role.${sender.role}`)}
            </span>
          )}
          <span className={styles["nickname"]} data-role={sender.role}>
            {sender.nickname}
          </span>
          <span className={styles["text"]}>{text}</span>
        </p>
      );
    }
    default:
      return line satisfies never;
  }
});
