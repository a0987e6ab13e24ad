import { contextBridge, ipcRenderer } from "electron";
import { createBridge } from "./bridge.ts";
import { type PushBatch, ipcChannels } from "./contract/ipc.ts";

// Bundled to CommonJS: sandboxed preloads cannot be ES modules (electronjs.org/docs/latest/tutorial/esm).
const bridge = createBridge({
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
