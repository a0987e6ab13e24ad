import { ErrorCode, fail, type Result, succeed } from "../../preload/contract/result.ts";
import {
  type RoomAnswer,
  type RoomInput,
  type RoomMethod,
  roomRequests,
} from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc, rpcSubprotocol } from "../../preload/contract/rpc.ts";

const openTimeoutMs = 8_000;
const answerTimeoutMs = 8_000;
/** After so much silence the room is asked whether it is still there: a dead network closes no socket. */
const silenceMs = 20_000;

/** "Abnormal closure": said to the listener where this side gave the channel up. */
const abandonedCode = 1006;

interface ChannelListener {
  readonly onOpen: () => void;
  /** A request of the room; its failure is answered with the code. */
  readonly onRequest: (method: string, data: unknown) => Promise<Result<unknown>>;
  readonly onNotification: (method: string, data: unknown) => void;
  /** Once, unless `close()` was called before. `code`: RFC 6455 section 7.4, or 1006 where this side gave up. */
  readonly onEnd: (code: number) => void;
}

interface Outstanding {
  readonly answer: (result: Result<unknown>) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** One WebSocket to a room with requests both ways; it does not come back. */
export class RoomChannel {
  readonly #socket: WebSocket;
  readonly #listener: ChannelListener;
  readonly #outstanding = new Map<number, Outstanding>();
  #nextId = 1;
  #silence: ReturnType<typeof setTimeout>;
  #closed = false;

  constructor(url: string, listener: ChannelListener) {
    this.#listener = listener;
    this.#socket = new WebSocket(url, rpcSubprotocol);
    this.#silence = setTimeout(() => {
      this.#end(abandonedCode);
    }, openTimeoutMs);
    this.#socket.addEventListener("open", () => {
      if (this.#closed) return;
      this.#heard();
      listener.onOpen();
    });
    this.#socket.addEventListener("message", ({ data }) => {
      if (this.#closed || typeof data !== "string") return;
      this.#heard();
      this.#receive(data);
    });
    this.#socket.addEventListener("close", ({ code }) => {
      this.#end(code);
    });
  }

  #heard(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#probe(), silenceMs);
  }

  async #probe(): Promise<void> {
    const answer = await this.ask("getWallet", {});
    if (!answer.ok && answer.error.code === "request.timeout") this.#end(abandonedCode);
  }

  readonly ask = <M extends RoomMethod>(
    method: M,
    data: RoomInput<M>,
  ): Promise<Result<RoomAnswer<M>>> => {
    if (this.#closed || this.#socket.readyState !== WebSocket.OPEN)
      return Promise.resolve(fail("room.unreachable"));
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      const answer = (result: Result<unknown>) => {
        clearTimeout(timer);
        this.#outstanding.delete(id);
        if (!result.ok) {
          resolve(result);
          return;
        }
        const parsed = roomRequests[method].answer.safeParse(result.value);
        resolve(
          parsed.success
            ? succeed(parsed.data as RoomAnswer<M>)
            : fail("request.failed", `${method}: ${parsed.error.message}`),
        );
      };
      const timer = setTimeout(() => {
        answer(fail("request.timeout", method));
      }, answerTimeoutMs);
      this.#outstanding.set(id, { answer, timer });
      this.#socket.send(encodeRpc({ type: "request", id, method, data }));
    });
  };

  #receive(text: string): void {
    const frame = decodeRpc(text);
    switch (frame?.type) {
      case "success":
        this.#outstanding.get(frame.id)?.answer(succeed(frame.data));
        return;
      case "failure": {
        const code = ErrorCode.safeParse(frame.errorReason);
        this.#outstanding
          .get(frame.id)
          ?.answer(code.success ? fail(code.data) : fail("request.failed", frame.errorReason));
        return;
      }
      case "request":
        void this.#answer(frame.id, frame.method, frame.data);
        return;
      case "notification":
        this.#listener.onNotification(frame.method, frame.data);
        return;
      case undefined:
        console.warn("no frame of the room's wire", text.slice(0, 200));
        return;
      default:
        frame satisfies never;
    }
  }

  async #answer(id: number, method: string, data: unknown): Promise<void> {
    const result = await this.#listener.onRequest(method, data);
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(
      encodeRpc(
        result.ok
          ? { type: "success", id, data: result.value }
          : { type: "failure", id, errorCode: 500, errorReason: result.error.code },
      ),
    );
  }

  #end(code: number): void {
    if (this.#closed) return;
    this.close();
    this.#listener.onEnd(code);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#silence);
    this.#socket.close();
    for (const { answer } of this.#outstanding.values()) answer(fail("room.unreachable"));
  }
}
