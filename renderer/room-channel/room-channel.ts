import type { z } from "zod";
import {
  ErrorCode,
  type Failure,
  fail,
  type Result,
  succeed,
} from "../../preload/contract/result.ts";
import {
  type RoomAnswer,
  type RoomInput,
  type RoomMethod,
  roomRequests,
} from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc, rpcSubprotocol } from "../../preload/contract/rpc.ts";
import { closeFailure } from "./close-failure.ts";

interface ChannelTimes {
  readonly openMs: number;
  readonly answerMs: number;
  /** After so much silence the room is asked whether it is still there: a dead network closes no socket. */
  readonly silenceMs: number;
}
const usualTimes: ChannelTimes = { openMs: 5_000, answerMs: 10_000, silenceMs: 15_000 };

/** Requests beyond this are refused here. */
const maxOutstanding = 32;

interface ChannelListener {
  /** A request of the room; its failure is answered with the code. Without this all of them are declined. */
  readonly onRequest?: (method: string, data: unknown) => Promise<Result<unknown>>;
  readonly onNotification?: (method: string, data: unknown) => void;
  /** Once, also where it never opened, unless `close()` was called before. */
  readonly onEnd: (failure: Failure) => void;
}

/**
 * One request to the room. `room.unreachable` where the connection ended before an answer came: then it is not known
 * whether the room did it. Words of foreign rooms, and answers of another shape, are the detail of `request.failed`.
 */
export type Ask = <M extends RoomMethod>(
  method: M,
  data: RoomInput<M>,
) => Promise<Result<RoomAnswer<M>>>;

const answers: { readonly [M in RoomMethod]: { readonly answer: z.ZodType<RoomAnswer<M>> } } =
  roomRequests;

type Timer = ReturnType<typeof setTimeout>;

interface Outstanding {
  readonly settle: (result: Result<unknown>) => void;
  readonly timer: Timer;
}

/** One WebSocket to a room with requests both ways; it does not come back. */
export class RoomChannel {
  readonly #socket: WebSocket;
  readonly #listener: ChannelListener;
  readonly #times: ChannelTimes;
  readonly #outstanding = new Map<number, Outstanding>();
  #nextId = 1;
  /** Runs out where nothing is heard. */
  #silence: Timer;
  #failure: Failure | undefined;
  #settleOpened: (result: Result<null>) => void = () => undefined;
  /** Settled by the first of opening and ending. */
  readonly opened: Promise<Result<null>>;

  /** @param url `ws:` or `wss:`, with the room, the peer and any token in its query */
  constructor(url: string, listener: ChannelListener, times: ChannelTimes = usualTimes) {
    this.#listener = listener;
    this.#times = times;
    this.opened = new Promise((resolve) => {
      this.#settleOpened = resolve;
    });
    const socket = new WebSocket(url, rpcSubprotocol);
    this.#socket = socket;
    this.#silence = setTimeout(() => this.#giveUp(), times.openMs);
    socket.addEventListener("open", () => {
      if (this.#failure) return;
      this.#hear();
      this.#settleOpened(succeed(null));
    });
    socket.addEventListener("message", ({ data }) => {
      if (this.#failure) return;
      this.#hear();
      if (typeof data === "string") this.#receive(data);
    });
    socket.addEventListener("close", ({ code }) => this.#lose(closeFailure(code)));
  }

  /** Why it is over; undefined while it is not. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  readonly ask: Ask = <M extends RoomMethod>(
    method: M,
    data: RoomInput<M>,
  ): Promise<Result<RoomAnswer<M>>> => {
    if (this.#failure || this.#socket.readyState === WebSocket.CONNECTING)
      return Promise.resolve(fail("room.unreachable"));
    if (this.#outstanding.size >= maxOutstanding)
      return Promise.resolve(fail("request.too_many", method));
    const id = this.#nextId;
    this.#nextId += 1;
    const schema = answers[method].answer;
    return new Promise((resolve) => {
      const settle = (result: Result<unknown>): void => {
        clearTimeout(timer);
        this.#outstanding.delete(id);
        if (!result.ok) {
          resolve(result);
          return;
        }
        const parsed = schema.safeParse(result.value);
        resolve(
          parsed.success
            ? succeed(parsed.data)
            : fail("request.failed", `${method}: ${parsed.error.message}`),
        );
      };
      const timer = setTimeout(() => settle(fail("request.timeout", method)), this.#times.answerMs);
      this.#outstanding.set(id, { settle, timer });
      // On a socket that is closing this sends nothing, and the end settles it.
      this.#socket.send(encodeRpc({ type: "request", id, method, data }));
    });
  };

  close(): void {
    this.#finish({ code: "room.unreachable", detail: "closed by this side" });
  }

  #hear(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.probe(this.#times.answerMs), this.#times.silenceMs);
  }

  /**
   * Ends the connection where nothing is heard within `limitMs`. Every room of this wire knows the method; whatever is
   * heard, be it a refusal, will do.
   */
  probe(limitMs: number): void {
    if (this.#failure || this.#socket.readyState !== WebSocket.OPEN) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#giveUp(), limitMs);
    void this.ask("getRouterRtpCapabilities", {});
  }

  #giveUp(): void {
    this.#lose({ code: "room.unreachable", detail: "nothing was heard in time" });
  }

  #receive(text: string): void {
    const frame = decodeRpc(text);
    switch (frame?.type) {
      case "success":
        this.#outstanding.get(frame.id)?.settle(succeed(frame.data));
        return;
      case "failure": {
        const code = ErrorCode.safeParse(frame.errorReason);
        this.#outstanding
          .get(frame.id)
          ?.settle(code.success ? fail(code.data) : fail("request.failed", frame.errorReason));
        return;
      }
      case "request":
        void this.#answer(frame.id, frame.method, frame.data);
        return;
      case "notification":
        this.#listener.onNotification?.(frame.method, frame.data);
        return;
      case undefined:
        console.warn("no frame of the room's wire", text.slice(0, 200));
        return;
      default:
        frame satisfies never;
    }
  }

  async #answer(id: number, method: string, data: unknown): Promise<void> {
    const result = (await this.#listener.onRequest?.(method, data)) ?? fail("request.unknown");
    if (this.#failure) return;
    this.#socket.send(
      encodeRpc(
        result.ok
          ? { type: "success", id, data: result.value }
          : { type: "failure", id, errorCode: 500, errorReason: result.error.code },
      ),
    );
  }

  #lose(failure: Failure): void {
    if (this.#failure) return;
    this.#finish(failure);
    this.#listener.onEnd(failure);
  }

  #finish(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    clearTimeout(this.#silence);
    this.#socket.close();
    this.#settleOpened({ ok: false, error: failure });
    for (const { settle } of this.#outstanding.values()) settle(fail("room.unreachable"));
  }
}
