import {
  type IpcName,
  type PushBatch,
  type StudioBridge,
  type WindowKind,
  ipcRequests,
  mayRequest,
} from "./contract/ipc.ts";
import { fail } from "./contract/result.ts";

/** The end of main's push channel that the preload holds. */
export interface BatchPort {
  post(batchId: number): void;
}

export interface BridgePorts {
  /** Asks main; rejects where main is gone. */
  readonly invoke: (name: IpcName, input: unknown) => Promise<unknown>;
  /** Called with each batch of the newest push port. */
  readonly onBatch: (listener: (batch: PushBatch, port: BatchPort) => void) => void;
  /** Takes what the page's handler threw, to where its errors are told. */
  readonly report: (error: unknown) => void;
}

/**
 * What a window gets; main decides for itself what it may ask. Batches wait until the page has set its handler: main sends few without an answer, so
 * few can wait. A batch is answered when the handler has run, also where it threw: main would stop otherwise.
 */
export const createBridge = (
  window: WindowKind,
  { invoke, onBatch, report }: BridgePorts,
): StudioBridge => {
  let handle: ((text: string) => void) | undefined;
  let waiting: { readonly batch: PushBatch; readonly port: BatchPort }[] = [];
  const deliver = (batch: PushBatch, port: BatchPort): void => {
    try {
      handle?.(batch.text);
    } catch (error) {
      report(error);
    }
    port.post(batch.batchId);
  };
  onBatch((batch, port) => {
    if (handle) deliver(batch, port);
    else waiting.push({ batch, port });
  });
  return {
    async request(name, input) {
      if (!Object.hasOwn(ipcRequests, name)) return fail("request.unknown");
      if (!mayRequest(window, name)) return fail("request.forbidden");
      try {
        return await invoke(name, input);
      } catch (error) {
        return fail("request.failed", String(error));
      }
    },
    onPush(handler) {
      handle = handler;
      const batches = waiting;
      waiting = [];
      for (const { batch, port } of batches) deliver(batch, port);
    },
  };
};
