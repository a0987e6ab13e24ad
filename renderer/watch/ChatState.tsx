import { useEffect, useState } from "react";
import styles from "./ChatState.module.css";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import type { Words } from "./words.ts";

const clockOf = (leftMs: number, words: Words): string => {
  const seconds = Math.max(1, Math.ceil(leftMs / 1_000));
  if (seconds < 60) return words("watch.left.seconds", { seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return words("watch.left.minutes", { minutes, seconds: seconds % 60 });
  return words("watch.left.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};

const durationOf = (minutes: number, words: Words): string => {
  if (minutes < 60) return words("watch.for.minutes", { count: minutes });
  if (minutes < 1_440) return words("watch.for.hours", { count: Math.round(minutes / 60) });
  return words("watch.for.days", { count: Math.round(minutes / 1_440) });
};

/** Who may speak while it is for followers only. */
export const followersOnlyWords = (minutes: number, words: Words): string =>
  minutes === 0
    ? words("watch.silence.followersOnly")
    : words("watch.silence.followedFor", { duration: durationOf(minutes, words) });

/** How much is left until a time that lies ahead; follows the clock. */
const useLeftMs = (untilMs: number): number => {
  const [look, setLook] = useState({ untilMs: 0, leftMs: 0 });
  useEffect(() => {
    if (untilMs === 0) return undefined;
    const tell = () => setLook({ untilMs, leftMs: Math.max(0, untilMs - Date.now()) });
    const soon = setTimeout(tell, 0);
    const timer = setInterval(() => {
      tell();
      if (Date.now() >= untilMs) clearInterval(timer);
    }, 250);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
    };
  }, [untilMs]);
  return look.untilMs === untilMs ? look.leftMs : 0;
};

/** Why the viewer cannot speak now, in words; null where nothing is in the way. */
export const useSilence = (): string | null => {
  const { words } = useWatch();
  const { timedOut, mayChatAtMs } = useWatchState((state) => state.bonds);
  const rules = useWatchState((state) => state.rules);
  const following = useWatchState((state) => state.following);
  const role = useWatchState((state) => state.self?.role);
  const timeOutMs = useLeftMs(timedOut?.untilMs ?? 0);
  const slowMs = useLeftMs(mayChatAtMs);
  if (timedOut && timeOutMs > 0) {
    const left = words("watch.silence.timedOut", { left: clockOf(timeOutMs, words) });
    return timedOut.reason === ""
      ? left
      : `${left} ${words("watch.reason", { reason: timedOut.reason })}`;
  }
  if (role === "moderator" || role === "anchor") return null;
  if (rules.muteAll) return words("watch.silence.muteAll");
  if (rules.followersOnlyMinutes !== null && !following)
    return followersOnlyWords(rules.followersOnlyMinutes, words);
  if (slowMs > 0) return words("watch.silence.slowMode", { left: clockOf(slowMs, words) });
  return null;
};

/** What is pinned, a warning to be read, and how often one may speak. */
export const ChatState = () => {
  const { session, words, notify } = useWatch();
  const pinned = useWatchState((state) => state.pinned);
  const { warning } = useWatchState((state) => state.bonds);
  const slowSeconds = useWatchState((state) => state.rules.slowModeSeconds);
  const banned = useWatchState((state) => state.connection === "banned");
  const acknowledge = async () => {
    if (!warning) return;
    const read = await session.acknowledgeWarning(warning.eventId);
    if (!read.ok) notify(words("watch.error.request.other"));
  };
  if (banned) return null;
  return (
    <>
      {warning && (
        <div className={styles.warning} role="alertdialog" aria-label={words("watch.warning")}>
          <strong>{words("watch.warning")}</strong>
          <p>{warning.reason}</p>
          <button type="button" data-testid="warning-read" onClick={() => void acknowledge()}>
            {words("watch.warning.read")}
          </button>
        </div>
      )}
      {pinned && (
        <p className={styles.pinned} data-testid="pinned">
          <span>{words("watch.pinned")}</span>
          <strong>{pinned.sender.nickname}</strong> {pinned.text}
        </p>
      )}
      {slowSeconds !== null && (
        <p className={styles.rule}>{words("watch.rule.slowMode", { seconds: slowSeconds })}</p>
      )}
    </>
  );
};
