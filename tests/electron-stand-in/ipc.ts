import type { IpcMain as ElectronIpcMain, IpcMainInvokeEvent } from "electron";
import type { MessagePortMain } from "./ports.ts";
import { guardedChannels, guardedObject, preventable } from "./guard.ts";
import { onPageFrame, type WebContents } from "./web-contents.ts";
import type { WebFrameMain } from "./web-frame-main.ts";

type InvokeHandler = Parameters<ElectronIpcMain["handle"]>[1];

/** https://www.electronjs.org/docs/latest/api/ipc-main */
class IpcMain extends guardedChannels("IpcMain") {
  readonly #handlers = new Map<string, InvokeHandler>();

  handle(channel: string, listener: InvokeHandler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  async answer(channel: string, event: IpcMainInvokeEvent, values: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...values) as unknown;
  }
}

export const ipcMain = new IpcMain();

function eventOf(contents: WebContents, senderFrame: WebFrameMain) {
  return guardedObject("IpcMainEvent", {
    ...preventable({}),
    sender: contents,
    // Documented: null once the frame has navigated away or was destroyed.
    get senderFrame() {
      return senderFrame.isDestroyed() ? null : senderFrame;
    },
  });
}

const eventWithPorts = (contents: WebContents, frame: WebFrameMain, ports: MessagePortMain[]) =>
  Object.assign(eventOf(contents, frame), { ports });

onPageFrame("send", (contents, frame, sender) => {
  ipcMain.emit(
    frame.channel ?? "",
    eventWithPorts(contents, sender, []),
    ...(frame.v as unknown[]),
  );
});

onPageFrame("post", (contents, frame, sender, ports) => {
  const accepted = (frame.ports ?? []).map((port) => ports.accept(port));
  ipcMain.emit(frame.channel ?? "", eventWithPorts(contents, sender, accepted), frame.v);
});

onPageFrame("invoke", (contents, frame, sender) => {
  const { id = "", channel = "" } = frame;
  const fail = (error: unknown): void => {
    // https://www.electronjs.org/docs/latest/api/ipc-renderer#ipcrendererinvokechannel-args: only the message arrives
    if (!sender.isDestroyed())
      contents.transmit({
        k: "failure",
        id,
        text: `Error invoking remote method '${channel}': ${String(error)}`,
      });
  };
  ipcMain
    .answer(
      channel,
      eventOf(contents, sender) as unknown as IpcMainInvokeEvent,
      frame.v as unknown[],
    )
    .then((v) => (sender.isDestroyed() ? undefined : contents.transmit({ k: "result", id, v })))
    .catch(fail);
});

onPageFrame("open-window", (contents, frame) => {
  contents.askedToOpen(frame.v as { url: string; frameName: string; features: string });
});
