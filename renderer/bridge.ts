import {
  type IpcInput,
  type IpcName,
  type IpcOutput,
  type PushMessage,
  type StudioBridge,
} from "../preload/contract/ipc.ts";
import type { Result } from "../preload/contract/result.ts";

declare global {
  interface Window {
    readonly studioBridge: StudioBridge;
  }
}

/** Asks main; what main answers has been checked there. */
export const request = async <N extends IpcName>(
  name: N,
  input: IpcInput<N>,
): Promise<Result<IpcOutput<N>>> =>
  (await window.studioBridge.request(name, input)) as Result<IpcOutput<N>>;

/** Called for each message of main, in order; what they hold has been checked there. One listener a window. */
export const listen = (listener: (message: PushMessage) => void): void => {
  window.studioBridge.onPush((text) => {
    for (const message of JSON.parse(text) as readonly PushMessage[]) listener(message);
  });
};
