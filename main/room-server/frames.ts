import { limits } from "./limits.ts";
import type { Line } from "./log-store.ts";

/** Lines of one notification, encoded once for everybody who gets them. */
export interface Frame {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The notification's text. */
  readonly bytes: Buffer;
  /** The same as a WebSocket frame, of which `bytes` is the end. */
  readonly wire: Buffer;
}

/** A text frame from a server: not in parts, not masked (RFC 6455 section 5.2). */
const textFrame = (text: string): { readonly bytes: Buffer; readonly wire: Buffer } => {
  const length = Buffer.byteLength(text);
  const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafeSlow(start + length);
  wire[0] = 0x81;
  if (start === 2) wire[1] = length;
  else if (start === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  wire.write(text, start);
  return { bytes: wire.subarray(start), wire };
};

const encode = (method: "record" | "chat", list: "events" | "messages", lines: readonly Line[]) =>
  textFrame(
    `{"notification":true,"method":"${method}","data":{"${list}":[${lines.map((line) => line.body).join(",")}]}}`,
  );

const frame = (
  method: "record" | "chat",
  list: "events" | "messages",
  lines: readonly Line[],
): Frame[] => {
  const frames: Frame[] = [];
  for (let start = 0; start < lines.length; start += limits.batch) {
    const part = lines.slice(start, start + limits.batch);
    const [first, last] = [part[0], part.at(-1)];
    if (first && last)
      frames.push({
        firstSeq: first.seq,
        lastSeq: last.seq,
        ...encode(method, list, part),
      });
  }
  return frames;
};

/** The `record` notifications of consecutive events. */
export const recordFrames = (lines: readonly Line[]): Frame[] => frame("record", "events", lines);
/** The `chat` notifications of consecutive messages. */
export const chatFrames = (lines: readonly Line[]): Frame[] => frame("chat", "messages", lines);
