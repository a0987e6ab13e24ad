import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** One frame as a client may put it on the line, also wrongly (RFC 6455 section 5.2). */
export interface RawFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly fin?: boolean;
  /** The three reserved bits: 4 is RSV1, which means "compressed" where that was agreed. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** The length that the header claims. */
  readonly claimedLength?: bigint;
}

const header = (first: number, length: bigint, masked: boolean): Buffer => {
  const mask = masked ? 0x80 : 0;
  if (length < 126n) return Buffer.from([first, mask | Number(length)]);
  if (length < 65_536n) {
    const bytes = Buffer.from([first, mask | 126, 0, 0]);
    bytes.writeUInt16BE(Number(length), 2);
    return bytes;
  }
  const bytes = Buffer.alloc(10);
  bytes[0] = first;
  bytes[1] = mask | 127;
  bytes.writeBigUInt64BE(length, 2);
  return bytes;
};

/** The frame's bytes, masked with zeros: the server cannot tell that from any other mask. */
export const encodeRawFrame = (frame: RawFrame): Buffer => {
  const { opcode, payload, fin = true, rsv = 0, masked = true } = frame;
  const length = frame.claimedLength ?? BigInt(payload.length);
  return Buffer.concat([
    header((fin ? 0x80 : 0) | (rsv << 4) | opcode, length, masked),
    masked ? Buffer.alloc(4) : Buffer.alloc(0),
    payload,
  ]);
};

/** The request that opens a WebSocket of the room (RFC 6455 section 4.1). */
export const upgradeRequest = (
  path: string,
  host: string,
  headers: Readonly<Record<string, string>> = {},
): string => {
  const lines = Object.entries({
    Host: host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    "Sec-WebSocket-Protocol": "protoo",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
};

/** A client of the room that can put anything on the line; it answers nothing, not even pings. */
export class RawWebSocket {
  readonly socket: Socket;
  /** Resolves when the line is down, whoever ended it. */
  readonly closed: Promise<void>;
  /** 101 where it was opened, another status where it was refused, 0 where the line went down before. */
  readonly status: Promise<number>;
  readonly #waiting = new Map<number, (answer: string | undefined) => void>();
  #received = Buffer.alloc(0);
  #isOpen = false;
  #setStatus: (status: number) => void = () => undefined;

  constructor(url: URL, headers: Readonly<Record<string, string>> = {}) {
    this.socket = connect(Number(url.port), url.hostname);
    this.socket.setNoDelay(true);
    this.status = new Promise((resolve) => (this.#setStatus = resolve));
    this.closed = new Promise((resolve) => this.socket.once("close", () => resolve()));
    // A line that is reset is down: `closed` tells it.
    this.socket.on("error", () => undefined);
    this.socket.on("data", (bytes) => this.#receive(bytes));
    this.socket.on("close", () => {
      this.#setStatus(0);
      for (const settle of this.#waiting.values()) settle(undefined);
    });
    this.socket.write(upgradeRequest(`${url.pathname}${url.search}`, url.host, headers));
  }

  write(frames: readonly RawFrame[]): void {
    if (this.socket.writable) this.socket.write(Buffer.concat(frames.map(encodeRawFrame)));
  }

  /** The text that answers the request with this id well; undefined where the line goes down instead. */
  answer(id: number): Promise<string | undefined> {
    if (this.socket.destroyed) return Promise.resolve(undefined);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    if (!this.#isOpen) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.#isOpen = true;
      this.#setStatus(Number(this.#received.toString("latin1", 9, 12)));
      this.#received = this.#received.subarray(end + 4);
    }
    while (this.#received.length >= 2) {
      const short = this.#received.readUInt8(1) & 0x7f;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (this.#received.length < start) return;
      const length =
        short < 126
          ? short
          : short === 126
            ? this.#received.readUInt16BE(2)
            : Number(this.#received.readBigUInt64BE(2));
      if (this.#received.length < start + length) return;
      const isText = (this.#received.readUInt8(0) & 0x0f) === 1;
      const text = isText ? this.#received.toString("utf8", start, start + length) : "";
      this.#received = this.#received.subarray(start + length);
      const id = Number(/^\{"response":true,"id":(\d+),"ok":true/.exec(text)?.[1] ?? Number.NaN);
      this.#waiting.get(id)?.(text);
      this.#waiting.delete(id);
    }
  }
}
