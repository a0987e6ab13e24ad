import { useState } from "react";
import { can } from "../../preload/contract/rights.ts";
import { CheckIcon, HeartIcon } from "../ui/icons.tsx";
import styles from "./HostBar.module.css";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import { pictureState } from "./watch-state.ts";
import { errorWordKey } from "./words.ts";

/** Who is on, how many watch, follow, language. */
export const HostBar = () => {
  const { session, words, switchLocale, notify } = useWatch();
  const name = useWatchState((state) => state.anchorName) ?? words("watch.anchor");
  const viewers = useWatchState((state) => state.viewers);
  const entered = useWatchState((state) => state.connection === "open");
  const live = useWatchState((state) => pictureState(state) === "live");
  const following = useWatchState((state) => state.following);
  const mayFollow = useWatchState(
    (state) =>
      state.connection !== "banned" && state.self !== null && can(state.self.role, "room.follow"),
  );
  const [asking, setAsking] = useState(false);

  const follow = async () => {
    setAsking(true);
    const result = await session.follow();
    setAsking(false);
    if (!result.ok) notify(words(errorWordKey(result.error.code)));
  };

  return (
    <header className={styles.bar}>
      <div className={styles.avatar} aria-hidden="true">
        {Array.from(name)[0]}
      </div>
      <div className={styles.who}>
        <div className={styles.name}>{name}</div>
        <div className={styles.facts}>
          {live && <span className={styles.live}>{words("watch.state.live")}</span>}
          {entered && <span data-testid="viewers">{words("watch.viewers", { viewers })}</span>}
        </div>
      </div>
      <button
        type="button"
        className={styles.follow}
        data-testid="follow"
        data-following={following}
        aria-pressed={following}
        disabled={following || asking || !mayFollow}
        onClick={() => void follow()}
      >
        {following ? <CheckIcon size={14} /> : <HeartIcon size={14} />}
        {words(following ? "watch.following" : "watch.follow")}
      </button>
      <button
        type="button"
        className={styles.language}
        data-testid="language"
        title={words("watch.language")}
        aria-label={words("watch.language")}
        onClick={switchLocale}
      >
        {words("watch.languageShort")}
      </button>
    </header>
  );
};
