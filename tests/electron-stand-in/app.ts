import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { closeBrowser, whenBrowserIsLost } from "./chromium.ts";
import { commandLine } from "./command-line.ts";
import { guardedEmitter, preventable } from "./guard.ts";
import { appPackage, appPath, getPath, setPath } from "./paths.ts";
import { closeServer, startServer } from "./scheme-server.ts";
import { releaseLock, requestLock } from "./single-instance.ts";

interface Closable {
  close(): void;
  destroy(): void;
}

/** https://www.electronjs.org/docs/latest/api/app */
class App extends guardedEmitter("App") {
  readonly commandLine = commandLine;
  /** An app's archive has this name; the stand-in runs what was taken out of one, in a folder of that name. */
  readonly isPackaged = basename(appPath) === "app.asar";
  readonly getPath: typeof getPath = getPath;
  readonly setPath: typeof setPath = setPath;
  #ready = false;
  #quitting = false;
  #exiting = false;
  #windows: () => Closable[] = () => [];
  readonly #whenReady = Promise.withResolvers<void>();

  constructor() {
    super();
    // `ready` comes after the main script has run.
    setImmediate(() => void this.#start());
    whenBrowserIsLost((reason) => this.fail(new Error(`Chromium has ended: ${reason}`)));
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => process.listenerCount(signal) > 1 || this.quit());
    }
  }

  getName(): string {
    return appPackage.productName ?? appPackage.name;
  }

  getVersion(): string {
    return appPackage.version;
  }

  getAppPath(): string {
    return appPath;
  }

  isReady(): boolean {
    return this.#ready;
  }

  whenReady(): Promise<void> {
    return this.#whenReady.promise;
  }

  /** Empty before `ready`, as documented. */
  getLocale(): string {
    if (!this.#ready) return "";
    const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env;
    const asked =
      commandLine.getSwitchValue("lang") ||
      (LANGUAGE?.split(":")[0] ?? "") ||
      LC_ALL ||
      LC_MESSAGES ||
      LANG ||
      "";
    const tag = asked.replace(/[.@].*$/, "").replace("_", "-");
    return tag === "" || tag === "C" || tag === "POSIX" || tag === "en" ? "en-US" : tag;
  }

  /** False, "whether the call succeeded": a program of Node is no application that a desktop could start for a link. */
  setAsDefaultProtocolClient(): boolean {
    return false;
  }

  /** Chromium always runs without a GPU here. */
  disableHardwareAcceleration(): void {
    if (this.#ready)
      throw new Error("app.disableHardwareAcceleration() can only be called before app is ready");
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    return requestLock(additionalData, (argv, workingDirectory, data) => {
      this.emit("second-instance", preventable({}), argv, workingDirectory, data);
    });
  }

  /** Asks everyone: `before-quit`, each window's `close`, then `will-quit`; any of them can prevent it. */
  quit(): void {
    if (this.#quitting || this.#exiting) return;
    const event = preventable({});
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    for (const window of this.#windows()) {
      if (this.#quitting) window.close();
    }
    this.#finishQuitting();
  }

  /** A window has refused to close. */
  closePrevented(): void {
    this.#quitting = false;
  }

  /** Ends at once, without asking. */
  exit(exitCode = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    for (const window of this.#windows()) window.destroy();
    releaseLock();
    closeServer();
    void closeBrowser().finally(() => process.exit(exitCode));
  }

  /** Without its browser the app cannot go on. */
  fail(error: unknown): void {
    if (this.#exiting) return;
    console.error(error instanceof Error ? error.message : error);
    this.exit(1);
  }

  useWindows(all: () => Closable[]): void {
    this.#windows = all;
  }

  windowClosed(left: number): void {
    if (left > 0 || this.#exiting) return;
    if (this.#quitting) this.#finishQuitting();
    else if (!this.emit("window-all-closed")) this.quit();
  }

  #finishQuitting(): void {
    if (!this.#quitting || this.#windows().length > 0) return;
    const event = preventable({});
    this.emit("will-quit", event);
    if (event.defaultPrevented) this.#quitting = false;
    else this.exit(0);
  }

  async #start(): Promise<void> {
    // The same port again where it is free: a page's storage belongs to its origin.
    const portFile = join(getPath("userData"), "stand-in-port");
    let wanted = 0;
    try {
      wanted = Number(readFileSync(portFile, "utf8")) || 0;
    } catch {
      // The first start.
    }
    const port = await startServer(wanted);
    if (port !== wanted) writeFileSync(portFile, String(port));
    this.#ready = true;
    this.#whenReady.resolve();
  }
}

export const app = new App();
