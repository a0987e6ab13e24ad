import { BrowserWindow, MessageChannelMain } from "electron";
import type { Logger } from "pino";
import type { Size } from "../preload/contract/geometry.ts";
import { ipcChannels } from "../preload/contract/ipc.ts";
import type { Push, PushPort } from "./ipc/push.ts";
import { type BackOff, backOffMs } from "./room/back-off.ts";
import { studioUrl } from "./studio-origin.ts";

export interface WindowPorts {
  /** The file of ours that it shows. */
  readonly page: string;
  readonly preload: string;
  readonly title: string;
  readonly size: Size;
  readonly minSize: Size;
  /** In the middle of the screen without it. */
  readonly corner?: { readonly x: number; readonly y: number };
  readonly alwaysOnTop?: boolean;
  readonly push: Push;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  /** Asked when its user closes the window; false keeps it. */
  mayClose(): boolean;
  /** The page has gone: it crashed, or was loaded again. */
  onPageLost(): void;
  onShown(): void;
}

/** A port of `push` whose other end the page gets. */
const openPort = (window: BrowserWindow): PushPort => {
  const { port1, port2 } = new MessageChannelMain();
  window.webContents.postMessage(ipcChannels.pushPort, null, [port2]);
  return {
    post: (batch) => port1.postMessage(batch),
    onAnswer: (listener) => {
      port1.on("message", ({ data }) => listener(data as unknown));
      port1.start();
    },
    close: () => port1.close(),
  };
};

/**
 * Opens a window of ours. It is never hidden, only minimised: hidden windows are throttled on Windows whatever
 * their settings (electron#31016), and throttling is set at creation since a later change hides video (electron#50250).
 */
export const openWindow = (ports: WindowPorts): BrowserWindow => {
  const { page, push, log, size, minSize } = ports;
  const window = new BrowserWindow({
    ...ports.corner,
    width: size.width,
    height: size.height,
    minWidth: minSize.width,
    minHeight: minSize.height,
    title: ports.title,
    backgroundColor: "#0f1115",
    show: false,
    ...(ports.alwaysOnTop && { alwaysOnTop: true }),
    webPreferences: {
      preload: ports.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  const contents = window.webContents;
  let reloading: NodeJS.Timeout | undefined;
  let crashes = 0;
  let lastCrashMs = 0;
  let hadPage = false;

  window.once("ready-to-show", () => {
    window.show();
    ports.onShown();
  });
  window.on("close", (event) => {
    if (!ports.mayClose()) event.preventDefault();
  });
  window.on("closed", () => {
    clearTimeout(reloading);
    push.detach();
  });

  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (details) => {
    // The page may load itself again, e.g. after an error that it cannot mend.
    if (details.url !== studioUrl(page)) details.preventDefault();
  });
  contents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    push.detach();
    if (hadPage) ports.onPageLost();
    hadPage = true;
  });
  contents.on("did-finish-load", () => push.attach(openPort(window)));
  contents.on("render-process-gone", (_event, { reason, exitCode }) => {
    push.detach();
    if (reason === "clean-exit" || window.isDestroyed()) return;
    log.error({ page, reason, exitCode, crashes }, "a page is gone");
    ports.onPageLost();
    const nowMs = performance.now();
    crashes = nowMs - lastCrashMs > quietMs ? 0 : crashes + 1;
    lastCrashMs = nowMs;
    clearTimeout(reloading);
    reloading = setTimeout(
      () => window.isDestroyed() || contents.reload(),
      backOffMs(ports.backOff, crashes, ports.random),
    );
  });
  window.loadURL(studioUrl(page)).catch((error: unknown) => {
    log.error({ page, err: error }, "a page was not loaded");
  });
  return window;
};

/** A page that has lived for this long is no crash loop. */
const quietMs = 60_000;
