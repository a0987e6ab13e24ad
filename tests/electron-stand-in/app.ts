import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { basename, join } from "node:path";
import {
  askBrowser,
  browserStarted,
  closeBrowser,
  whenBrowserIsLost,
  whenGpuProcessIsLost,
} from "./chromium.ts";
import { launchOptions } from "./chromium-arguments.ts";
import { commandLine } from "./command-line.ts";
import { guardedEmitter, notInTheStandIn, preventable } from "./guard.ts";
import { appPackage, appPath, getPath, setPath } from "./paths.ts";
import { closeServer, startServer } from "./scheme-server.ts";
import { readScreen } from "./screen.ts";
import { releaseLock, requestLock } from "./single-instance.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

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
  #relaunching = false;
  #windows: () => Closable[] = () => [];
  readonly #whenReady = Promise.withResolvers<void>();

  constructor() {
    super();
    // `ready` comes after the main script has run.
    setImmediate(() => void this.#start());
    whenBrowserIsLost((reason) => this.fail(new Error(`Chromium has ended: ${reason}`)));
    whenGpuProcessIsLost((exitCode) => {
      const reason = exitCode === constants.signals.SIGKILL ? "killed" : "crashed";
      this.emit("child-process-gone", preventable({}), { type: "GPU", reason, exitCode });
    });
    for (const signal of signals) {
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

  disableHardwareAcceleration(): void {
    if (this.#ready)
      throw new Error("app.disableHardwareAcceleration() can only be called before app is ready");
    launchOptions.hardwareAcceleration = false;
  }

  disableDomainBlockingFor3DAPIs(): void {
    if (this.#ready)
      throw new Error(
        "app.disableDomainBlockingFor3DAPIs() can only be called before app is ready",
      );
    launchOptions.domainBlockingFor3DAPIs = false;
  }

  /**
   * `basic` only. Chromium is started with the first window, so it waits for that. Rejects without acceleration, as
   * Electron does on Linux: https://github.com/electron/electron/issues/49530
   */
  async getGPUInfo(infoType: "basic" | "complete"): Promise<unknown> {
    if (infoType !== "basic") throw notInTheStandIn(`app.getGPUInfo("${infoType}")`);
    if (!launchOptions.hardwareAcceleration)
      throw new Error(
        "GPU access not allowed. Reason: GPU access is disabled in chrome://settings.",
      );
    await browserStarted();
    const { gpu } = (await askBrowser("SystemInfo.getInfo", {})) as { gpu: { devices: object[] } };
    const [active, ...others] = gpu.devices;
    return {
      gpuDevice: [
        ...(active ? [{ active: true, ...active }] : []),
        ...others.map((device) => ({ active: false, ...device })),
      ],
    };
  }

  /** The app of the same command line is started when this one has ended; who waits for this one waits for both. */
  relaunch(): void {
    this.#relaunching = true;
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
    void closeBrowser().finally(() => {
      if (this.#relaunching) this.#startAgain();
      else process.exit(exitCode);
    });
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

  #startAgain(): void {
    const [, ...args] = process.argv;
    const next = spawn(process.execPath, [...process.execArgv, ...args], { stdio: "inherit" });
    for (const signal of signals) {
      process.removeAllListeners(signal);
      process.on(signal, () => next.kill(signal));
    }
    next.once("exit", (code, signal) =>
      process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
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
    const [port] = await Promise.all([startServer(wanted), readScreen()]);
    if (port !== wanted) writeFileSync(portFile, String(port));
    this.#ready = true;
    this.#whenReady.resolve();
  }
}

export const app = new App();
