import type { BrowserWindowConstructorOptions } from "electron";
import { app } from "./app.ts";
import {
  askBrowser,
  launchOptions,
  openWindow,
  type OpenedWindow,
  watchTarget,
} from "./chromium.ts";
import { guardedEmitter, notInTheStandIn, preventable } from "./guard.ts";
import { onPageFrame, WebContents } from "./web-contents.ts";
import { centreOnScreen, nativeWindow, type NativeWindow } from "./native-window.ts";

const known = {
  window: [
    "width",
    "height",
    "x",
    "y",
    "minWidth",
    "minHeight",
    "show",
    "title",
    "backgroundColor",
    "webPreferences",
    "icon",
    "autoHideMenuBar",
    "darkTheme",
  ],
  web: [
    "preload",
    "sandbox",
    "contextIsolation",
    "nodeIntegration",
    "backgroundThrottling",
    "webSecurity",
    "spellcheck",
    "devTools",
  ],
};

const open = new Map<number, BrowserWindow>();
let lastId = 0;

/** https://www.electronjs.org/docs/latest/api/browser-window */
export class BrowserWindow extends guardedEmitter("BrowserWindow") {
  static getAllWindows(): BrowserWindow[] {
    return [...open.values()];
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return open.get(id) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }

  readonly id: number;
  readonly webContents: WebContents;
  #title: string;
  #shown: boolean;
  #focused = false;
  #minimized = false;
  #destroyed = false;
  #closing = false;
  #askingToClose = false;
  readonly #opened: Promise<{ window: OpenedWindow; native: NativeWindow }>;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error("Cannot create BrowserWindow before app is ready");
    const web = options.webPreferences ?? {};
    for (const name of Object.keys(options))
      if (!known.window.includes(name)) throw notInTheStandIn(`BrowserWindow option ${name}`);
    for (const name of Object.keys(web))
      if (!known.web.includes(name)) throw notInTheStandIn(`webPreferences.${name}`);
    if (web.sandbox === false || web.contextIsolation === false || web.nodeIntegration === true) {
      throw notInTheStandIn("a window that is not sandboxed and isolated");
    }
    lastId += 1;
    this.id = lastId;
    this.webContents = new WebContents(this.id, web);
    this.#title = options.title ?? app.getName();
    this.#shown = options.show ?? true;
    open.set(this.id, this);
    if (web.backgroundThrottling === false) launchOptions.throttleInBackground = false;
    launchOptions.acceptLanguage = app.getLocale();
    this.#opened = this.#open(options);
    this.#opened.catch((error: unknown) => app.fail(error));
    this.webContents.once("did-finish-load", () => this.emit("ready-to-show"));
    setImmediate(() => app.emit("browser-window-created", preventable({}), this));
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isVisible(): boolean {
    return this.#shown && !this.#destroyed;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  getTitle(): string {
    return this.webContents.getTitle() || this.#title;
  }

  show(): void {
    this.#shown = true;
    this.#then(({ native }) => native.show());
    this.focus();
    this.emit("show");
  }

  hide(): void {
    this.#shown = false;
    this.#then(({ native }) => native.hide());
    this.emit("hide");
  }

  focus(): void {
    this.#then(({ native }) => native.activate());
  }

  minimize(): void {
    this.#then(({ window }) => setState(window, "minimized"));
  }

  restore(): void {
    this.#then(({ window }) => setState(window, "normal"));
  }

  setTitle(title: string): void {
    this.#title = title;
    this.#then(({ native }) => native.setTitle(title));
  }

  /** As if the user closed the window: `close` is emitted first and can prevent it. */
  close(): void {
    if (this.#destroyed || this.#closing) return;
    if (!this.#mayClose()) return app.closePrevented();
    this.#closing = true;
    this.#opened.then(() => this.webContents.close()).catch(() => undefined);
  }

  /** Closes without asking; `closed` is emitted, `close` is not. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#closing = true;
    this.#gone();
    void this.#opened
      .then(({ window }) => askBrowser("Target.closeTarget", { targetId: window.targetId }))
      .catch(() => undefined);
  }

  hasFocus(focused: boolean): void {
    if (this.#focused === focused) return;
    this.#focused = focused;
    this.emit(focused ? "focus" : "blur");
  }

  pageIsVisible(visible: boolean): void {
    if (!this.#shown || this.#minimized === !visible) return;
    this.#minimized = !visible;
    this.emit(visible ? "restore" : "minimize");
  }

  async #open({
    width = 800,
    height = 600,
    x,
    y,
    minWidth,
    minHeight,
    backgroundColor = "#FFF",
    show = true,
  }: BrowserWindowConstructorOptions) {
    const window = await openWindow(width, height, backgroundColor);
    watchTarget(window.targetId, {
      gone: () => this.#gone(),
      crashed: (status, code) => {
        this.webContents.crashed(status, code);
        app.emit("render-process-gone", preventable({}), this.webContents, {
          reason: "crashed",
          exitCode: code,
        });
      },
      popup: (url) => this.webContents.askedToOpen({ url, frameName: "", features: "" }),
    });
    const native = await nativeWindow(window.token);
    this.once("closed", native.forget);
    if (!show) native.hide();
    const corner =
      x === undefined || y === undefined
        ? await centreOnScreen(width, height)
        : { left: x, top: y };
    await askBrowser("Browser.setWindowBounds", {
      windowId: window.windowId,
      bounds: { ...corner, width, height },
    });
    native.setMinimum(minWidth ?? 0, minHeight ?? 0);
    await this.webContents.attach(window.session, () => this.#userCloses());
    return { window, native };
  }

  #then(act: (opened: { window: OpenedWindow; native: NativeWindow }) => unknown): void {
    this.#opened
      .then((opened) => (this.#destroyed ? undefined : act(opened)))
      .catch((error: unknown) => this.#destroyed || console.error(error));
  }

  #mayClose(): boolean {
    const event = preventable({});
    this.emit("close", event);
    return !event.defaultPrevented;
  }

  /** The user has closed the window by its frame: true lets it go. */
  async #userCloses(): Promise<boolean> {
    if (this.#closing) return true;
    if (this.#askingToClose) return false;
    this.#askingToClose = true;
    this.#closing = this.#mayClose();
    this.#askingToClose = false;
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

async function setState({ windowId }: OpenedWindow, windowState: string): Promise<void> {
  await askBrowser("Browser.setWindowBounds", { windowId, bounds: { windowState } });
}

const windowOf = (contents: WebContents): BrowserWindow | null =>
  BrowserWindow.fromWebContents(contents);
onPageFrame("focus", (contents) => windowOf(contents)?.hasFocus(true));
onPageFrame("blur", (contents) => windowOf(contents)?.hasFocus(false));
onPageFrame("visible", (contents) => windowOf(contents)?.pageIsVisible(true));
onPageFrame("hidden", (contents) => windowOf(contents)?.pageIsVisible(false));

app.useWindows({ all: BrowserWindow.getAllWindows });
