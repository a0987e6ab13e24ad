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

/** What macOS asks its user for, by the kinds of a request. */
const systemKinds = { audio: "microphone", video: "camera" } as const;
export type SystemKind = (typeof systemKinds)[keyof typeof systemKinds];

/**
 * Decides for all pages of the session. `askSystem` gives what the system's user allows this app: on macOS the system
 * asks at the first time, and a device that is opened before the answer stays black or silent.
 */
export const installPermissions = (
  session: Pick<Session, "setPermissionCheckHandler" | "setPermissionRequestHandler">,
  askSystem: (kind: SystemKind) => Promise<boolean>,
): void => {
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    allowsPermission(permission, { url: requestingOrigin, isMainFrame: details.isMainFrame }),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const allows = allowsPermission(permission, {
      url: details.requestingUrl,
      isMainFrame: details.isMainFrame,
    });
    const kinds = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    if (!allows || kinds.length === 0) callback(allows);
    else
      void Promise.all(kinds.map((kind) => askSystem(systemKinds[kind]))).then((answers) =>
        callback(answers.every(Boolean)),
      );
  });
};
