import { setTimeout as delay } from "node:timers/promises";
import { numbersOf, openDisplay } from "./x11.ts";

export interface NamedWindow {
  xid: number;
  title: string;
}

/** The windows that the window manager lists, the lowest first. Without one, what the root window holds. */
export async function listWindows(): Promise<NamedWindow[]> {
  const display = await openDisplay();
  const managed = numbersOf(await display.property(display.root, "_NET_CLIENT_LIST_STACKING"));
  const xids = managed.length > 0 ? managed : await display.children(display.root);
  const titles = await Promise.all(
    xids.map(
      async (xid) =>
        (await display.property(xid, "_NET_WM_NAME")) ?? (await display.property(xid, "WM_NAME")),
    ),
  );
  return xids
    .map((xid, index) => ({ xid, title: titles[index]?.toString("utf8") ?? "" }))
    .filter(({ title }) => title !== "");
}

const own = new Set<number>();
export const isOwnWindow = (xid: number): boolean => own.has(xid);

export interface NativeWindow {
  xid: number;
  show(): void;
  hide(): void;
  activate(): void;
  setTitle(title: string): void;
  setMinimum(width: number, height: number): void;
  setAbove(above: boolean): void;
  /** What a window manager has put around it, to the left and above. */
  frame(): Promise<{ left: number; top: number }>;
  /** One listener a window. */
  onPlaceChanged(changed: () => void): void;
  /** The window is gone; the display may use its number again. */
  forget(): void;
}

/** The window whose title is `title`, which is about to appear. */
export async function nativeWindow(title: string): Promise<NativeWindow> {
  const display = await openDisplay();
  const deadline = Date.now() + 10_000;
  let found: NamedWindow | undefined;
  while (!found && Date.now() < deadline) {
    found = (await listWindows()).find((window) => window.title === title);
    if (!found) await delay(10);
  }
  if (!found)
    throw new Error("The new window does not appear on the display: is a window manager running?");
  const { xid } = found;
  own.add(xid);
  let stopWatching = (): void => undefined;
  return {
    xid,
    show: () => display.map(xid),
    hide: () => display.unmap(xid),
    activate: () => display.tellManager(xid, "_NET_ACTIVE_WINDOW", [2, 0, 0]),
    setTitle: (text) => {
      display.setText(xid, "_NET_WM_NAME", text);
      display.setText(xid, "WM_NAME", text);
    },
    setAbove: (above) =>
      void display
        .atom("_NET_WM_STATE_ABOVE")
        .then((state) => display.tellManager(xid, "_NET_WM_STATE", [above ? 1 : 0, state, 0, 2])),
    frame: async () => {
      const [left = 0, , top = 0] = numbersOf(await display.property(xid, "_NET_FRAME_EXTENTS"));
      return { left, top };
    },
    onPlaceChanged: (changed) => (stopWatching = display.watchPlace(xid, changed)),
    forget: () => {
      stopWatching();
      own.delete(xid);
    },
    // WM_NORMAL_HINTS of https://www.x.org/releases/X11R7.6/doc/xorg-docs/specs/ICCCM/icccm.html: flags, 4 unused, minimum, …
    setMinimum: (width, height) => {
      if (width + height > 0) {
        display.setNumbers(xid, "WM_NORMAL_HINTS", "WM_SIZE_HINTS", [
          16,
          0,
          0,
          0,
          0,
          width,
          height,
          ...Array<number>(11).fill(0),
        ]);
      }
    },
  };
}

export async function centreOnScreen(
  width: number,
  height: number,
): Promise<{ left: number; top: number }> {
  const display = await openDisplay();
  return {
    left: Math.max(0, Math.round((display.width - width) / 2)),
    top: Math.max(0, Math.round((display.height - height) / 2)),
  };
}
