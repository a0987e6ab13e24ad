import { useStore } from "zustand";
import { useStudio } from "../studio/studio-context.ts";

/** When the show began, null while there is none. */
export const useLiveSinceMs = (): number | null =>
  useStore(useStudio().engine.broadcast, (state) =>
    state.phase === "live" || state.phase === "reconnecting" ? state.sinceMs : null,
  );
