import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import { decodeRpc, encodeRpc, type RpcFrame } from "../../preload/contract/rpc.ts";

type Incoming = Extract<RpcFrame, { type: "request" | "notification" }>;

const mostPending = 256;

/** The server's side of one protoo connection: sends requests and matches their answers. */
export class RpcPeer {
  readonly #send: (text: string) => void;
  readonly #pending = new Map<number, (result: Result<unknown>) => void>();
  #nextId = 1;
  #closed = false;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  /** "malformed" where the text is no frame, or answers what was never asked; "handled" where it was an answer, also to a request long given up. */
  receive(text: string): Incoming | "handled" | "malformed" {
    const frame = decodeRpc(text);
    if (!frame) return "malformed";
    if (frame.type === "request" || frame.type === "notification") return frame;
    if (frame.id < 1 || frame.id >= this.#nextId) return "malformed";
    this.#pending.get(frame.id)?.(
      frame.type === "success"
        ? succeed(frame.data)
        : fail("request.failed", `${frame.errorCode} ${frame.errorReason}`),
    );
    return "handled";
  }

  request(method: string, data: unknown, timeoutMs: number): Promise<Result<unknown>> {
    if (this.#closed) return Promise.resolve(fail("room.closed"));
    if (this.#pending.size >= mostPending) return Promise.resolve(fail("request.too_many"));
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const settle = (result: Result<unknown>): void => {
        clearTimeout(timer);
        this.#pending.delete(id);
        resolve(result);
      };
      const timer = setTimeout(() => settle(fail("request.timeout")), timeoutMs);
      this.#pending.set(id, settle);
      this.#send(encodeRpc({ type: "request", id, method, data }));
    });
  }

  close(): void {
    this.#closed = true;
    for (const settle of this.#pending.values()) settle(fail("room.closed"));
  }
}
