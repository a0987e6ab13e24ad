import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { z } from "zod";
import { encodeRawFrame, upgradeRequest } from "./raw-web-socket.ts";

const Notification = z.object({
  notification: z.literal(true),
  method: z.string(),
  data: z.looseObject({ messages: z.array(z.looseObject({ chatSeq: z.int() })).optional() }),
});

/** What the crowd has received since it was opened or since `restart`. */
export interface CrowdCounts {
  /** Messages, each counted at each socket. */
  readonly deliveries: number;
  readonly frames: number;
  /** Messages that the room says it skipped, at any socket. */
  readonly skipped: number;
  /** From sending to the arrival at one socket, in milliseconds, of messages of this crowd. */
  readonly delaysMs: readonly number[];
}

interface Member {
  readonly socket: Socket;
  /** The start of a frame whose end has not arrived. */
  rest: Buffer;
  /** How many chat frames have arrived. */
  chat: number;
}

const chatStart = Buffer.from('{"notification":true,"method":"chat",');
const skippedStart = Buffer.from('{"notification":true,"method":"chatSkipped",');

/**
 * Many viewers of one room over plain sockets, with as little work for each frame as a check of its bytes takes. All must
 * receive the same chat frames: who is first parses one, everybody else's is compared byte by byte.
 */
export class ChatCrowd {
  readonly #members: Member[] = [];
  /** The room's chat frames, from `#first` on, and how many messages each holds. */
  #frames: { bytes: Buffer; messages: number }[] = [];
  #lastSeq = 0;
  #next = 0;
  #deliveries = 0;
  #frameCount = 0;
  #skipped = 0;
  #delaysMs: number[] = [];
  readonly #errors: string[] = [];

  /** `paths` are the paths and queries to open, one for each socket. */
  static async open(origin: URL, paths: readonly string[]): Promise<ChatCrowd> {
    const crowd = new ChatCrowd();
    for (let start = 0; start < paths.length; start += 50)
      await Promise.all(
        paths.slice(start, start + 50).map((path, index) =>
          // A network address may hold so many connections only.
          crowd.#connect(origin, path, `127.0.0.${2 + ((start + index) % 8)}`),
        ),
      );
    return crowd;
  }

  get size(): number {
    return this.#members.length;
  }

  get counts(): CrowdCounts {
    return {
      deliveries: this.#deliveries,
      frames: this.#frameCount,
      skipped: this.#skipped,
      delaysMs: this.#delaysMs,
    };
  }

  /** What went wrong: bytes that differ, messages that are missing, connections that ended. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  restart(): void {
    this.#deliveries = 0;
    this.#frameCount = 0;
    this.#skipped = 0;
    this.#delaysMs = [];
  }

  /** Sends one message by the next socket in turn. */
  say(words: string): void {
    const member = this.#members[this.#next % this.#members.length];
    const id = this.#next;
    this.#next += 1;
    const text = `${words} @${performance.now().toFixed(1)}`;
    const data = { requestId: `crowd-${id}`, text };
    const payload = Buffer.from(JSON.stringify({ request: true, id, method: "sendChat", data }));
    member?.socket.write(encodeRawFrame({ opcode: 1, payload }));
  }

  close(): void {
    for (const { socket } of this.#members) {
      socket.removeAllListeners("close");
      socket.destroy();
    }
  }

  async #connect(origin: URL, path: string, localAddress: string): Promise<void> {
    const member: { rest: Buffer; chat: number; socket?: Socket } = {
      rest: Buffer.alloc(0),
      chat: 0,
    };
    let opened: (() => void) | undefined;
    const isOpen = new Promise<void>((resolve) => (opened = resolve));
    const socket = connect({
      port: Number(origin.port),
      host: origin.hostname,
      localAddress,
      onread: {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (length, buffer) => {
          const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, length);
          if (!opened) this.#receive(member as Member, bytes);
          else {
            member.rest = Buffer.concat([member.rest, bytes]);
            const end = member.rest.indexOf("\r\n\r\n");
            if (end < 0) return true;
            if (!member.rest.toString("latin1", 0, 12).endsWith("101"))
              this.#errors.push(member.rest.toString("latin1", 0, 40));
            opened();
            opened = undefined;
            const rest = Buffer.from(member.rest.subarray(end + 4));
            member.rest = Buffer.alloc(0);
            this.#receive(member as Member, rest);
          }
          return true;
        },
      },
    });
    member.socket = socket;
    socket.setNoDelay(true);
    socket.on("error", (error) => this.#errors.push(error.message));
    await once(socket, "connect");
    socket.on("close", () => this.#errors.push("a connection ended"));
    socket.write(upgradeRequest(path, origin.host));
    await isOpen;
    this.#members.push(member as Member);
  }

  /** `bytes` may be overwritten after the call. */
  #receive(member: Member, bytes: Buffer): void {
    let from = member.rest.length ? Buffer.concat([member.rest, bytes]) : bytes;
    while (from.length >= 2) {
      const short = (from[1] ?? 0) & 0x7f;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (from.length < start) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? from.readUInt16BE(2)
            : Number(from.readBigUInt64BE(2));
      if (from.length < start + length) break;
      const opcode = (from[0] ?? 0) & 0x0f;
      const payload = from.subarray(start, start + length);
      if (opcode === 1) this.#take(member, payload);
      else if (opcode === 9) member.socket.write(encodeRawFrame({ opcode: 10, payload }));
      from = from.subarray(start + length);
    }
    member.rest = from.length ? Buffer.from(from) : Buffer.alloc(0);
  }

  #take(member: Member, payload: Buffer): void {
    if (payload.compare(chatStart, 0, chatStart.length, 0, chatStart.length) !== 0) {
      if (payload.compare(skippedStart, 0, skippedStart.length, 0, skippedStart.length) === 0) {
        const count = Number(/"count":(\d+)/.exec(payload.toString())?.[1]);
        this.#skipped += count;
        this.#errors.push(`${count} messages were skipped`);
      }
      return;
    }
    const known = this.#frames[member.chat] ?? this.#learn(payload);
    if (!payload.equals(known.bytes))
      this.#errors.push(`chat frame ${member.chat} differs: ${payload.toString().slice(0, 80)}`);
    member.chat += 1;
    this.#frameCount += 1;
    this.#deliveries += known.messages;
  }

  #learn(payload: Buffer): { bytes: Buffer; messages: number } {
    const text = payload.toString();
    const messages = Notification.parse(JSON.parse(text)).data.messages ?? [];
    for (const { chatSeq } of messages) {
      if (this.#lastSeq && chatSeq !== this.#lastSeq + 1)
        this.#errors.push(`message ${chatSeq} follows ${this.#lastSeq}`);
      this.#lastSeq = chatSeq;
    }
    const nowMs = performance.now();
    for (const [, sentMs] of text.matchAll(/ @(\d+\.\d)"/g))
      this.#delaysMs.push(nowMs - Number(sentMs));
    const frame = { bytes: Buffer.from(payload), messages: messages.length };
    this.#frames.push(frame);
    return frame;
  }
}
