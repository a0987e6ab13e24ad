import type { Session } from "electron";
import { isStudioPage } from "./studio-origin.ts";

/** Electron approves everything unless told otherwise (tutorial/security #5). */
const allowed: ReadonlySet<string> = new Set([
  "media",
  "display-capture",
  "speaker-selection",
  "clipboard-sanitized-write",
  // The rehearsal room is on 127.0.0.1.
  "loopback-network",
  "fullscreen",
]);

export const allowsPermission = (
  permission: string,
  asker: { readonly url: string; readonly isMainFrame: boolean },
): boolean => allowed.has(permission) && asker.isMainFrame && isStudioPage(asker.url);

/** Decides for all pages of the session. */
export const installPermissions = (
  session: Pick<Session, "setPermissionCheckHandler" | "setPermissionRequestHandler">,
): void => {
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    allowsPermission(permission, { url: requestingOrigin, isMainFrame: details.isMainFrame }),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(
      allowsPermission(permission, {
        url: details.requestingUrl,
        isMainFrame: details.isMainFrame,
      }),
    );
  });
};
