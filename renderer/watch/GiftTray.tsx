import { useEffect, useState } from "react";
import { comboWindowMs, type GiftKind } from "../../preload/contract/gift.ts";
import type { GiftId } from "../../preload/contract/ids.ts";
import { can } from "../../preload/contract/rights.ts";
import { CloseIcon, CoinIcon } from "../ui/icons.tsx";
import styles from "./GiftTray.module.css";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import { errorWordKey } from "./words.ts";

const counts = [1, 10, 66] as const;
type Count = (typeof counts)[number];

/** From this price on the first tap only asks. */
const askFromCoins = 1_000;

/** What the viewer's last tap began: a question, or a combo that further taps count up. */
interface Touched {
  readonly giftId: GiftId;
  readonly asking: boolean;
  readonly sent: number;
}

/** The gifts, the balance, and how many go at a tap. */
export const GiftTray = ({ onClose }: { readonly onClose: () => void }) => {
  const { session, words, locale, notify } = useWatch();
  const gifts = useWatchState((state) => state.gifts);
  const coins = useWatchState((state) => state.coins);
  const maySend = useWatchState(
    (state) =>
      state.connection === "open" && state.self !== null && can(state.self.role, "gift.send"),
  );
  const [count, setCount] = useState<Count>(1);
  const [touched, setTouched] = useState<Touched | null>(null);

  useEffect(() => {
    if (touched === null) return undefined;
    const timer = setTimeout(() => setTouched(null), comboWindowMs);
    return () => clearTimeout(timer);
  }, [touched]);

  const tap = async (gift: GiftKind) => {
    const price = gift.coins * count;
    const before = touched?.giftId === gift.giftId ? touched : null;
    if (coins !== null && coins < price) {
      notify(words("watch.gift.insufficient", { missing: price - coins }));
      return;
    }
    if (price >= askFromCoins && before === null) {
      setTouched({ giftId: gift.giftId, asking: true, sent: 0 });
      return;
    }
    const result = await session.sendGift(gift.giftId, count);
    if (result.ok) {
      setTouched((now) => ({
        giftId: gift.giftId,
        asking: false,
        sent: (now?.giftId === gift.giftId ? now.sent : 0) + count,
      }));
      return;
    }
    const { code } = result.error;
    notify(
      words(
        code === "request.timeout" || code === "room.unreachable"
          ? "watch.gift.unconfirmed"
          : errorWordKey(code),
      ),
    );
  };

  return (
    <div className={styles.tray}>
      <div className={styles.head}>
        {words("watch.gift.open")}
        <button
          type="button"
          className={styles.close}
          data-testid="gifts-close"
          aria-label={words("watch.gift.close")}
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </div>
      <div
        className={styles.gifts}
        data-testid="gifts"
        // A mouse's wheel goes along the row as well.
        onWheel={({ currentTarget, deltaX, deltaY }) => {
          if (deltaX === 0 && currentTarget.scrollWidth > currentTarget.clientWidth)
            currentTarget.scrollLeft += deltaY;
        }}
      >
        {gifts.map((gift) => {
          const now = touched?.giftId === gift.giftId ? touched : null;
          const price = gift.coins * count;
          const name = words("watch.gift.send", {
            count,
            gift: gift.name[locale],
            coins: price,
          });
          return (
            <button
              key={gift.giftId}
              type="button"
              className={styles.gift}
              data-testid={`gift-${gift.giftId}`}
              data-asking={now?.asking === true}
              data-combo={now !== null && now.sent > 0}
              data-dear={coins !== null && coins < price}
              disabled={!maySend}
              aria-label={now?.asking === true ? `${words("watch.gift.confirm")}: ${name}` : name}
              onClick={() => void tap(gift)}
            >
              <img src={`gifts/${gift.giftId}.svg`} alt="" draggable={false} />
              {now?.asking === true ? (
                <span className={styles.confirm}>{words("watch.gift.confirm")}</span>
              ) : (
                <span className={styles.name}>{gift.name[locale]}</span>
              )}
              <span className={styles.price}>
                <CoinIcon size={12} />
                {price.toLocaleString(locale)}
              </span>
              {now !== null && now.sent > 0 && (
                <span key={now.sent} className={styles.combo}>
                  ×{now.sent}
                </span>
              )}
            </button>
          );
        })}
      </div>
      <div className={styles.bar}>
        <span className={styles.balance}>
          <CoinIcon size={15} />
          {words("watch.gift.balance")}
          <b data-testid="coins">{coins === null ? "–" : coins.toLocaleString(locale)}</b>
        </span>
        <span className={styles.counts}>
          {counts.map((choice) => (
            <button
              key={choice}
              type="button"
              className={styles.count}
              data-testid={`gift-count-${choice}`}
              aria-pressed={choice === count}
              aria-label={words("watch.gift.count", { count: choice })}
              onClick={() => {
                setCount(choice);
                setTouched(null);
              }}
            >
              ×{choice}
            </button>
          ))}
        </span>
      </div>
    </div>
  );
};
