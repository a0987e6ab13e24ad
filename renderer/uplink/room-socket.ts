import {
  ErrorCode,
  type Failure,
  fail,
  type Result,
  succeed,
} from "../../preload/contract/result.ts";
import {
  type RoomAnswer,
  roomCloseCodes,
  type RoomInput,
  type RoomMethod,
  roomRequests,
} from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc, rpcSubprotocol } from "../../preload/contract/rpc.ts";

const openTimeoutMs = 8_000;
const answerTimeoutMs = 10_000;
/** Requests beyond this are refused here. */
const maxOutstanding = 32;

interface Outstanding {
  readonly answer: (result: Result<unknown>) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

const failureOfClose = (event: CloseEvent): Failure => {
  switch (event.code) {
    case roomCloseCodes.tokenInvalid:
      return { code: "room.token_invalid" };
    case roomCloseCodes.replaced:
      return { code: "room.replaced" };
    case roomCloseCodes.roomClosing:
      return { code: "room.closed" };
    default:
      return { code: "uplink.connection_lost", detail: `close code ${event.code}` };
  }
};

/** Our rooms answer with a code of the closed list; other rooms with any words. */
const failureOfAnswer = (reason: string): Failure => {
  const code = ErrorCode.safeParse(reason);
  return code.success
    ? { code: code.data }
    : { code: "uplink.rejected", detail: reason.slice(0, 500) };
};

/** The signalling of one media connection: requests to the room, and word of its end. */
export class RoomSocket {
  readonly #socket: WebSocket;
  readonly #outstanding = new Map<number, Outstanding>();
  #nextId = 1;
  #closed = false;
  /** Called once where the connection ends before `close()`. */
  onLost: ((failure: Failure) => void) | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") this.#receive(data);
    });
    socket.addEventListener("close", (event) => this.#lose(failureOfClose(event)));
  }

  /** @param url `ws:` or `wss:`, with the room, the peer and the token in its query */
  static open(url: string, signal: AbortSignal): Promise<Result<RoomSocket>> {
    return new Promise((resolve) => {
      const socket = new WebSocket(url, rpcSubprotocol);
      const settle = (result: Result<RoomSocket>) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abandon);
        socket.removeEventListener("close", refuse);
        if (!result.ok) socket.close();
        resolve(result);
      };
      const abandon = () => settle(fail("uplink.connection_lost", "given up"));
      const refuse = (event: CloseEvent) => {
        const failure = failureOfClose(event);
        settle(
          failure.code === "uplink.connection_lost"
            ? fail("room.unreachable", failure.detail)
            : { ok: false, error: failure },
        );
      };
      const timer = setTimeout(
        () => settle(fail("room.unreachable", "no answer in time")),
        openTimeoutMs,
      );
      socket.addEventListener("close", refuse);
      socket.addEventListener("open", () => settle(succeed(new RoomSocket(socket))), {
        once: true,
      });
      if (signal.aborted) abandon();
      else signal.addEventListener("abort", abandon);
    });
  }

  request<M extends RoomMethod>(method: M, data: RoomInput<M>): Promise<Result<RoomAnswer<M>>> {
    if (this.#closed || this.#socket.readyState !== WebSocket.OPEN)
      return Promise.resolve(fail("uplink.connection_lost"));
    if (this.#outstanding.size >= maxOutstanding)
      return Promise.resolve(fail("request.too_many", method));
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
        const parsed = roomRequests[method].answer.safeParse(result.value ?? {});
        resolve(
          parsed.success
            ? succeed(parsed.data as RoomAnswer<M>)
            : fail("uplink.rejected", `${method}: ${parsed.error.message}`),
        );
      };
      const timer = setTimeout(() => answer(fail("request.timeout", method)), answerTimeoutMs);
      this.#outstanding.set(id, { answer, timer });
      this.#socket.send(encodeRpc({ type: "request", id, method, data }));
    });
  }

  close(): void {
    this.#end({ code: "uplink.connection_lost", detail: "closed" });
  }

  #receive(text: string): void {
    const frame = decodeRpc(text);
    switch (frame?.type) {
      case "success":
        this.#outstanding.get(frame.id)?.answer(succeed(frame.data));
        return;
      case "failure":
        this.#outstanding
          .get(frame.id)
          ?.answer({ ok: false, error: failureOfAnswer(frame.errorReason) });
        return;
      case "request":
        // This connection only sends: whatever a room offers to it is declined.
        this.#socket.send(
          encodeRpc({
            type: "failure",
            id: frame.id,
            errorCode: 403,
            errorReason: "this peer consumes nothing",
          }),
        );
        return;
      case "notification":
      case undefined:
        return;
      default:
        frame satisfies never;
    }
  }

  #lose(failure: Failure): void {
    if (this.#closed) return;
    this.#end(failure);
    this.onLost?.(failure);
  }

  #end(failure: Failure): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { answer } of this.#outstanding.values()) answer({ ok: false, error: failure });
    this.#socket.close();
  }
}
