import styles from "./Stage.module.css";
import { useWatch, useWatchState } from "./WatchContext.tsx";

/** The newest gifts, over the picture for a few seconds. */
export const GiftToasts = () => {
  const { words, locale } = useWatch();
  const toasts = useWatchState((state) => state.toasts);
  return (
    <div className={styles.toasts} aria-hidden="true">
      {toasts.map(({ event }) => (
        <div
          key={event.comboId}
          className={styles.toast}
          data-tier={event.tier}
          data-testid="gift-toast"
        >
          <div className={styles.toastText}>
            <b>{event.sender.nickname}</b>
            <span>{words("watch.line.gift", { gift: event.giftName[locale] })}</span>
          </div>
          <img src={`gifts/${event.giftId}.svg`} alt="" />
          <span key={event.comboCount} className={styles.toastCount}>
            ×{event.comboCount}
          </span>
        </div>
      ))}
    </div>
  );
};
