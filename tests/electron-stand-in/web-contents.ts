import { randomBytes } from "node:crypto";
import type {
  MessagePortMain as ElectronPort,
  WebContents as ElectronWebContents,
  WebPreferences,
} from "electron";
import type { WebSocket } from "ws";
import type { CdpSession } from "./cdp.ts";
import { guardedEmitter, notInTheStandIn, preventable } from "./guard.ts";
import { type Frame, type FrameSocket, frameSocket } from "./page-socket.ts";
import { type ConsoleMessage, followConsole } from "./page-console.ts";
import { pageScripts } from "./page-scripts.ts";
import { type PortTable, portTable } from "./ports.ts";
import { dropOwnSocket, ownSocket, socketHost, toApp, toServed } from "./scheme-server.ts";
import { defaultSession } from "./session.ts";
import { mainFrameOf, type WebFrameMain } from "./web-frame-main.ts";

type OpenHandler = Parameters<ElectronWebContents["setWindowOpenHandler"]>[0];

/** What other modules do with a frame that arrives from a page. */
export type FrameHandler = (
  contents: WebContents,
  frame: Frame,
  senderFrame: WebFrameMain,
  ports: PortTable,
) => void;
const frameHandlers = new Map<string, FrameHandler>();
export function onPageFrame(kind: string, handler: FrameHandler): void {
  frameHandlers.set(kind, handler);
}

const all = new Map<number, WebContents>();
export const everyWebContents = (): WebContents[] => [...all.values()];

/** Messages that wait for a document to connect; those beyond are dropped. */
const earlyLimit = 10_000;

/** https://www.electronjs.org/docs/latest/api/web-contents */
export class WebContents extends guardedEmitter("WebContents") {
  readonly id: number;
  readonly session = defaultSession;
  mainFrame: WebFrameMain;
  #preferences: WebPreferences;
  #attached: Promise<CdpSession>;
  #resolveAttached: (session: CdpSession) => void;
  #url = "";
  #destroyed = false;
  /** The navigation under way was asked for by main. */
  #driven = false;
  /** A navigation has begun, and its document is not there yet: what asks about leaving the page is no closing. */
  #navigating = false;
  #document: { socket: FrameSocket; ports: PortTable } | undefined;
  #leaving: { socket: FrameSocket; ports: PortTable } | undefined;
  /** What was sent to a document that is still to connect: like Electron's pipe, it waits there. */
  #early: (() => void)[] = [];
  #socketPath: string | undefined;
  readonly #meeting = `stand-in-${randomBytes(12).toString("hex")}`;
  #openHandler: OpenHandler | undefined;

  constructor(id: number, preferences: WebPreferences) {
    super();
    this.id = id;
    this.#preferences = preferences;
    const { promise, resolve } = Promise.withResolvers<CdpSession>();
    this.#attached = promise;
    this.#resolveAttached = resolve;
    this.mainFrame = this.#frameOf("null");
    all.set(id, this);
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** Resolves when the page has loaded; rejects with the network error, as documented. */
  async loadURL(url: string): Promise<void> {
    const session = await this.#attached;
    const { promise: loaded, resolve, reject } = Promise.withResolvers<void>();
    const lost = (): void => reject(new Error(`ERR_FAILED (-2) loading '${url}'`));
    this.once("did-finish-load", resolve).once("destroyed", lost);
    try {
      this.#driven = true;
      const { errorText } = await session.send("Page.navigate", { url: toServed(url) });
      if (typeof errorText === "string") throw new Error(`${errorText} loading '${url}'`);
      await loaded;
    } finally {
      this.#driven = false;
      this.off("did-finish-load", resolve).off("destroyed", lost);
    }
  }

  reload(): void {
    this.#driven = true;
    this.#attached.then((session) => session.send("Page.reload")).catch(() => undefined);
  }

  /** The page may still ask, by beforeunload. */
  askToClose(): void {
    this.#attached.then((session) => session.send("Page.close")).catch(() => undefined);
  }

  /** @throws Error "An object could not be cloned." */
  send(channel: string, ...values: unknown[]): void {
    this.#transmit({ k: "send", channel, v: values });
  }

  /** @throws Error "An object could not be cloned." */
  postMessage(channel: string, message: unknown, transfer: ElectronPort[] = []): void {
    if (this.#document) {
      const { ports } = this.#document;
      this.#transmit({
        k: "post",
        channel,
        v: message,
        ports: transfer.map((port) => ports.send(port)),
      });
    } else this.#keep(() => this.postMessage(channel, message, transfer));
  }

  /** Chromium is asked for the page's messages only while somebody listens to them. */
  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    if (event === "console-message" && this.listenerCount(event) === 0) {
      const tell = (message: ConsoleMessage): void => {
        const sourceId = toApp(message.sourceId);
        this.emit("console-message", preventable({ ...message, sourceId, frame: this.mainFrame }));
      };
      this.#attached.then((session) => followConsole(session, tell)).catch(() => undefined);
    }
    return super.on(event, listener as (...values: unknown[]) => void);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** A window that the page asked for. Only `deny` is in the stand-in. */
  askedToOpen(details: { url: string; frameName: string; features: string }): void {
    const referrer = { url: this.#url, policy: "strict-origin-when-cross-origin" } as const;
    const answered = this.#openHandler?.({ ...details, disposition: "foreground-tab", referrer });
    if (answered?.action !== "deny") throw notInTheStandIn("opening a window from a page");
  }

  /** To the page's own document, if it has connected. */
  transmit(frame: Frame): void {
    this.#document?.socket.send(frame);
  }

  /** Runs an empty script as if by a user's gesture: https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#method-evaluate */
  async giveGesture(): Promise<void> {
    const session = await this.#attached;
    await session.send("Runtime.evaluate", { expression: "0", userGesture: true });
  }

  /** Adds the scripts of both worlds before the first navigation. */
  async attach(session: CdpSession, closeAsked: () => boolean): Promise<void> {
    session.on("Page.javascriptDialogOpening", ({ type }) => {
      if (type === "beforeunload") void this.#answerBeforeUnload(session, closeAsked);
    });
    session.on("Page.frameStartedNavigating", (event) => {
      if (event["frameId"] !== mainFrameId) return;
      const url = toApp(String(event["url"]));
      const isSameDocument = /sameDocument/i.test(String(event["navigationType"]));
      if (!isSameDocument) {
        this.#leaving = this.#document;
        this.#navigating = true;
      }
      this.emit("did-start-navigation", {
        url,
        isSameDocument,
        isMainFrame: true,
        frame: this.mainFrame,
      });
    });
    session.on("Page.frameNavigated", (event) => {
      const frame = event["frame"] as { id: string; url: string; parentId?: string };
      if (frame.parentId !== undefined) return;
      this.#driven = false;
      this.#navigating = false;
      this.#url = toApp(frame.url);
      // The new document may have connected already.
      if (this.#document === this.#leaving) this.#leaveDocument();
    });
    session.on("Page.frameStoppedLoading", (event) => {
      if (event["frameId"] === mainFrameId) this.#navigating = false;
    });
    session.on("Page.navigatedWithinDocument", (event) => {
      if (event["frameId"] === mainFrameId) this.#url = toApp(String(event["url"]));
    });
    session.on("Page.loadEventFired", () => {
      this.emit("did-finish-load", preventable({}));
      // Chromium asks before a window closes (beforeunload) only once its page has had a user's gesture. So each page is given
      // one, which is used up at once: a capability passed to nobody, https://wicg.github.io/capability-delegation/spec.html
      const expression = `postMessage("${this.#meeting}", { targetOrigin: "/", delegate: "fullscreen" })`;
      session.send("Runtime.evaluate", { expression, userGesture: true }).catch(() => undefined);
    });
    session.on("Fetch.requestPaused", (event) => {
      const { url } = event["request"] as { url: string };
      const asked =
        event["frameId"] === mainFrameId &&
        event["redirectedRequestId"] === undefined &&
        !this.#driven;
      const requestId = event["requestId"];
      const answered =
        asked && !this.#mayNavigate(toApp(url))
          ? session.send("Fetch.failRequest", { requestId, errorReason: "Aborted" })
          : session.send("Fetch.continueRequest", { requestId });
      answered.catch(() => undefined);
    });
    const { frameTree } = (await session.send("Page.getFrameTree")) as {
      frameTree: { frame: { id: string } };
    };
    const mainFrameId = frameTree.frame.id;

    this.#socketPath = ownSocket(randomBytes(24).toString("hex"), (socket) =>
      this.#connected(socket),
    );
    const { isolated, main } = pageScripts(this.#preferences.preload, {
      host: socketHost(),
      socketPath: this.#socketPath,
      meeting: this.#meeting,
    });
    await Promise.all([
      session.send("Fetch.enable", {
        patterns: [{ resourceType: "Document", requestStage: "Request" }],
      }),
      session.send("Page.addScriptToEvaluateOnNewDocument", { source: main }),
      session.send("Page.addScriptToEvaluateOnNewDocument", {
        source: isolated,
        worldName: "preload",
      }),
    ]);
    this.#resolveAttached(session);
  }

  crashed(status: string, exitCode: number): void {
    this.#leaveDocument();
    const reason =
      status === "crashed" || status === "oom" || status === "killed" ? status : "crashed";
    this.emit("render-process-gone", preventable({}), { reason, exitCode });
  }

  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    all.delete(this.id);
    this.#leaveDocument();
    if (this.#socketPath) dropOwnSocket(this.#socketPath);
    this.emit("destroyed");
  }

  #mayNavigate(url: string): boolean {
    const details = {
      url,
      isSameDocument: false,
      isMainFrame: true,
      frame: this.mainFrame,
      initiator: this.mainFrame,
    };
    const event = preventable(details);
    this.emit("will-navigate", event, url);
    return !event.defaultPrevented;
  }

  async #answerBeforeUnload(session: CdpSession, closeAsked: () => boolean): Promise<void> {
    const accept = this.#driven || this.#navigating || closeAsked();
    // Another client of the protocol may have answered first.
    await session.send("Page.handleJavaScriptDialog", { accept }).catch(() => undefined);
  }

  #connected(webSocket: WebSocket): void {
    let frame: WebFrameMain | undefined;
    const socket = frameSocket(webSocket, (received) => {
      if (received.k === "hello") {
        this.#leaveDocument();
        const { url, origin } = received.v as { url: string; origin: string };
        this.#url = toApp(url);
        frame = this.#frameOf(toApp(origin));
        this.mainFrame = frame;
        this.#document = { socket, ports };
        const early = this.#early;
        this.#early = [];
        for (const item of early) item();
        return;
      }
      if (!frame) return;
      const id = received.id ?? "";
      if (received.k === "port")
        ports.message(
          id,
          received.v,
          (received.ports ?? []).map((port) => ports.accept(port)),
        );
      else if (received.k === "close") ports.closed(id);
      else frameHandlers.get(received.k)?.(this, received, frame, ports);
    });
    const ports = portTable("m", {
      message: (id, v, portIds) => socket.send({ k: "port", id, v, ports: portIds }),
      close: (id) => socket.send({ k: "close", id }),
    });
    webSocket.on("close", () => {
      ports.closeAll();
      if (this.#document?.socket === socket) this.#document = undefined;
    });
    webSocket.on("error", () => webSocket.terminate());
  }

  #leaveDocument(): void {
    this.#document?.ports.closeAll();
    this.#document = undefined;
  }

  #transmit(frame: Frame): void {
    if (this.#document) this.#document.socket.send(frame);
    else this.#keep(() => this.#transmit(frame));
  }

  #keep(item: () => void): void {
    if (!this.#destroyed && this.#early.length < earlyLimit) this.#early.push(item);
  }

  #frameOf(origin: string): WebFrameMain {
    return mainFrameOf(origin, {
      url: () => this.#url,
      isCurrent: (frame) => this.mainFrame === frame && !this.#destroyed,
    });
  }
}
