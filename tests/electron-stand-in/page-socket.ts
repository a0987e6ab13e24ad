import type { WebSocket } from "ws";
import { makeCodec } from "./codec.ts";

/** What goes over the socket between a page's isolated world and the main process; values are in `v`. */
export interface Frame {
  k: string;
  id?: string;
  channel?: string;
  ports?: string[];
  text?: string;
  v?: unknown;
}

const codec = makeCodec();

/** Frames are JSON; the bytes they refer to follow as one binary message each. */
export function frameSocket(socket: WebSocket, receive: (frame: Frame) => void) {
  let waiting: { frame: Frame & { parts?: number }; parts: Uint8Array[] } | undefined;

  const settle = (): void => {
    if (!waiting || waiting.parts.length < (waiting.frame.parts ?? 0)) return;
    const { frame, parts } = waiting;
    waiting = undefined;
    receive("v" in frame ? { ...frame, v: codec.decode(frame.v, parts) } : frame);
  };

  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) waiting?.parts.push(data);
    else waiting = { frame: JSON.parse(data.toString("utf8")) as Frame, parts: [] };
    settle();
  });

  return {
    /** @throws TypeError when `v` cannot be cloned */
    send(frame: Frame): void {
      const parts: Uint8Array[] = [];
      const json = "v" in frame ? { ...frame, v: codec.encode(frame.v, parts) } : frame;
      socket.send(JSON.stringify(parts.length > 0 ? { ...json, parts: parts.length } : json));
      for (const part of parts) socket.send(part);
    },
  };
}

export type FrameSocket = ReturnType<typeof frameSocket>;
