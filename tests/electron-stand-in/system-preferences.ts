import type { SystemPreferences } from "electron";
import { guardedObject, notInTheStandIn } from "./guard.ts";

/**
 * https://www.electronjs.org/docs/latest/api/system-preferences#systempreferencesaskformediaaccessmediatype-macos
 * is for macOS only, where the stand-in does not run.
 */
export const systemPreferences = guardedObject("SystemPreferences", {
  askForMediaAccess: () =>
    Promise.reject(notInTheStandIn("SystemPreferences.askForMediaAccess, other than on macOS,")),
} satisfies Pick<SystemPreferences, "askForMediaAccess">);
