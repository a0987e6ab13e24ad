import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import type { PeerId } from "../../preload/contract/ids.ts";
import type { ErrorCode, Result } from "../../preload/contract/result.ts";
import {
  roomCloseCodes,
  type RoomNotification,
  type RoomNotificationData,
} from "../../preload/contract/room-protocol.ts";
import { encodeRpc } from "../../preload/contract/rpc.ts";
import { ChatFeed } from "./chat-feed.ts";
import type { Clock } from "./clock.ts";
import { errorNumber } from "./error-number.ts";
import { limits } from "./limits.ts";
import { MediaPeer } from "./media-peer.ts";
import type { PersonSession } from "./person-session.ts";
import { RecordFeed } from "./record-feed.ts";
import type { RecordHistory } from "./record-history.ts";
import { RpcPeer } from "./rpc-peer.ts";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";
import type { Scope } from "./tokens.ts";

/** Answers one request; never rejects. */
export type Dispatch = (
  connection: Connection,
  method: string,
  data: unknown,
) => Promise<Result<unknown>>;

/** Mistakes of the client's program, which end its connection when there are only such. */
const isClientError = (code: ErrorCode): boolean =>
  code === "request.invalid" || code === "request.unknown" || code === "request.forbidden";

/** One WebSocket of one person. It is bounded in everything a client can make it do or hold. */
export class Connection {
  readonly peerId: PeerId;
  readonly session: PersonSession;
  readonly scope: Scope;
  readonly media = new MediaPeer();
  readonly records: RecordFeed;
  readonly chat: ChatFeed;
  readonly #socket: WebSocket;
  readonly #line: Duplex;
  readonly #rpc: RpcPeer;
  readonly #requests: TokenBucket;
  readonly #refusals = createTokenBucket(limits.refusals);
  readonly #clock: Clock;
  readonly #dispatch: Dispatch;
  readonly #closed: (connection: Connection) => void;
  #outstanding = 0;
  #errorsInRow = 0;
  #alive = true;
  #open = true;

  constructor(options: {
    socket: WebSocket;
    /** The line that the WebSocket is on. */
    line: Duplex;
    peerId: PeerId;
    session: PersonSession;
    scope: Scope;
    history: RecordHistory;
    clock: Clock;
    dispatch: Dispatch;
    closed: (connection: Connection) => void;
  }) {
    this.peerId = options.peerId;
    this.session = options.session;
    this.scope = options.scope;
    this.#socket = options.socket;
    this.#line = options.line;
    this.#clock = options.clock;
    this.#dispatch = options.dispatch;
    this.#closed = options.closed;
    const { role } = options.session.person;
    this.#requests = createTokenBucket(role === "anchor" ? limits.anchorRequests : limits.requests);
    this.#rpc = new RpcPeer((text) => this.send(text));
    this.records = new RecordFeed(this, options.history);
    this.chat = new ChatFeed(this);
    this.#socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on("pong", () => {
      this.#alive = true;
    });
    /** The socket closes itself after an error (a frame too long, broken framing, a lost line). */
    this.#socket.on("error", () => this.close(1011));
    this.#socket.on("close", () => this.#end());
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  send(data: string | Buffer): void {
    if (!this.#open) return;
    this.#socket.send(data, { binary: false }, this.#sent);
    if (this.#socket.bufferedAmount > limits.bufferedBytes) this.close(roomCloseCodes.tooSlow);
  }

  /**
   * Sends what is a WebSocket frame already, made once for everybody. It goes beside `ws`, which writes each of its own frames
   * whole and at once as long as nothing is compressed (`perMessageDeflate` is off).
   */
  sendFrame(frame: Buffer): void {
    if (!this.#open) return;
    this.#line.write(frame, this.#sent);
    if (this.#socket.bufferedAmount > limits.bufferedBytes) this.close(roomCloseCodes.tooSlow);
  }

  notify<N extends RoomNotification>(method: N, data: RoomNotificationData<N>): void {
    this.send(encodeRpc({ type: "notification", method, data }));
  }

  request(method: string, data: unknown): Promise<Result<unknown>> {
    return this.#rpc.request(method, data, limits.newConsumerTimeoutMs);
  }

  /** Called every `limits.heartbeatMs`; a connection that left the last one unanswered is dead. */
  heartbeat(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  /** Ends it at once for the room; the socket gets its closing handshake (RFC 6455 section 7.1.2) for what time there is. */
  close(code: number): void {
    if (!this.#open) return;
    this.#socket.close(code);
    if (code === roomCloseCodes.tooSlow) this.#socket.terminate();
    this.#end();
  }

  readonly #sent = (error?: Error | null): void => {
    if (error || !this.#open) return;
    this.chat.drained();
    this.records.drained();
  };

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#rpc.close();
    this.media.close();
    this.#closed(this);
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#open) return;
    const text = !isBinary && Buffer.isBuffer(data) ? data.toString("utf8") : undefined;
    const frame = text === undefined ? "malformed" : this.#rpc.receive(text);
    if (frame === "handled") return;
    if (frame === "malformed" || frame.type === "notification") {
      this.#countError();
      return;
    }
    void this.#answer(frame.id, frame.method, frame.data);
  }

  async #answer(id: number, method: string, data: unknown): Promise<void> {
    if (
      this.#outstanding >= limits.outstandingRequests ||
      !this.#requests.take(this.#clock.now())
    ) {
      this.#sendFailure(id, "request.too_many");
      if (!this.#refusals.take(this.#clock.now())) this.close(roomCloseCodes.tooManyErrors);
      return;
    }
    this.#outstanding += 1;
    const result = await this.#dispatch(this, method, data);
    this.#outstanding -= 1;
    if (result.ok) {
      this.#errorsInRow = 0;
      this.send(encodeRpc({ type: "success", id, data: result.value }));
      return;
    }
    this.#sendFailure(id, result.error.code);
    if (isClientError(result.error.code)) this.#countError();
  }

  #sendFailure(id: number, code: ErrorCode): void {
    this.send(encodeRpc({ type: "failure", id, errorCode: errorNumber(code), errorReason: code }));
  }

  #countError(): void {
    this.#errorsInRow += 1;
    if (this.#errorsInRow >= limits.errorsInRow) this.close(roomCloseCodes.tooManyErrors);
  }
}
