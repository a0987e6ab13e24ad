import type { ReactNode } from "react";
import { CloseIcon, HeartIcon, WarningIcon } from "../ui/icons.tsx";
import { BroadcastIcon, CupIcon, TabsIcon } from "./icons.tsx";
import styles from "./Stage.module.css";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import type { PictureState } from "./watch-state.ts";
import type { Words } from "./words.ts";

const durationOf = (ms: number, words: Words): string => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 60
    ? words("watch.duration.minutes", { minutes })
    : words("watch.duration.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};

const badges: Readonly<Partial<Record<PictureState, ReactNode>>> = {
  idle: <BroadcastIcon size={28} />,
  away: <CupIcon size={28} />,
  ended: <HeartIcon size={28} />,
  closed: <CloseIcon size={28} />,
  refused: <WarningIcon size={28} />,
  replaced: <TabsIcon size={28} />,
  banned: <CloseIcon size={28} />,
  unsupported: <WarningIcon size={28} />,
};

/** What stands in for the picture, in words; nothing while it runs. */
export const StageMessage = ({ picture }: { readonly picture: PictureState }) => {
  const { session, words } = useWatch();
  const watchedMs = useWatchState((state) => state.watchedMs);
  const banReason = useWatchState((state) => state.banReason);
  if (picture === "live") return null;
  const badge = badges[picture];
  return (
    <div className={styles.message} role="status">
      {badge === undefined ? (
        <div className={styles.spinner} />
      ) : (
        <div className={styles.badge}>{badge}</div>
      )}
      <div className={styles.title}>{words(`watch.state.${picture}`)}</div>
      {picture === "ended" && watchedMs !== null ? (
        <div className={styles.hint}>
          {words("watch.state.ended.watched", { duration: durationOf(watchedMs, words) })}
        </div>
      ) : (
        picture !== "connecting" &&
        picture !== "starting" && (
          <div className={styles.hint}>{words(`watch.state.${picture}.hint`)}</div>
        )
      )}
      {picture === "banned" && banReason !== "" && (
        <div className={styles.hint}>{words("watch.reason", { reason: banReason })}</div>
      )}
      {picture === "replaced" && (
        <button
          type="button"
          className={styles.action}
          data-testid="return-here"
          onClick={() => session.returnHere()}
        >
          {words("watch.state.replaced.action")}
        </button>
      )}
    </div>
  );
};
