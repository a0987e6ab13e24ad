import type { z } from "zod";
import { WebSocket } from "ws";
import { ErrorCode, type Result, fail, succeed } from "../../preload/contract/result.ts";
import {
  type RoomAnswer,
  type RoomInput,
  type RoomMethod,
  roomRequests,
} from "../../preload/contract/room-protocol.ts";
import { createPinnedAgent, isUntrusted } from "./pinned-connection.ts";
import { decodeRpc, encodeRpc, rpcSubprotocol } from "../../preload/contract/rpc.ts";

/** How a connection ended: a close code of RFC 6455 section 7.4, or the HTTP status that refused it. */
export interface SocketEnd {
  readonly closeCode: number;
  readonly httpStatus: number | null;
  /** It cannot be known that the one who answered is the room. */
  readonly untrusted: boolean;
  readonly reason: string;
}

export interface SocketTimes {
  readonly openMs: number;
  readonly requestMs: number;
  /** A connection on which nothing was heard for this long is asked, and after as long again given up. */
  readonly silenceMs: number;
}
export const usualSocketTimes: SocketTimes = {
  openMs: 5_000,
  requestMs: 10_000,
  silenceMs: 15_000,
};

const maxFrameBytes = 4 * 1024 * 1024;
const maxWaitingRequests = 100;

const answers: { readonly [M in RoomMethod]: { readonly answer: z.ZodType<RoomAnswer<M>> } } =
  roomRequests;

interface Waiting {
  settle(result: Result<unknown>): void;
  readonly timer: NodeJS.Timeout;
}

/** One WebSocket of the room's wire, from its opening to its end. Notifications come in order. */
export class RpcSocket {
  readonly #socket: WebSocket;
  readonly #times: SocketTimes;
  readonly #waiting = new Map<number, Waiting>();
  readonly #heartbeat: NodeJS.Timeout;
  #nextId = 1;
  #heard = true;
  #probe: NodeJS.Timeout | undefined;
  /** True once it is open; false where it ended before. */
  readonly opened: Promise<boolean>;
  readonly ended: Promise<SocketEnd>;

  constructor(
    url: string,
    onNotification: (method: string, data: unknown) => void,
    times: SocketTimes = usualSocketTimes,
    fingerprint: string | null = null,
  ) {
    this.#times = times;
    const socket = new WebSocket(url, rpcSubprotocol, {
      maxPayload: maxFrameBytes,
      perMessageDeflate: false,
      handshakeTimeout: times.openMs,
      ...(fingerprint !== null && { agent: createPinnedAgent(fingerprint) }),
    });
    this.#socket = socket;
    let httpStatus: number | null = null;
    let trouble = "";
    socket.on("unexpected-response", (_request, response) => {
      httpStatus = response.statusCode ?? null;
      response.resume();
      socket.terminate();
    });
    let untrusted = false;
    socket.on("error", (error) => {
      untrusted ||= isUntrusted(error);
      trouble ||= error.message;
    });
    socket.on("pong", () => (this.#heard = true));
    socket.on("message", (data, isBinary) => {
      this.#heard = true;
      if (isBinary || !Buffer.isBuffer(data)) socket.close(1003);
      else this.#receive(data.toString("utf8"), onNotification);
    });
    this.ended = new Promise((resolve) => {
      socket.once("close", (closeCode, reason) => {
        clearInterval(this.#heartbeat);
        clearTimeout(this.#probe);
        for (const [, waiting] of this.#waiting) waiting.settle(fail("room.unreachable"));
        resolve({
          closeCode,
          httpStatus,
          untrusted,
          reason: trouble || reason.toString("utf8"),
        });
      });
    });
    this.opened = Promise.race([
      new Promise<boolean>((resolve) => socket.once("open", () => resolve(true))),
      this.ended.then(() => false),
    ]);
    this.#heartbeat = setInterval(() => this.#askWhetherAlive(), times.silenceMs);
  }

  /** Failures of our own servers carry their code; any other words are `request.failed`. */
  request<M extends RoomMethod>(method: M, data: RoomInput<M>): Promise<Result<RoomAnswer<M>>> {
    if (this.#socket.readyState !== WebSocket.OPEN)
      return Promise.resolve(fail("room.unreachable"));
    if (this.#waiting.size >= maxWaitingRequests) return Promise.resolve(fail("request.too_many"));
    const id = this.#nextId++;
    const schema = answers[method].answer;
    return new Promise((resolve) => {
      const settle = (result: Result<unknown>) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        if (!result.ok) return resolve(result);
        const parsed = schema.safeParse(result.value);
        resolve(
          parsed.success
            ? succeed(parsed.data)
            : fail("request.failed", `${method}: ${parsed.error.message}`),
        );
      };
      const timer = setTimeout(
        () => settle(fail("request.timeout", method)),
        this.#times.requestMs,
      );
      this.#waiting.set(id, { settle, timer });
      this.#socket.send(encodeRpc({ type: "request", id, method, data }));
    });
  }

  /** While false nothing is read: the room's server then buffers, and in the end closes the connection. */
  setReading(reading: boolean): void {
    if (reading) this.#socket.resume();
    else this.#socket.pause();
  }

  /** Ends it where the room says nothing within `limitMs`: somebody has noticed that the network may be gone. */
  probe(limitMs: number): void {
    if (this.#socket.readyState !== WebSocket.OPEN || this.#socket.isPaused || this.#probe) return;
    this.#heard = false;
    this.#socket.ping();
    this.#probe = setTimeout(() => {
      this.#probe = undefined;
      if (!this.#heard && !this.#socket.isPaused) this.#socket.terminate();
    }, limitMs);
  }

  /** Ends it at once; `ended` follows. */
  close(): void {
    clearInterval(this.#heartbeat);
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(1000);
    // A close handshake would wait for a peer that may be gone, or for data that nobody reads.
    setImmediate(() => this.#socket.terminate());
  }

  #receive(text: string, onNotification: (method: string, data: unknown) => void): void {
    const frame = decodeRpc(text);
    switch (frame?.type) {
      case undefined:
        this.#socket.close(1002, "not a frame of this wire");
        return;
      case "notification":
        onNotification(frame.method, frame.data);
        return;
      case "success":
        this.#waiting.get(frame.id)?.settle(succeed(frame.data));
        return;
      case "failure": {
        const code = ErrorCode.safeParse(frame.errorReason);
        this.#waiting
          .get(frame.id)
          ?.settle(
            code.success
              ? fail(code.data)
              : fail("request.failed", `${frame.errorCode} ${frame.errorReason}`),
          );
        return;
      }
      case "request":
        this.#socket.send(
          encodeRpc({
            type: "failure",
            id: frame.id,
            errorCode: 404,
            errorReason: "request.unknown",
          }),
        );
        return;
      default:
        frame satisfies never;
    }
  }

  #askWhetherAlive(): void {
    if (this.#socket.readyState !== WebSocket.OPEN || this.#socket.isPaused) {
      this.#heard = true;
      return;
    }
    if (!this.#heard) {
      this.#socket.terminate();
      return;
    }
    this.#heard = false;
    this.#socket.ping();
  }
}
