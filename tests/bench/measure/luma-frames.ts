import type { Page } from "playwright-core";
import { decodeStamp, stampStrip } from "../../../renderer/compositor/frame-stamp.ts";

/** Brightness of some frames by their stamp: one byte a pixel, row by row. */
export type LumaFrames = ReadonlyMap<number, Buffer>;

/**
 * Keeps the brightness (BT.601, limited range) of about six frames a second that pass on the video's track, chosen by the
 * time in their stamp, so that every reader of the same programme chooses the same.
 */
export const collectLuma = async (
  page: Page,
  selector: string,
  durationMs: number,
): Promise<LumaFrames> => {
  const rows = await page.evaluate(
    async ({ selector, durationMs, cellPx, cells, widthPx, heightPx }) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      const track = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0];
      if (!track) throw new Error(`no video track at ${selector}`);
      const own = track.clone();
      const reader = new MediaStreamTrackProcessor({
        track: own,
        maxBufferSize: 10,
      }).readable.getReader();
      const strip = new Uint8Array(widthPx * heightPx * 4);
      const kept: { bits: boolean[]; luma: Uint8Array }[] = [];

      /** libyuv's ARGBToY, as Chromium converts for its encoders. */
      const lumaOfRgb = (pixels: Uint8Array, red: number): Uint8Array =>
        Uint8Array.from({ length: pixels.length / 4 }, (_, i) => {
          const at = i * 4;
          return (
            (66 * pixels[at + red]! +
              129 * pixels[at + 1]! +
              25 * pixels[at + 2 - red]! +
              0x1080) >>
            8
          );
        });
      const readLuma = async (frame: VideoFrame): Promise<Uint8Array> => {
        const bytes = new Uint8Array(frame.allocationSize());
        await frame.copyTo(bytes);
        const { width, height } = frame.visibleRect!;
        if (frame.format?.startsWith("RGB")) return lumaOfRgb(bytes, 0);
        if (frame.format?.startsWith("BGR")) return lumaOfRgb(bytes, 2);
        return bytes.slice(0, width * height);
      };

      const endMs = Date.now() + durationMs;
      while (Date.now() < endMs) {
        const { value: frame, done } = await reader.read();
        if (done) break;
        await frame.copyTo(strip, {
          rect: { x: 0, y: 0, width: widthPx, height: heightPx },
          format: "RGBA",
        });
        const bits = Array.from(
          { length: cells },
          (_, cell) => strip[(8 * widthPx + cell * cellPx + 8) * 4 + 1]! > 128,
        );
        const ms = bits.slice(0, 24).reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0);
        if (ms % 167 < 34) kept.push({ bits, luma: await readLuma(frame) });
        frame.close();
      }
      await reader.cancel();
      own.stop();
      (globalThis as { benchLuma?: typeof kept }).benchLuma = kept;
      return kept.map(({ bits }) => bits);
    },
    { selector, durationMs, ...stampStrip },
  );
  const frames = new Map<number, Buffer>();
  for (const [index, bits] of rows.entries()) {
    const stamp = decodeStamp(bits);
    if (stamp === undefined || frames.has(stamp)) continue;
    const base64 = await page.evaluate(
      (index) =>
        new Promise<string>((done, failed) => {
          const { luma } = (
            globalThis as unknown as { benchLuma: { luma: Uint8Array<ArrayBuffer> }[] }
          ).benchLuma[index]!;
          const file = new FileReader();
          file.onload = () => done((file.result as string).split(",")[1] ?? "");
          file.onerror = () => failed(file.error ?? new Error("unreadable"));
          file.readAsDataURL(new Blob([luma]));
        }),
      index,
    );
    frames.set(stamp, Buffer.from(base64, "base64"));
  }
  return frames;
};
