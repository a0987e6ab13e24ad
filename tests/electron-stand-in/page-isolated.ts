import type { Codec } from "./codec.ts";
import type { makeWorldBridge } from "./page-bridge.ts";

/** What the main process tells a page's isolated world before anything of the page runs. */
export interface IsolatedConfig {
  /** Host and port of the main process's own server. */
  host: string;
  socketPath: string;
  /** Name of the event by which both worlds of the page meet. */
  meeting: string;
  preloadPath: string;
  /** What a sandboxed preload sees as `process`: https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts */
  process: Record<string, unknown>;
}

interface PageFrame {
  k: string;
  id?: string;
  channel?: string;
  ports?: string[];
  parts?: number;
  text?: string;
  v?: unknown;
}

type Listener = (event: unknown, ...values: unknown[]) => void;
type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void;

/**
 * Runs in the isolated world at the start of every document: `ipcRenderer`, `contextBridge`, then the preload.
 * Self-contained, as pages run its source text.
 */
export function runIsolated(
  config: IsolatedConfig,
  codec: Codec,
  makeBridge: typeof makeWorldBridge,
  preload: Preload,
): void {
  if (window !== window.top) return;

  const socket = new WebSocket(`ws://${config.host}${config.socketPath}`);
  socket.binaryType = "arraybuffer";
  const early: (string | Uint8Array<ArrayBuffer>)[] = [];
  const transmit = (data: string | Uint8Array): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data as Uint8Array<ArrayBuffer>);
    else if (socket.readyState === WebSocket.CONNECTING)
      early.push(data as Uint8Array<ArrayBuffer>);
  };
  const send = (frame: PageFrame): void => {
    const parts: Uint8Array[] = [];
    const json = "v" in frame ? { ...frame, v: codec.encode(frame.v, parts) } : frame;
    transmit(JSON.stringify(parts.length > 0 ? { ...json, parts: parts.length } : json));
    for (const part of parts) transmit(part);
  };
  socket.addEventListener("open", () => {
    for (const data of early.splice(0)) socket.send(data);
  });

  // Ports: a local channel, whose far end is pumped over the socket.
  const pumps = new Map<string, MessagePort>();
  let lastPort = 0;
  const pump = (id: string, port: MessagePort): void => {
    pumps.set(id, port);
    port.onmessage = (event) =>
      send({ k: "port", id, v: event.data, ports: event.ports.map(give) });
    port.addEventListener("close", () => {
      if (pumps.delete(id)) send({ k: "close", id });
    });
  };
  const give = (port: MessagePort): string => {
    lastPort += 1;
    const id = `p${lastPort}`;
    queueMicrotask(() => pump(id, port));
    return id;
  };
  const accept = (id: string): MessagePort => {
    const channel = new MessageChannel();
    pump(id, channel.port1);
    return channel.port2;
  };

  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const asked = new Map<string, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastAsked = 0;

  const remove = (channel: string, listener: Listener): void => {
    const known = listeners.get(channel) ?? [];
    const at = known.findLastIndex((entry) => entry.listener === listener);
    listeners.set(channel, at < 0 ? known : known.toSpliced(at, 1));
  };
  const add = (channel: string, listener: Listener, once: boolean): void => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
  };

  const own = {
    invoke: (channel: string, ...values: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        lastAsked += 1;
        const id = String(lastAsked);
        send({ k: "invoke", id, channel, v: values });
        asked.set(id, { resolve, reject });
      }),
    send: (channel: string, ...values: unknown[]): void => send({ k: "send", channel, v: values }),
    postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []): void =>
      send({ k: "post", channel, v: message, ports: transfer.map(give) }),
    on(channel: string, listener: Listener) {
      add(channel, listener, false);
      return ipcRenderer;
    },
    once(channel: string, listener: Listener) {
      add(channel, listener, true);
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      remove(channel, listener);
      return ipcRenderer;
    },
  };

  const guard = <T extends object>(type: string, members: T): T =>
    new Proxy(members, {
      get(target, key): unknown {
        if (typeof key === "symbol" || key in target || key === "then")
          return Reflect.get(target, key);
        throw new Error(`${type}.${key} is not in the stand-in`);
      },
    });
  const ipcRenderer = guard("ipcRenderer", own);

  const hand = (channel: string, values: unknown[], ports: MessagePort[]): void => {
    for (const { listener, once } of listeners.get(channel) ?? []) {
      if (once) remove(channel, listener);
      try {
        listener({ sender: ipcRenderer, ports }, ...values);
      } catch (error) {
        reportError(error);
      }
    }
  };

  const receive = (frame: PageFrame): void => {
    const id = frame.id ?? "";
    switch (frame.k) {
      case "send":
        hand(frame.channel ?? "", frame.v as unknown[], []);
        break;
      case "post":
        hand(frame.channel ?? "", [frame.v], (frame.ports ?? []).map(accept));
        break;
      case "result":
        asked.get(id)?.resolve(frame.v);
        asked.delete(id);
        break;
      case "failure":
        asked.get(id)?.reject(new Error(frame.text));
        asked.delete(id);
        break;
      case "port": {
        const ports = (frame.ports ?? []).map(accept);
        pumps.get(id)?.postMessage(frame.v, ports);
        break;
      }
      case "close":
        pumps.get(id)?.close();
        pumps.delete(id);
        break;
      default:
        bridge.call(frame.k, id, frame.v);
    }
  };
  let waiting: { frame: PageFrame; parts: Uint8Array[] } | undefined;
  socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === "string") waiting = { frame: JSON.parse(data) as PageFrame, parts: [] };
    else waiting?.parts.push(new Uint8Array(data));
    if (!waiting || waiting.parts.length < (waiting.frame.parts ?? 0)) return;
    const { frame, parts } = waiting;
    waiting = undefined;
    receive("v" in frame ? { ...frame, v: codec.decode(frame.v, parts) } : frame);
  });

  send({ k: "hello", v: { url: location.href, origin: location.origin } });

  const meetingPoint = document.createElement("i");
  const bridge = makeBridge(meetingPoint, "isolated", "main", {
    openWindow: (details) => send({ k: "open-window", v: details }),
    askDisplayMedia: (id, details) => send({ k: "display-media", id: String(id), v: details }),
    displayMediaSettled: (id) => send({ k: "display-media-settled", id: String(id) }),
  });
  dispatchEvent(new MouseEvent(config.meeting, { relatedTarget: meetingPoint }));

  // What uses up the gesture that the main process gives: no message for the page.
  addEventListener("message", (event) => {
    if (event.data === config.meeting) event.stopImmediatePropagation();
  });

  for (const name of ["focus", "blur"] as const) {
    addEventListener(name, (event) => {
      if (event.target === window) send({ k: name });
    });
  }
  let leaving = false;
  addEventListener("pagehide", () => {
    leaving = true;
  });
  document.addEventListener("visibilitychange", () => {
    // A document that is left becomes hidden as well; its window does not.
    if (!leaving) send({ k: document.visibilityState });
  });

  // Links that would open a window: the main process decides, as for window.open.
  const follow = (event: MouseEvent): void => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href || event.defaultPrevented) return;
    const elsewhere =
      event.button === 1 ||
      event.ctrlKey ||
      event.shiftKey ||
      !["", "_self", "_top", "_parent"].includes(link.target);
    if (!elsewhere) return;
    event.preventDefault();
    send({ k: "open-window", v: { url: link.href, frameName: link.target, features: "" } });
  };
  addEventListener("click", follow);
  addEventListener("auxclick", follow);

  // The user's closing of the window becomes a question (a beforeunload dialog), which the main process answers.
  // The page's own navigations ask nothing.
  let leavingByItself = false;
  navigation.addEventListener("navigate", (event) => {
    if (event.destination.sameDocument || event.hashChange) return;
    leavingByItself = true;
    setTimeout(() => {
      leavingByItself = false;
    });
  });
  addEventListener("beforeunload", (event) => {
    if (!leavingByItself) event.preventDefault();
  });

  // Chromium's own shortcuts; an Electron window without a menu has none of them.
  addEventListener("keydown", (event) => {
    const command =
      event.ctrlKey &&
      !event.altKey &&
      /^[bdefghjklnoprstuw0-9+=-]$|^Tab$|^PageUp$|^PageDown$|^F4$/i.test(event.key);
    const moves = event.altKey && /^(ArrowLeft|ArrowRight|Home|[df])$/i.test(event.key);
    if (command || moves || /^F(1|3|5|6|7|10|11|12)$/.test(event.key)) event.preventDefault();
  });

  const modules: Record<string, unknown> = {
    electron: guard("electron", {
      ipcRenderer,
      contextBridge: guard("contextBridge", {
        exposeInMainWorld: (name: string, api: unknown) => bridge.call("expose", name, api),
      }),
    }),
  };
  const require = (name: string): unknown => {
    const found = modules[name.replace(/^electron\/renderer$/, "electron")];
    if (!found) throw new Error(`module not found: ${name}`);
    return found;
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports, guard("process", config.process));
  } catch (error) {
    console.error(`Unable to load preload script: ${config.preloadPath}`);
    console.error(error);
  }
}
