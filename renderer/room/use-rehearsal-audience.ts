import { App } from "antd";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { infoOf } from "./room-info.ts";

/** The scripted audience of a rehearsal room; null in rooms that have none. */
export const useRehearsalAudience = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { request, room } = useStudio();
  const info = useStore(room, infoOf);
  if (info?.kind !== "rehearsal") return null;
  return {
    running: info.rehearsalAudience,
    async setRunning(running: boolean) {
      const answer = await request("room.setRehearsalAudience", { running });
      if (!answer.ok) void message.error(t(`error.${answer.error.code}`));
    },
  };
};
