import { type ReactNode, useCallback, useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { AlertControls } from "../gifts/AlertControls.tsx";
import { useLocale, useWords } from "../i18n/words.ts";
import { infoOf } from "../room/room-info.ts";
import { RehearsalAudience } from "../room/RehearsalAudience.tsx";
import { useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CoinIcon, GiftIcon, HeartIcon, PopOutIcon } from "../ui/icons.tsx";
import { askThroughMain } from "./ask-through-main.ts";
import { type Chat, ChatProvider } from "./chat-context.ts";
import { ChatInput } from "./ChatInput.tsx";
import styles from "./ChatPanel.module.css";
import { FeedList } from "./FeedList.tsx";

const Total = (props: { label: string; icon: ReactNode; value: number | undefined }) => {
  const locale = useLocale();
  const { value } = props;
  return (
    <div className={styles["total"]}>
      <dt>
        {props.icon}
        {props.label}
      </dt>
      <dd>{value === undefined ? "–" : value.toLocaleString(locale)}</dd>
    </div>
  );
};

/** Chat, gifts and follows in one list, under what the room has earned. */
export const ChatPanel = () => {
  const t = useWords();
  const { engine, feed, request, room } = useStudio();
  const chat = useMemo<Chat>(
    () => ({
      feed,
      room,
      ask: askThroughMain(request),
      createId: () => crypto.randomUUID(),
      replay: (event) => engine.controlAlerts({ action: "replay", event }),
    }),
    [engine, feed, request, room],
  );
  const openWindow = useCallback(() => void request("chat.openWindow", {}), [request]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.code !== "KeyM" || event.repeat) return;
      event.preventDefault();
      openWindow();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [openWindow]);
  const hasGifts = useStore(room, ({ status }) => status !== "uplinkOnly");
  const told = useStore(room, (state) => infoOf(state)?.flagged);
  const flagged = useMemo(() => new Set(told?.map(({ message }) => message.messageId)), [told]);
  const totals = useStore(feed.state, (state) => state.totals);
  return (
    <section className={styles["panel"]} aria-label={t("chat.title")}>
      <dl className={styles["totals"]} aria-label={t("chat.totals")} title={t("chat.totals")}>
        <Total
          label={t("chat.total.coins")}
          icon={<CoinIcon size={13} />}
          value={totals?.giftCoins}
        />
        <Total
          label={t("chat.total.gifts")}
          icon={<GiftIcon size={13} />}
          value={totals?.giftCount}
        />
        <Total
          label={t("chat.total.follows")}
          icon={<HeartIcon size={13} />}
          value={totals?.follows}
        />
      </dl>
      {hasGifts && <AlertControls />}
      <header className={styles["header"]}>
        <h2>{t("chat.title")}</h2>
        <span className={styles["actions"]}>
          <RehearsalAudience />
          <IconButton
            label={t("chat.openWindow")}
            shortcut="Ctrl+Shift+M"
            placement="topRight"
            icon={<PopOutIcon />}
            onClick={openWindow}
          />
        </span>
      </header>
      <ChatProvider value={chat}>
        <FeedList
          rows={feed}
          flagged={flagged}
          empty={t(hasGifts ? "chat.empty" : "room.uplinkOnlyHint")}
        />
        <ChatInput />
      </ChatProvider>
    </section>
  );
};
