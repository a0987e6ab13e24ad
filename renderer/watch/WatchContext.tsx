import { createContext, useContext } from "react";
import type { Locale } from "../../preload/contract/settings.ts";
import { useStore } from "zustand";
import type { WatchSession } from "./watch-session.ts";
import type { WatchState } from "./watch-state.ts";
import type { Words } from "./words.ts";

export interface Watch {
  readonly session: WatchSession;
  readonly locale: Locale;
  readonly words: Words;
  readonly switchLocale: () => void;
  /** Says something to the viewer for a few seconds. */
  readonly notify: (text: string) => void;
}

export const WatchContext = createContext<Watch | null>(null);

export const useWatch = (): Watch => {
  const watch = useContext(WatchContext);
  if (watch === null) throw new Error("outside of a WatchContext");
  return watch;
};

export const useWatchState = <T,>(select: (state: WatchState) => T): T =>
  useStore(useWatch().session.store, select);
