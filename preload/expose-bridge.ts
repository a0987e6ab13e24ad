import { contextBridge, ipcRenderer } from "electron";
import { createBridge } from "./bridge.ts";
import { type PushBatch, type WindowKind, ipcChannels } from "./contract/ipc.ts";

/** Puts `window.studioBridge` on the page, with what that window may ask. */
export const exposeBridge = (window: WindowKind): void => {
  const bridge = createBridge(window, {
    invoke: (name, input) => ipcRenderer.invoke(ipcChannels.request, name, input),
    onBatch: (listener) => {
      let current: MessagePort | undefined;
      ipcRenderer.on(ipcChannels.pushPort, ({ ports: [port] }) => {
        if (!port) return;
        current?.close();
        current = port;
        port.addEventListener("message", ({ data }: MessageEvent<PushBatch>) =>
          listener(data, { post: (batchId) => port.postMessage(batchId) }),
        );
        port.start();
      });
    },
    report: (error) => reportError(error),
  });
  contextBridge.exposeInMainWorld("studioBridge", bridge);
};
