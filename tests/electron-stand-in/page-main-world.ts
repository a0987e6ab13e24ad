import type { makeWorldBridge } from "./page-bridge.ts";

interface Capture {
  options: DisplayMediaStreamOptions;
  resolve: (stream: MediaStream) => void;
  reject: (error: DOMException) => void;
}

/**
 * Runs in a page's own world at the start of every document: receives what the preload exposes, and passes
 * `window.open` and `getDisplayMedia` to the main process. Self-contained, as pages run its source text.
 */
export function runMainWorld(
  meeting: string,
  captureNeedsActivation: boolean,
  makeBridge: typeof makeWorldBridge,
): void {
  if (window !== window.top) return;

  const freeze = (value: unknown): unknown => {
    if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };

  const captures = new Map<string, Capture>();
  let lastCapture = 0;
  // Absent where the page is no secure context.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const nativeGetDisplayMedia = devices?.getDisplayMedia.bind(devices);

  const own = {
    expose(name: unknown, api: unknown): void {
      if (Object.hasOwn(window, String(name))) {
        throw new Error("Cannot bind an API on top of an existing property on the window object");
      }
      Object.defineProperty(window, String(name), { value: freeze(api), enumerable: true });
    },
    /** The main process has prepared the choice: `surface` is "monitor" or "window". */
    startDisplayMedia(id: unknown, surface: unknown): void {
      const capture = captures.get(String(id));
      if (!capture) return;
      const { video = true } = capture.options;
      const choice = {
        video,
        audio: false,
        monitorTypeSurfaces: surface === "window" ? "exclude" : "include",
      };
      nativeGetDisplayMedia?.(choice)
        .then(capture.resolve, capture.reject)
        .finally(() => {
          captures.delete(String(id));
          bridge?.call("displayMediaSettled", id);
        });
    },
    refuseDisplayMedia(id: unknown, reason: unknown): void {
      const { name, message } = reason as { name: string; message: string };
      captures.get(String(id))?.reject(new DOMException(message, name));
      captures.delete(String(id));
    },
  };

  let bridge: ReturnType<typeof makeWorldBridge> | undefined;
  addEventListener(
    meeting,
    (event) => {
      event.stopImmediatePropagation();
      const { relatedTarget } = event as MouseEvent;
      if (relatedTarget) bridge = makeBridge(relatedTarget, "main", "isolated", own);
    },
    { once: true, capture: true },
  );

  window.open = (url = "", frameName = "", features = ""): null => {
    bridge?.call("openWindow", {
      url: new URL(url || "about:blank", document.baseURI).href,
      frameName,
      features,
    });
    return null;
  };

  if (nativeGetDisplayMedia) {
    MediaDevices.prototype.getDisplayMedia = (options = {}) =>
      new Promise((resolve, reject) => {
        if (captureNeedsActivation && !navigator.userActivation.isActive) {
          throw new DOMException(
            "Failed to execute 'getDisplayMedia' on 'MediaDevices': getDisplayMedia requires transient activation (user gesture).",
            "InvalidStateError",
          );
        }
        if (options.video === false) throw new TypeError("video must be requested");
        lastCapture += 1;
        const id = String(lastCapture);
        captures.set(id, { options, resolve, reject });
        bridge?.call("askDisplayMedia", id, {
          videoRequested: true,
          audioRequested: Boolean(options.audio),
          userGesture: navigator.userActivation.isActive,
        });
      });
  }
}
