import { type BrowserWindow, screen } from "electron";
import type { Logger } from "pino";
import type { PushMessage } from "../../preload/contract/ipc.ts";
import { Push } from "../ipc/push.ts";
import type { BackOff } from "../room/back-off.ts";
import { openWindow } from "../windows.ts";
import type { ChatFileStore } from "./chat-file.ts";
import { type Bounds, placeWindow } from "./place-window.ts";

export interface ChatWindowPorts {
  readonly preload: string;
  readonly title: () => string;
  readonly file: ChatFileStore;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly onClosed?: () => void;
}

const usualSize = { width: 420, height: 760 };
const minSize = { width: 320, height: 360 };
/** A window that is being dragged tells every pixel. */
const settleMs = 500;

/** What of main's pushes is for the chat window. */
const told: ReadonlySet<PushMessage["type"]> = new Set([
  "records",
  "chat",
  "room",
  "ledgerFailure",
  "locale",
]);

const workAreas = (): readonly [Bounds, ...Bounds[]] => {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main.workArea, ...others.map(({ workArea }) => workArea)];
};

/** The window beside the studio in which the chat is read and governed. There is none, or one. */
export class ChatWindow {
  readonly #ports: ChatWindowPorts;
  #open: { readonly window: BrowserWindow; readonly push: Push } | null = null;
  #saving: NodeJS.Timeout | undefined;

  constructor(ports: ChatWindowPorts) {
    this.#ports = ports;
  }

  get contents(): BrowserWindow["webContents"] | null {
    return this.#open?.window.webContents ?? null;
  }

  /** Or brings the open one to the front. */
  open(): void {
    if (this.#open) {
      const { window } = this.#open;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return;
    }
    const { file, log } = this.#ports;
    const push = new Push();
    const { x, y, width, height } = placeWindow(file.bounds, usualSize, workAreas());
    const window = openWindow({
      page: "chat.html",
      preload: this.#ports.preload,
      title: this.#ports.title(),
      size: { width, height },
      minSize,
      corner: { x, y },
      alwaysOnTop: file.settings.onTop,
      push,
      log,
      backOff: this.#ports.backOff,
      random: this.#ports.random,
      mayClose: () => true,
      onPageLost: () => undefined,
      onShown: () => undefined,
    });
    this.#open = { window, push };
    const saveSoon = (): void => {
      clearTimeout(this.#saving);
      this.#saving = setTimeout(() => this.#savePlace(), settleMs);
    };
    window.on("move", saveSoon);
    window.on("resize", saveSoon);
    window.on("close", () => this.#savePlace());
    window.on("closed", () => {
      clearTimeout(this.#saving);
      push.close();
      this.#open = null;
      this.#ports.onClosed?.();
    });
  }

  tell(message: PushMessage): void {
    if (told.has(message.type)) this.#open?.push.push(message);
  }

  setOnTop(onTop: boolean): void {
    this.#open?.window.setAlwaysOnTop(onTop);
  }

  /** Its place is kept for the next time. */
  close(): void {
    this.#open?.window.close();
  }

  #savePlace(): void {
    clearTimeout(this.#saving);
    const { window } = this.#open ?? {};
    if (!window || window.isDestroyed() || window.isMinimized()) return;
    const { file, log } = this.#ports;
    const { x, y, width, height } = window.getNormalBounds();
    void file.saveBounds({ x, y, width, height }).then((saved) => {
      if (!saved.ok) log.warn({ error: saved.error }, "the chat window's place is not kept");
    });
  }
}
