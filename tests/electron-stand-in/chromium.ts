import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Readable, Writable } from "node:stream";
import { type CdpSession, connectCdp } from "./cdp.ts";
import { chromiumArguments, findChromium } from "./chromium-arguments.ts";
import { prepareProfile, tidyProfile } from "./chromium-profile.ts";
import { ownPage } from "./scheme-server.ts";

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

interface Watch {
  gone(): void;
  crashed(status: string, code: number): void;
  popup(url: string): void;
}

const endsWithinMs = 3000;

let child: ChildProcess | undefined;
let browser: CdpSession | undefined;
let sessionOf: ((sessionId?: string) => CdpSession) | undefined;
let launched = false;
let ending = false;
let errorTail = "";
let browserExited: Promise<void> = Promise.resolve();

/** The windows that are open. */
const targets = new Set<string>();
const watched = new Map<string, Watch>();
/** By token: the windows that are about to appear. */
const waiting = new Map<string, (session: CdpSession, info: TargetInfo) => void>();
const browserReady: (() => void)[] = [];
let endedUnasked: (reason: string) => void = () => undefined;
let gpuEndedUnasked: (exitCode: number) => void = () => undefined;

/** Chromium starts with the first window, and ends with us: the pipe closes even after SIGKILL. */
async function launch(shown: string[]): Promise<void> {
  launched = true;
  let started = false;
  await prepareProfile();
  errorTail = "";
  const spawned = spawn(
    findChromium(),
    [...chromiumArguments(), "--remote-debugging-pipe", ...shown],
    {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
      // Ctrl+C in a terminal is for the main process alone.
      detached: true,
      env: { ...process.env, LANGUAGE: "en_US" },
    },
  );
  child = spawned;
  spawned.stderr?.on("data", (text: Buffer) => {
    const said = text.toString("utf8");
    errorTail = (errorTail + said).slice(-4000);
    const code = /GPU process exited unexpectedly: exit_code=(\d+)/.exec(said)?.[1];
    if (code !== undefined) gpuEndedUnasked(Number(code));
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
    const { targetId, status, errorCode } = params;
    watched.get(String(targetId))?.crashed(String(status), Number(errorCode));
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
  for (const tell of browserReady) tell();
}

/** A second start with the same profile: it passes on what it was told, and ends. */
function forward(shown: string[]): void {
  const args = chromiumArguments().filter((text) => !text.startsWith("--remote-debugging"));
  const spawned = spawn(findChromium(), [...args, ...shown], { stdio: "ignore" });
  spawned.once("error", (error) => endedUnasked(error.message));
}

interface Attached {
  sessionId: string;
  targetInfo: TargetInfo;
}

function gone(targetId: string): void {
  const watch = watched.get(targetId);
  targets.delete(targetId);
  watched.delete(targetId);
  watch?.gone();
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
  watched.get(targetInfo.openerId ?? "")?.popup(targetInfo.url);
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
    const head = `<!doctype html><link rel="icon" href="data:,"><title>${token}</title>`;
    const url = ownPage(`window-${token}`, `${head}<body style="background:${background}">`);
    const found = new Promise<[CdpSession, TargetInfo]>((resolve) => {
      waiting.set(token, (session, info) => resolve([session, info]));
    });
    const shown = [`--window-size=${width},${height}`, `--app=${url}`];
    if (browser) forward(shown);
    else await launch(shown);
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

/** Resolves once there is a browser to ask. */
export function browserStarted(): Promise<void> {
  if (browser) return Promise.resolve();
  return new Promise((done) => browserReady.push(done));
}

export function browserIsRunning(): boolean {
  return browser !== undefined;
}

/** Called each time Chromium has started. */
export function whenBrowserStarts(tell: () => void): void {
  browserReady.push(tell);
}

export function watchTarget(targetId: string, watch: Watch): void {
  watched.set(targetId, watch);
}

/** Chromium says it on stderr, and starts another GPU process; `exitCode` as waitpid(2) tells it. */
export function whenGpuProcessIsLost(tell: (exitCode: number) => void): void {
  gpuEndedUnasked = tell;
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
    const timer = setTimeout(
      () => running.pid && process.kill(-running.pid, "SIGKILL"),
      endsWithinMs,
    );
    await browserExited;
    clearTimeout(timer);
  }
  tidyProfile();
}
