import type { Session as ElectronSession } from "electron";
import { guardedObject } from "./guard.ts";
import { protocol } from "./scheme-server.ts";

type CheckHandler = Parameters<ElectronSession["setPermissionCheckHandler"]>[0];
type RequestHandler = Parameters<ElectronSession["setPermissionRequestHandler"]>[0];
type DisplayMediaHandler = Parameters<ElectronSession["setDisplayMediaRequestHandler"]>[0];

/** What the app has decided for its session; `permissions.ts` and `display-media.ts` carry it out. */
export const decisions: {
  check: CheckHandler;
  request: RequestHandler;
  displayMedia: DisplayMediaHandler;
  changed: () => void;
} = { check: null, request: null, displayMedia: null, changed: () => {} };

/** https://www.electronjs.org/docs/latest/api/session */
export const defaultSession = guardedObject("Session", {
  protocol,
  setPermissionCheckHandler: (handler: CheckHandler): void => {
    decisions.check = handler;
    decisions.changed();
  },
  setPermissionRequestHandler: (handler: RequestHandler): void => {
    decisions.request = handler;
    decisions.changed();
  },
  setDisplayMediaRequestHandler: (handler: DisplayMediaHandler): void => {
    decisions.displayMedia = handler;
  },
});

export const session = guardedObject("Session", { defaultSession });
