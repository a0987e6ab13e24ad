import { useStore } from "zustand";
import { SpeakerOffIcon } from "../ui/icons.tsx";
import { PlayIcon } from "./icons.tsx";
import type { Player } from "./player.ts";
import styles from "./Stage.module.css";
import { useWatch } from "./WatchContext.tsx";

/** Asks for the touch that the browser wants before it lets the programme be heard, or seen. */
export const SoundPrompt = ({ player }: { readonly player: Player }) => {
  const { words } = useWatch();
  const blocked = useStore(player.store, (state) => state.blocked);
  if (blocked === "none") return null;
  return (
    <button
      type="button"
      className={styles.blocked}
      data-testid="sound-prompt"
      onClick={() => player.touch()}
    >
      {blocked === "sound" ? <SpeakerOffIcon size={24} /> : <PlayIcon size={24} />}
      {words(blocked === "sound" ? "watch.player.sound" : "watch.player.play")}
    </button>
  );
};
