import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from "electron";
import { app } from "./app.ts";
import { launchOptions } from "./chromium-arguments.ts";
import { askBrowser, openWindow, type OpenedWindow, watchTarget } from "./chromium.ts";
import { guardedEmitter, notInTheStandIn, onlyListed, preventable } from "./guard.ts";
import { centreOnScreen, nativeWindow, type NativeWindow } from "./native-window.ts";
import { onPageFrame, WebContents } from "./web-contents.ts";

/** A window manager has put a window somewhere so soon after it was shown. */
const placedWithinMs = 1_000;
const settledMs = 150;
const open = new Map<number, BrowserWindow>();
let lastId = 0;

function sandboxed(preferences: WebPreferences): WebPreferences {
  const { sandbox, contextIsolation, nodeIntegration } = onlyListed("WebPreferences", preferences);
  if (sandbox === false || contextIsolation === false || nodeIntegration === true) {
    throw notInTheStandIn("a window that is not sandboxed and isolated");
  }
  return preferences;
}

/** https://www.electronjs.org/docs/latest/api/browser-window */
export class BrowserWindow extends guardedEmitter("BrowserWindow") {
  static getAllWindows(): BrowserWindow[] {
    return [...open.values()];
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  readonly id: number;
  readonly webContents: WebContents;
  #shown: boolean;
  #focused = false;
  #minimized = false;
  #destroyed = false;
  #onTop: boolean;
  #bounds: Rectangle;
  /** Where a window belongs that is shown for the first time: window managers put it where they like. */
  #placeWhenShown: Rectangle | undefined;
  /** Nobody is asked (again). */
  #closing = false;
  readonly #opened: Promise<{ window: OpenedWindow; native: NativeWindow }>;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    onlyListed("BrowserWindowConstructorOptions", options);
    const preferences = sandboxed(options.webPreferences ?? {});
    lastId += 1;
    this.id = lastId;
    this.webContents = new WebContents(this.id, preferences);
    this.#shown = options.show ?? true;
    this.#onTop = options.alwaysOnTop ?? false;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    open.set(this.id, this);
    if (preferences.backgroundThrottling === false) launchOptions.throttleInBackground = false;
    launchOptions.acceptLanguage = app.getLocale();
    this.webContents.once("did-finish-load", () => this.emit("ready-to-show"));
    this.#opened = this.#open(options);
    this.#opened.catch((error: unknown) => app.fail(error));
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  /** Shows the window and gives it the focus. */
  show(): void {
    this.#shown = true;
    this.#then(({ native }) => {
      native.show();
      if (this.#onTop) native.setAbove(true);
      setTimeout(() => (this.#placeWhenShown = undefined), placedWithinMs).unref();
      native.activate();
    });
  }

  focus(): void {
    this.#then(({ native }) => native.activate());
  }

  minimize(): void {
    this.#then(({ window }) => this.#setState(window, true));
  }

  restore(): void {
    this.#then(({ window }) => this.#setState(window, false));
  }

  setAlwaysOnTop(onTop: boolean): void {
    this.#onTop = onTop;
    this.#then(({ native }) => native.setAbove(onTop));
  }

  /** Of the window while it is neither minimised nor maximised. */
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }

  /** Holds until the page changes its own title. */
  setTitle(title: string): void {
    this.#then(({ native }) => native.setTitle(title));
  }

  /** As if the user closed the window: `close` is emitted first and can prevent it. */
  close(): void {
    if (this.#destroyed || this.#closing) return;
    if (this.#mayClose()) this.webContents.askToClose();
    else app.closePrevented();
  }

  /** Closes without asking; `closed` is emitted, `close` is not. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#closing = true;
    this.#gone();
    this.#opened
      .then(({ window }) => askBrowser("Target.closeTarget", { targetId: window.targetId }))
      .catch(() => undefined);
  }

  /** The page says that it has the focus, or has it no more. */
  focusChanged(focused: boolean): void {
    if (this.#focused === focused) return;
    this.#focused = focused;
    this.emit(focused ? "focus" : "blur");
  }

  /** The page says whether it can be seen: of a shown window only minimising hides it. */
  visibilityChanged(visible: boolean): void {
    if (this.#shown) this.#minimized = !visible;
  }

  async #open({
    width = 800,
    height = 600,
    x,
    y,
    minWidth = 0,
    minHeight = 0,
    backgroundColor = "#FFF",
    title = app.getName(),
    show = true,
  }: BrowserWindowConstructorOptions) {
    const window = await openWindow(width, height, backgroundColor);
    watchTarget(window.targetId, {
      gone: () => this.#gone(),
      crashed: (status, code) => this.webContents.crashed(status, code),
      popup: (url) => this.webContents.askedToOpen({ url, frameName: "", features: "" }),
    });
    const native = await nativeWindow(window.token);
    this.once("closed", () => native.forget());
    if (!show) native.hide();
    native.setTitle(title);
    const placed = x !== undefined && y !== undefined;
    const corner = placed ? { left: x, top: y } : await centreOnScreen(width, height);
    const bounds = { x: corner.left, y: corner.top, width, height };
    await this.#place(window, bounds);
    this.#bounds = bounds;
    if (!show) this.#placeWhenShown = bounds;
    else if (this.#onTop) native.setAbove(true);
    const follow = (): void => void this.#followPlace(window, native);
    native.onPlaceChanged(() => {
      follow();
      // Chromium hears of it too, and perhaps later.
      setTimeout(follow, settledMs).unref();
    });
    native.setMinimum(minWidth, minHeight);
    await this.webContents.attach(window.session, () => this.#closing || this.#mayClose());
    return { window, native };
  }

  #then(act: (opened: { window: OpenedWindow; native: NativeWindow }) => unknown): void {
    this.#opened
      .then((opened) => (this.#destroyed ? undefined : act(opened)))
      .catch((error: unknown) => this.#destroyed || console.error(error));
  }

  async #place(
    { windowId }: Pick<OpenedWindow, "windowId">,
    { x, y, width, height }: Rectangle,
  ): Promise<void> {
    const bounds = { left: x, top: y, width, height };
    await askBrowser("Browser.setWindowBounds", { windowId, bounds });
  }

  async #followPlace(window: OpenedWindow, native: NativeWindow): Promise<void> {
    const { windowId } = window;
    const [answer, frame] = await Promise.all([
      askBrowser("Browser.getWindowBounds", { windowId }).catch(() => undefined),
      native.frame(),
    ]);
    const {
      left = 0,
      top = 0,
      width = 0,
      height = 0,
      windowState,
    } = (answer?.["bounds"] ?? {}) as Partial<
      Record<"left" | "top" | "width" | "height", number> & { windowState: string }
    >;
    if (this.#destroyed || windowState !== "normal") return;
    const now = { x: left - frame.left, y: top - frame.top, width, height };
    const wanted = this.#placeWhenShown;
    if (wanted && this.#shown && (now.x !== wanted.x || now.y !== wanted.y)) {
      this.#placeWhenShown = undefined;
      return this.#place(window, wanted);
    }
    const before = this.#bounds;
    this.#bounds = now;
    if (now.x !== before.x || now.y !== before.y) this.emit("move", preventable({}));
    if (now.width !== before.width || now.height !== before.height)
      this.emit("resize", preventable({}));
  }

  async #setState({ windowId }: OpenedWindow, minimized: boolean): Promise<void> {
    const bounds = { windowState: minimized ? "minimized" : "normal" };
    await askBrowser("Browser.setWindowBounds", { windowId, bounds });
    this.#minimized = minimized;
  }

  #mayClose(): boolean {
    const event = preventable({});
    this.emit("close", event);
    this.#closing = !event.defaultPrevented;
    return this.#closing;
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    open.delete(this.id);
    this.webContents.destroyed();
    this.emit("closed");
    app.windowClosed(open.size);
  }
}

for (const [kind, tell] of [
  ["focus", (window) => window.focusChanged(true)],
  ["blur", (window) => window.focusChanged(false)],
  ["visible", (window) => window.visibilityChanged(true)],
  ["hidden", (window) => window.visibilityChanged(false)],
] satisfies [string, (window: BrowserWindow) => void][]) {
  onPageFrame(kind, (contents) => {
    const window = BrowserWindow.fromWebContents(contents);
    if (window) tell(window);
  });
}

app.useWindows(() => BrowserWindow.getAllWindows());
