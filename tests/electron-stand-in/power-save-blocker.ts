import { guardedObject } from "./guard.ts";
import { openDisplay } from "./x11.ts";

const resetEveryMs = 30_000;
const running = new Map<number, NodeJS.Timeout | undefined>();
let last = 0;

/** https://www.electronjs.org/docs/latest/api/power-save-blocker: of the two kinds the display is kept awake here, as X11 can. */
export const powerSaveBlocker = guardedObject("PowerSaveBlocker", {
  start(type: "prevent-app-suspension" | "prevent-display-sleep"): number {
    last += 1;
    const keepAwake = (): void => void openDisplay().then((display) => display.resetScreenSaver());
    if (type === "prevent-display-sleep") {
      keepAwake();
      running.set(last, setInterval(keepAwake, resetEveryMs).unref());
    } else running.set(last, undefined);
    return last;
  },
  stop(id: number): boolean {
    clearInterval(running.get(id));
    return running.delete(id);
  },
  isStarted: (id: number): boolean => running.has(id),
});
