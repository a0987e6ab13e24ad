import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Locale } from "../../preload/contract/settings.ts";
import { ChatState } from "./ChatState.tsx";
import { Composer } from "./Composer.tsx";
import { FeedList } from "./FeedList.tsx";
import { GiftTray } from "./GiftTray.tsx";
import { HostBar } from "./HostBar.tsx";
import { keep, readKept } from "./kept.ts";
import { Stage } from "./Stage.tsx";
import { type Watch, WatchContext, useWatchState } from "./WatchContext.tsx";
import styles from "./WatchPage.module.css";
import type { WatchSession } from "./watch-session.ts";
import { chooseLocale, wordsOf } from "./words.ts";

const noticeMs = 3_500;

/** Not above what tells who was banned why. */
const Notice = ({ text }: { readonly text: string }) => {
  const banned = useWatchState((state) => state.connection === "banned");
  if (banned) return null;
  return (
    <div className={styles.notice} role="status" data-testid="notice">
      {text}
    </div>
  );
};

export const WatchPage = ({ session }: { readonly session: WatchSession }) => {
  const [locale, setLocale] = useState<Locale>(() =>
    chooseLocale(readKept("device", "locale"), navigator.languages),
  );
  const [notice, setNotice] = useState<{ readonly text: string } | null>(null);
  const [giftsOpen, setGiftsOpen] = useState(false);
  const giftsButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => setNotice(null), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);

  const words = useMemo(() => wordsOf(locale), [locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = words("watch.product");
  }, [locale, words]);

  const watch = useMemo<Watch>(
    () => ({
      session,
      locale,
      words,
      switchLocale: () => {
        const next = locale === "en" ? "zh-CN" : "en";
        keep("device", "locale", next);
        setLocale(next);
      },
      notify: (text) => setNotice({ text }),
    }),
    [session, locale, words],
  );

  const closeGifts = useCallback(() => {
    setGiftsOpen(false);
    giftsButton.current?.focus();
  }, []);

  // On the window: a tap on the backdrop or, in Safari, on a button leaves no focus inside.
  useEffect(() => {
    if (!giftsOpen) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") closeGifts();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [giftsOpen, closeGifts]);

  return (
    <WatchContext value={watch}>
      <main className={styles.page}>
        <section className={styles.stage}>
          <Stage />
        </section>
        <aside className={styles.side}>
          <HostBar />
          <ChatState />
          <FeedList />
          <Composer
            giftsButton={giftsButton}
            giftsOpen={giftsOpen}
            onOpenGifts={() => setGiftsOpen(true)}
          />
        </aside>
        <button
          type="button"
          className={styles.backdrop}
          data-open={giftsOpen}
          tabIndex={-1}
          aria-label={words("watch.gift.close")}
          onClick={closeGifts}
        />
        <section
          className={styles.gifts}
          data-open={giftsOpen}
          aria-label={words("watch.gift.open")}
        >
          <GiftTray onClose={closeGifts} />
        </section>
        {notice !== null && <Notice text={notice.text} />}
      </main>
    </WatchContext>
  );
};
