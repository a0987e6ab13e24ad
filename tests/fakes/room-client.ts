import { once } from "node:events";
import { WebSocket, type ClientOptions } from "ws";
import type { z } from "zod";
import type { Result } from "../../preload/contract/result.ts";
import { ErrorCode, fail, succeed } from "../../preload/contract/result.ts";
import {
  roomNotifications,
  roomRequests,
  type RoomAnswer,
  type RoomInput,
  type RoomMethod,
  type RoomNotification,
  type RoomNotificationData,
} from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc } from "../../preload/contract/rpc.ts";

const schemas = new Map<string, z.ZodType>(Object.entries(roomNotifications));

interface Note {
  readonly method: string;
  readonly data: unknown;
}

/** A client of the room's wire over a real socket, which parses everything it gets by the contract. */
export class RoomClient {
  readonly socket: WebSocket;
  readonly notes: Note[] = [];
  /** Frames in the order of their arrival: methods of requests and notifications, `#id` of answers. */
  readonly order: string[] = [];
  readonly closed: Promise<number>;
  /** Answers the server's requests. */
  onRequest: (method: string, data: unknown) => Promise<Result<unknown>> | Result<unknown> = () =>
    succeed({});
  readonly #pending = new Map<number, (result: Result<unknown>) => void>();
  readonly #waiting = new Set<() => void>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      if (!Buffer.isBuffer(data)) throw new Error("fragments");
      this.#receive(data.toString("utf8"));
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", (code) => {
        for (const settle of this.#pending.values()) settle(fail("room.closed"));
        resolve(code);
      });
    });
    socket.on("error", () => socket.terminate());
  }

  /** @throws where the handshake is refused, with the status in the message */
  static async open(url: string, options: ClientOptions = {}): Promise<RoomClient> {
    const socket = new WebSocket(url, "protoo", options);
    const client = new RoomClient(socket);
    await once(socket, "open");
    return client;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  /** Data as the wire has it, unchecked. */
  askRaw(method: string, data: unknown): Promise<Result<unknown>> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.send(encodeRpc({ type: "request", id, method, data }));
      if (this.socket.readyState !== WebSocket.OPEN) resolve(fail("room.closed"));
    });
  }

  async ask<M extends RoomMethod>(method: M, data: RoomInput<M>): Promise<Result<RoomAnswer<M>>> {
    const result = await this.askRaw(method, data);
    if (!result.ok) return result;
    const answer = roomRequests[method].answer.parse(result.value);
    return succeed(answer as RoomAnswer<M>);
  }

  /** The answer, or an exception with the failure's code. */
  async get<M extends RoomMethod>(method: M, data: RoomInput<M>): Promise<RoomAnswer<M>> {
    const result = await this.ask(method, data);
    if (!result.ok) throw new Error(`${method}: ${result.error.code}`);
    return result.value;
  }

  all<N extends RoomNotification>(method: N): RoomNotificationData<N>[] {
    return this.notes
      .filter((note) => note.method === method)
      .map((note) => note.data as RoomNotificationData<N>);
  }

  /** Resolves as soon as `isDone` is true, looked at after each frame. */
  async until(isDone: () => boolean, what: string, timeoutMs = 25_000): Promise<void> {
    if (isDone()) return;
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (!isDone()) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`waited in vain for ${what}`));
      }, timeoutMs);
      this.#waiting.add(look);
    });
  }

  async close(): Promise<void> {
    if (this.socket.isPaused) this.socket.resume();
    this.socket.close();
    await Promise.race([this.closed, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
    this.socket.terminate();
  }

  #receive(text: string): void {
    const frame = decodeRpc(text);
    if (!frame) throw new Error(`no frame of the envelope: ${text.slice(0, 200)}`);
    switch (frame.type) {
      case "success":
      case "failure":
        this.order.push(`#${frame.id}`);
        this.#pending.get(frame.id)?.(
          frame.type === "success"
            ? succeed(frame.data)
            : fail(ErrorCode.parse(frame.errorReason), String(frame.errorCode)),
        );
        this.#pending.delete(frame.id);
        break;
      case "notification": {
        this.order.push(frame.method);
        const schema: z.ZodType | undefined = schemas.get(frame.method);
        if (!schema) throw new Error(`no notification of the contract: ${frame.method}`);
        this.notes.push({ method: frame.method, data: schema.parse(frame.data) });
        break;
      }
      case "request":
        this.order.push(frame.method);
        void this.#answer(frame.id, frame.method, frame.data);
        break;
      default:
        frame satisfies never;
    }
    for (const look of this.#waiting) look();
  }

  async #answer(id: number, method: string, data: unknown): Promise<void> {
    const result = await this.onRequest(method, data);
    this.send(
      result.ok
        ? encodeRpc({ type: "success", id, data: result.value })
        : encodeRpc({ type: "failure", id, errorCode: 400, errorReason: result.error.code }),
    );
  }
}
