import type { ReactNode } from "react";
import { useStore } from "zustand";
import { AlertControls } from "../gifts/AlertControls.tsx";
import { useLocale, useWords } from "../i18n/words.ts";
import { RehearsalAudience } from "../room/RehearsalAudience.tsx";
import { useStudio } from "../studio/studio-context.ts";
import { CoinIcon, GiftIcon, HeartIcon } from "../ui/icons.tsx";
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
  const { feed, room } = useStudio();
  const hasGifts = useStore(room, ({ status }) => status !== "uplinkOnly");
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
        <RehearsalAudience />
      </header>
      <FeedList />
      <ChatInput />
    </section>
  );
};
