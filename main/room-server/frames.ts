import { limits } from "./limits.ts";
import type { Line } from "./log-store.ts";

/** Lines of one notification, encoded once for everybody who gets them. */
export interface Frame {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly bytes: Buffer;
}

const encode = (method: "record" | "chat", list: "events" | "messages", lines: readonly Line[]) =>
  Buffer.from(
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
        bytes: encode(method, list, part),
      });
  }
  return frames;
};

/** The `record` notifications of consecutive events. */
export const recordFrames = (lines: readonly Line[]): Frame[] => frame("record", "events", lines);
/** The `chat` notifications of consecutive messages. */
export const chatFrames = (lines: readonly Line[]): Frame[] => frame("chat", "messages", lines);
