import { useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { SpeakerIcon, SpeakerOffIcon } from "../ui/icons.tsx";
import { isFullscreen, onFullscreenChange } from "./fullscreen.ts";
import { EnterFullscreenIcon, ExitFullscreenIcon } from "./icons.tsx";
import { keep } from "./kept.ts";
import type { Player } from "./player.ts";
import styles from "./Stage.module.css";
import { useWatch } from "./WatchContext.tsx";

interface Props {
  readonly player: Player;
  readonly live: boolean;
  readonly onFullscreen: () => void;
}

export const PlayerControls = ({ player, live, onFullscreen }: Props) => {
  const { words } = useWatch();
  const { muted, volume, blocked } = useStore(player.store);
  const full = useSyncExternalStore(onFullscreenChange, isFullscreen);
  const silent = muted || blocked !== "none";
  const muteLabel = words(silent ? "watch.player.unmute" : "watch.player.mute");
  const fullLabel = words(full ? "watch.player.exitFullscreen" : "watch.player.fullscreen");
  return (
    <div className={styles.controls}>
      {live && (
        <>
          <button
            type="button"
            className={styles.control}
            data-testid="mute"
            aria-label={muteLabel}
            title={muteLabel}
            onClick={() => player.setMuted(!silent)}
          >
            {silent ? <SpeakerOffIcon size={22} /> : <SpeakerIcon size={22} />}
          </button>
          <input
            className={styles.volume}
            type="range"
            min="0"
            max="1"
            step="0.05"
            value={silent ? 0 : volume}
            aria-label={words("watch.player.volume")}
            onChange={(event) => {
              player.setVolume(event.target.valueAsNumber);
              keep("device", "volume", event.target.value);
            }}
          />
        </>
      )}
      <span className={styles.spacer} />
      <button
        type="button"
        className={styles.control}
        data-testid="fullscreen"
        aria-label={fullLabel}
        title={fullLabel}
        onClick={onFullscreen}
      >
        {full ? <ExitFullscreenIcon size={22} /> : <EnterFullscreenIcon size={22} />}
      </button>
    </div>
  );
};
