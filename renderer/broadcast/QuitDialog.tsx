import { useStore } from "zustand";
import { useStudio } from "../studio/studio-context.ts";
import { EndShowDialog } from "./EndShowDialog.tsx";

/** Shown when the anchor closes the window while live. */
export const QuitDialog = () => {
  const { document, engine, notices, request } = useStudio();
  const asked = useStore(notices, (state) => state.quitRequested);
  if (!asked) return null;
  const keepOn = () => notices.setState({ quitRequested: false });
  const quit = async () => {
    keepOn();
    await engine.endShow();
    await document.flush();
    await request("app.quit", { force: true });
  };
  return <EndShowDialog quitting onKeepOn={keepOn} onEnd={() => void quit()} />;
};
