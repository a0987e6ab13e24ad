import { readRgba } from "../../../renderer/compositor/read-rgba.ts";

/** Reads frames of both kinds at its start and for each message; answers when they were read. */
const read = async (): Promise<void> => {
  for (const [format, bytes] of [
    ["BGRA", 4],
    ["I420", 1.5],
  ] as const) {
    const frame = new VideoFrame(new Uint8Array(64 * 64 * bytes), {
      format,
      codedWidth: 64,
      codedHeight: 64,
      timestamp: 0,
    });
    await readRgba(
      frame,
      { x: 0, y: 0, width: 64, height: 64 },
      new Uint8ClampedArray(4 * 64 * 64),
    );
    frame.close();
  }
  postMessage(Date.now());
};
addEventListener("message", () => void read());
void read();
