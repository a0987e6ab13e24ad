import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Person } from "../../preload/contract/chat.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import type { Locale } from "../../preload/contract/settings.ts";
import type { FeedLine } from "./feed.ts";
import styles from "./FeedList.module.css";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import type { Words } from "./words.ts";

/** A viewer keeps one of six colours. */
const hueOf = (viewerId: string): number => {
  let sum = 0;
  for (const character of viewerId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6_007;
  return sum % 6;
};

const Sender = ({ person, words }: { readonly person: Person; readonly words: Words }) => (
  <>
    {person.role !== "viewer" && (
      <span className={styles.role} data-role={person.role}>
        {words(`watch.role.${person.role}`)}
      </span>
    )}
    <span className={styles.name} data-hue={hueOf(person.viewerId)}>
      {person.nickname}
    </span>
  </>
);

const say = (event: RecordEvent, words: Words, locale: Locale): string => {
  switch (event.type) {
    case "gift":
      return words("watch.line.gift", { gift: event.giftName[locale] });
    case "tip":
      return words("watch.line.tip", { yuan: (event.amountFen / 100).toFixed(2) });
    case "follow":
      return words("watch.line.follow");
    case "join":
      return words("watch.line.join");
    case "guard":
      return words("watch.line.guard", { months: event.months });
    case "order":
      return words("watch.line.order", { title: event.title });
    case "share":
      return words("watch.line.share");
    case "like":
    case "moderation":
      return "";
    default:
      return event satisfies never;
  }
};

interface LineProps {
  readonly line: FeedLine;
  readonly mine: boolean;
  readonly words: Words;
  readonly locale: Locale;
}

const LineItem = memo(function LineItem({ line, mine, words, locale }: LineProps) {
  if (line.kind === "skipped")
    return (
      <li className={`${styles.line} ${styles.small}`}>
        {words("watch.chat.skipped", { count: line.count })}
      </li>
    );
  if (line.kind === "chat")
    return (
      <li
        className={styles.line}
        data-mine={mine}
        data-announcement={line.message.announcement ?? false}
        data-testid="chat-line"
      >
        {line.message.announcement && (
          <span className={styles.role} data-role="anchor">
            {words("watch.announcement")}
          </span>
        )}
        <Sender person={line.message.sender} words={words} />
        {line.message.text}
      </li>
    );
  const { event } = line;
  if (event.type !== "gift")
    return (
      <li className={`${styles.line} ${styles.small}`} data-testid={`${event.type}-line`}>
        <Sender person={event.sender} words={words} />
        {say(event, words, locale)}
      </li>
    );
  return (
    <li className={`${styles.line} ${styles.gift}`} data-tier={event.tier} data-testid="gift-line">
      <img src={`gifts/${event.giftId}.svg`} alt="" />
      <span className={styles.giftText}>
        <Sender person={event.sender} words={words} />
        {say(event, words, locale)}
      </span>
      <span className={styles.count}>×{event.comboCount}</span>
    </li>
  );
});

/** Nearer to the end than this counts as reading along. */
const slackPx = 48;

const scrollToEnd = (box: HTMLElement | null): void => {
  if (box !== null) box.scrollTop = box.scrollHeight;
};

/** Chat, gifts and follows. Follows the newest line unless the viewer reads further up. */
export const FeedList = () => {
  const { words, locale } = useWatch();
  const feed = useWatchState((state) => state.feed);
  const selfId = useWatchState((state) => state.self?.viewerId);
  const entered = useWatchState((state) => state.connection === "open");
  const scroll = useRef<HTMLDivElement>(null);
  /** The newest line when the viewer scrolled up; null while reading along. */
  const [readUpTo, setReadUpTo] = useState<string | null>(null);
  const lastKey = feed[feed.length - 1]?.key ?? "";

  useLayoutEffect(() => {
    if (readUpTo === null && feed.length > 0) scrollToEnd(scroll.current);
  }, [feed, readUpTo]);

  useEffect(() => {
    const box = scroll.current;
    if (box === null || readUpTo !== null) return undefined;
    const observer = new ResizeObserver(() => scrollToEnd(box));
    observer.observe(box);
    return () => observer.disconnect();
  }, [readUpTo]);

  return (
    <div className={styles.feed}>
      <div
        className={styles.scroll}
        ref={scroll}
        onScroll={(event) => {
          const box = event.currentTarget;
          const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < slackPx;
          setReadUpTo((key) => (atEnd ? null : (key ?? lastKey)));
        }}
      >
        <ul
          className={styles.lines}
          role="log"
          aria-label={words("watch.chat.label")}
          data-testid="feed"
        >
          {feed.length === 0 && entered && (
            <li className={styles.empty}>{words("watch.chat.empty")}</li>
          )}
          {feed.map((line) => (
            <LineItem
              key={line.key}
              line={line}
              mine={line.kind === "chat" && line.message.sender.viewerId === selfId}
              words={words}
              locale={locale}
            />
          ))}
        </ul>
      </div>
      {readUpTo !== null && lastKey !== readUpTo && (
        <button type="button" className={styles.newLines} onClick={() => setReadUpTo(null)}>
          {words("watch.chat.newLines")} ↓
        </button>
      )}
    </div>
  );
};
