import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { type CdpSession, connectCdp } from "./cdp.ts";
import { everySwitch } from "./command-line.ts";
import { getPath } from "./paths.ts";
import { ownPage } from "./scheme-server.ts";

const lastBrowserEndsWithinMs = 10_000;

export interface OpenedWindow {
  session: CdpSession;
  targetId: string;
  /** The browser's number of the native window. */
  windowId: number;
  /** Title of the native window until the first page is shown. */
  token: string;
}

interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
}

/** Set before the first window is opened. */
export const launchOptions = { throttleInBackground: true, acceptLanguage: "en-US" };

let child: ChildProcess | undefined;
let browser: CdpSession | undefined;
let sessionOf: ((sessionId?: string) => CdpSession) | undefined;
let launched = false;
let started = false;
let ending = false;
let errorTail = "";
let browserExited: Promise<void> = Promise.resolve();

/** The windows that are open. */
const targets = new Set<string>();
const waiting = new Map<string, (session: CdpSession, info: TargetInfo) => void>();
const goneListeners = new Map<string, () => void>();
const crashListeners = new Map<string, (status: string, code: number) => void>();
const popupListeners = new Map<string, (url: string) => void>();
const browserReady: ((browser: CdpSession) => void)[] = [];
let endedUnasked: (reason: string) => void = () => {};

const profile = (): string => join(getPath("userData"), "Chromium-profile");

function findChromium(): string {
  const given = process.env["ANCHOR_CHROMIUM"];
  if (given) return given;
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of ["chromium", "chromium-browser"]) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        continue;
      }
    }
  }
  throw new Error("There is no Chromium on PATH: install it, or name it in ANCHOR_CHROMIUM");
}

/** The switches for machines without a GPU; `facts` of what each does: https://peter.sh/experiments/chromium-command-line-switches/ */
function chromiumArguments(): string[] {
  const args = [
    `--user-data-dir=${profile()}`,
    "--disable-gpu",
    "--ozone-platform=x11",
    "--autoplay-policy=no-user-gesture-required",
    "--auto-select-desktop-capture-source=Entire screen",
    `--accept-lang=${launchOptions.acceptLanguage}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-crash-restore-bubble",
    "--password-store=basic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    ...(process.getuid?.() === 0 ? ["--no-sandbox", "--test-type"] : []),
    ...(launchOptions.throttleInBackground
      ? []
      : [
          "--disable-background-timer-throttling",
          "--disable-backgrounding-occluded-windows",
          "--disable-renderer-backgrounding",
        ]),
    ...(process.env["ANCHOR_CHROMIUM_ARGS"] ?? "").split(/\s+/).filter(Boolean),
  ];
  const disabled = ["Translate", "MediaRouter", "GlobalMediaControls"];
  for (const [name, value] of everySwitch()) {
    if (name === "user-data-dir" || name === "app") continue;
    if (name === "disable-features") disabled.push(value);
    else args.push(value ? `--${name}=${value}` : `--${name}`);
  }
  return [...args, `--disable-features=${disabled.join(",")}`];
}

/** What a browser offers its user and Electron does not. Read when a profile is made: chrome/common/pref_names.h */
const preferences = {
  translate: { enabled: false },
  credentials_enable_service: false,
  autofill: { profile_enabled: false, credit_card_enabled: false },
};

function prepareProfile(): void {
  const file = join(profile(), "Default", "Preferences");
  if (existsSync(file)) return;
  mkdirSync(join(profile(), "Default"), { recursive: true });
  writeFileSync(file, JSON.stringify(preferences));
}

/** After SIGKILL of the main process its Chromium needs a moment to end; until then the profile is its own. */
async function profileIsFree(): Promise<void> {
  const deadline = Date.now() + lastBrowserEndsWithinMs;
  while (Date.now() < deadline) {
    let holder: string;
    try {
      // A link to "<host name>-<process id>".
      holder = readlinkSync(join(profile(), "SingletonLock"));
    } catch {
      return;
    }
    if (!existsSync(`/proc/${holder.split("-").at(-1)}`)) return;
    await delay(20);
  }
}

/** Chromium starts with the first window, and ends with us: the pipe closes even after SIGKILL. */
async function launch(url: string, size: string): Promise<void> {
  launched = true;
  started = false;
  prepareProfile();
  await profileIsFree();
  errorTail = "";
  const spawned = spawn(
    findChromium(),
    [...chromiumArguments(), "--remote-debugging-pipe", size, `--app=${url}`],
    {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
      // Ctrl+C in a terminal is for the main process alone.
      detached: true,
      // Screens are chosen by their English name.
      env: { ...process.env, LANGUAGE: "en_US" },
    },
  );
  child = spawned;
  spawned.stderr?.on("data", (text: Buffer) => {
    errorTail = (errorTail + text.toString("utf8")).slice(-4000);
  });
  browserExited = new Promise((resolve) => {
    spawned.once("exit", () => resolve());
    spawned.once("error", (error) => {
      errorTail += error.message;
      resolve();
    });
  });
  sessionOf = connectCdp(spawned.stdio[3] as Writable, spawned.stdio[4] as Readable, () => {
    browser = undefined;
    child = undefined;
    // It ends by itself after its last window; with a window open, or one awaited, it has failed.
    if (!ending && started && targets.size + waiting.size > 0)
      void browserExited.then(() => endedUnasked(errorTail));
  });
  const connected = sessionOf();
  browser = connected;
  connected.on("Target.attachedToTarget", (params) => void attached(params as unknown as Attached));
  connected.on("Target.detachedFromTarget", (params) => gone(String(params["targetId"])));
  connected.on("Target.targetCrashed", (params) => {
    crashListeners.get(String(params["targetId"]))?.(
      String(params["status"]),
      Number(params["errorCode"]),
    );
  });
  try {
    await Promise.all([
      connected.send("Target.setDiscoverTargets", { discover: true, filter: [{ type: "page" }] }),
      connected.send("Target.setAutoAttach", {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: "page" }],
      }),
    ]);
  } catch {
    await browserExited;
    throw new Error(`Chromium does not start: ${errorTail}`);
  }
  started = true;
  for (const tell of browserReady) tell(connected);
}

interface Attached {
  sessionId: string;
  targetInfo: TargetInfo;
}

function gone(targetId: string): void {
  targets.delete(targetId);
  const tell = goneListeners.get(targetId);
  goneListeners.delete(targetId);
  crashListeners.delete(targetId);
  popupListeners.delete(targetId);
  tell?.();
}

async function attached({ sessionId, targetInfo }: Attached): Promise<void> {
  const session = sessionOf?.(sessionId);
  if (!session || !browser) return;
  const token = /\/window-([0-9a-f]+)$/.exec(targetInfo.url)?.[1];
  const expected = token && waiting.get(token);
  if (expected) {
    waiting.delete(token);
    expected(session, targetInfo);
    return;
  }
  // Not one of ours: a window that a page has opened.
  await browser
    .send("Target.closeTarget", { targetId: targetInfo.targetId })
    .catch(() => undefined);
  if (targetInfo.openerId) popupListeners.get(targetInfo.openerId)?.(targetInfo.url);
}

let opening: Promise<unknown> = Promise.resolve();

/**
 * Opens a native window without an address bar. It shows an empty page in `background` (a CSS colour) until it is navigated.
 * Preloads can be added before: the page that is open belongs to the stand-in.
 */
export async function openWindow(
  width: number,
  height: number,
  background: string,
): Promise<OpenedWindow> {
  const before = opening;
  const opened = before.then(async () => {
    // After its last window Chromium ends by itself, sooner or later: the next one starts anew.
    if (browser && targets.size === 0) {
      browser.send("Browser.close").catch(() => undefined);
      await browserExited;
    }
    const token = randomBytes(12).toString("hex");
    const url = ownPage(
      `window-${token}`,
      `<!doctype html><link rel="icon" href="data:,"><title>${token}</title><body style="background:${background}">`,
    );
    const found = new Promise<[CdpSession, TargetInfo]>((resolve) => {
      waiting.set(token, (session, info) => resolve([session, info]));
    });
    const size = `--window-size=${width},${height}`;
    if (!browser) await launch(url, size);
    else {
      const forwarding = spawn(
        findChromium(),
        [
          ...chromiumArguments().filter((text) => !text.startsWith("--remote-debugging")),
          size,
          `--app=${url}`,
        ],
        {
          stdio: "ignore",
        },
      );
      forwarding.once("error", (error) => endedUnasked(error.message));
    }
    const [session, info] = await found;
    targets.add(info.targetId);
    await Promise.all([
      session.send("Page.enable"),
      session.send("Runtime.runIfWaitingForDebugger"),
    ]);
    const native = await browser?.send("Browser.getWindowForTarget", { targetId: info.targetId });
    return { session, targetId: info.targetId, windowId: Number(native?.["windowId"]), token };
  });
  opening = opened.catch(() => undefined);
  return opened;
}

export function askBrowser(method: string, params: Record<string, unknown>) {
  if (!browser) return Promise.reject(new Error(`${method}: the browser has ended`));
  return browser.send(method, params);
}

export function browserIsRunning(): boolean {
  return browser !== undefined;
}

/** Called each time Chromium has started. */
export function whenBrowserStarts(tell: (browser: CdpSession) => void): void {
  browserReady.push(tell);
}

export function watchTarget(
  targetId: string,
  watch: { gone(): void; crashed(status: string, code: number): void; popup(url: string): void },
): void {
  goneListeners.set(targetId, watch.gone);
  crashListeners.set(targetId, watch.crashed);
  popupListeners.set(targetId, watch.popup);
}

/** Electron's main process is the browser: without Chromium there is nothing left to run. */
export function whenBrowserIsLost(tell: (reason: string) => void): void {
  endedUnasked = tell;
}

/** Ends Chromium and removes what it leaves in its profile while it runs. */
export async function closeBrowser(): Promise<void> {
  ending = true;
  if (!launched) return;
  const running = child;
  if (running) {
    browser?.send("Browser.close").catch(() => undefined);
    const timer = setTimeout(() => running.pid && process.kill(-running.pid, "SIGKILL"), 3000);
    await browserExited;
    clearTimeout(timer);
  }
  for (const name of ["SingletonLock", "SingletonCookie", "SingletonSocket"])
    rmSync(join(profile(), name), { force: true });
}
