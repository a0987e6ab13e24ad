import type { Display as ElectronDisplay, Rectangle } from "electron";
import { guardedObject } from "./guard.ts";
import { numbersOf, openDisplay } from "./x11.ts";

let known: ElectronDisplay | undefined;
let failure: unknown = new Error("The 'screen' module can't be used before the app 'ready' event");

/** Reads what is asked for without waiting later on; a display that is not there is told to who asks. */
export const readScreen = (): Promise<void> =>
  read().catch((error: unknown) => {
    failure = error;
  });

/** Of an X display all monitors are one screen here. */
async function read(): Promise<void> {
  const display = await openDisplay();
  const bounds: Rectangle = { x: 0, y: 0, width: display.width, height: display.height };
  // Of the first desktop: https://specifications.freedesktop.org/wm-spec/latest/
  const [x, y, width, height] = numbersOf(await display.property(display.root, "_NET_WORKAREA"));
  const workArea =
    x !== undefined && y !== undefined && width && height ? { x, y, width, height } : bounds;
  known = guardedObject("Display", { id: display.root, workArea }) as unknown as ElectronDisplay;
}

const theOne = (): ElectronDisplay => {
  if (!known) throw failure;
  return known;
};

/** https://www.electronjs.org/docs/latest/api/screen */
export const screen = guardedObject("Screen", {
  getPrimaryDisplay: theOne,
  getAllDisplays: (): ElectronDisplay[] => [theOne()],
});
