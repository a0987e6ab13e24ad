import type { SourcesOptions } from "electron";
import { screenName } from "./chromium-arguments.ts";
import { guardedObject, onlyListed } from "./guard.ts";
import { nativeImageOf, scaleToFit } from "./native-image.ts";
import { isOwnWindow, listWindows } from "./native-window.ts";
import { openDisplay } from "./x11.ts";

/** The one screen of an X11 display without several monitors. */
export const screenId = "screen:0:0";

export const windowIdOf = (xid: number): string => `window:${xid}:${isOwnWindow(xid) ? 1 : 0}`;

/** https://www.electronjs.org/docs/latest/api/desktop-capturer */
export const desktopCapturer = guardedObject("DesktopCapturer", {
  async getSources(options: SourcesOptions) {
    const { types, thumbnailSize = { width: 150, height: 150 } } = onlyListed(
      "SourcesOptions",
      options,
    );
    const display = await openDisplay();
    const source = async (id: string, name: string, xid: number) => {
      const picture =
        thumbnailSize.width * thumbnailSize.height > 0 ? await display.picture(xid) : null;
      const thumbnail = nativeImageOf(picture && scaleToFit(picture, thumbnailSize));
      return { id, name, thumbnail };
    };
    const screens = types.includes("screen") ? [source(screenId, screenName, display.root)] : [];
    const windows = types.includes("window") ? (await listWindows()).toReversed() : [];
    return Promise.all([
      ...screens,
      ...windows.map(({ xid, title }) => source(windowIdOf(xid), title, xid)),
    ]);
  },
});
