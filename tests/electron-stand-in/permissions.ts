import type { Session as ElectronSession } from "electron";
import { askBrowser, browserIsRunning, whenBrowserStarts } from "./chromium.ts";
import { servedOrigins, toApp } from "./scheme-server.ts";
import { decisions } from "./session.ts";
import { everyWebContents, type WebContents } from "./web-contents.ts";

type CheckHandler = NonNullable<Parameters<ElectronSession["setPermissionCheckHandler"]>[0]>;
type Permission = Parameters<CheckHandler>[1];
type Asked = Parameters<NonNullable<Parameters<ElectronSession["setPermissionRequestHandler"]>[0]>>;

/** The names of Chromium's permissions (https://chromedevtools.github.io/devtools-protocol/tot/Browser/#type-PermissionDescriptor) by Electron's. */
const permissions: {
  chromium: string;
  electron: string;
  media?: "audio" | "video";
  sysex?: boolean;
}[] = [
  { chromium: "camera", electron: "media", media: "video" },
  { chromium: "microphone", electron: "media", media: "audio" },
  { chromium: "display-capture", electron: "display-capture" },
  { chromium: "speaker-selection", electron: "speaker-selection" },
  { chromium: "clipboard-read", electron: "clipboard-read" },
  { chromium: "clipboard-write", electron: "clipboard-sanitized-write" },
  { chromium: "geolocation", electron: "geolocation" },
  { chromium: "notifications", electron: "notifications" },
  { chromium: "midi", electron: "midi" },
  { chromium: "midi", electron: "midiSysex", sysex: true },
  { chromium: "idle-detection", electron: "idle-detection" },
  { chromium: "storage-access", electron: "storage-access" },
  { chromium: "top-level-storage-access", electron: "top-level-storage-access" },
  { chromium: "window-management", electron: "window-management" },
  { chromium: "local-fonts", electron: "local-fonts" },
  { chromium: "local-network", electron: "local-network" },
  { chromium: "loopback-network", electron: "loopback-network" },
];

/**
 * `origin` ends in a slash, as Electron's origins do. Both handlers must agree, as in Electron, where the check answers queries and the request answers prompts.
 * Without handlers Electron allows everything: https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content
 */
export async function allowed(
  contents: WebContents | undefined,
  permission: string,
  origin: string,
  media?: "audio" | "video",
): Promise<boolean> {
  const { check, request } = decisions;
  const details = { requestingUrl: origin, isMainFrame: true, securityOrigin: origin };
  const as = (contents ?? null) as unknown as Asked[0];
  const checked = media ? { ...details, mediaType: media } : details;
  if (check && !check(as, permission as Permission, origin, checked)) return false;
  if (!request) return true;
  const asked = media ? { ...details, mediaTypes: [media] } : details;
  return new Promise((resolve) => request(as, permission as Asked[1], resolve, asked));
}

async function apply(): Promise<void> {
  if (!browserIsRunning()) return;
  const [contents] = everyWebContents();
  for (const served of servedOrigins()) {
    await Promise.all(
      permissions.map(async ({ chromium, electron, media, sysex }) =>
        askBrowser("Browser.setPermission", {
          permission: { name: chromium, ...(sysex ? { sysex } : {}) },
          setting: (await allowed(contents, electron, `${toApp(served)}/`, media))
            ? "granted"
            : "denied",
          origin: served,
        }),
      ),
    );
  }
}

let last = Promise.resolve();
const applyNext = (): void => {
  last = last.then(apply).catch((error: unknown) => {
    // Where the browser has ended there is nothing left to allow.
    if (browserIsRunning()) console.error(error);
  });
};
whenBrowserStarts(applyNext);
decisions.changed = applyNext;
