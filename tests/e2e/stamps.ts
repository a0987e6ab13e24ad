import type { Page } from "playwright-core";
import { decodeStamp, stampAgeMs, stampStrip } from "../../renderer/compositor/frame-stamp.ts";

export interface StampedFrame {
  /** Low 24 bits of the epoch time at which the frame was composed, in milliseconds. */
  readonly stamp: number;
  /** From composing to here, in milliseconds. */
  readonly ageMs: number;
  /** Epoch time at which it was here. */
  readonly atMs: number;
}

/**
 * Reads the stamp of every frame of the page's `<video>` for `durationMs`, as the frames leave the decoder (or, in
 * the studio, the compositor). Frames whose stamp cannot be read are counted in `unreadable`.
 */
export const collectStamps = async (
  page: Page,
  selector: string,
  durationMs: number,
): Promise<{ frames: StampedFrame[]; unreadable: number }> => {
  const rows = await page.evaluate(
    async ({ selector, durationMs, cellPx, cells, widthPx, heightPx }) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      const track = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0];
      if (!track) throw new Error(`no video track at ${selector}`);
      const own = track.clone();
      // Sixty frames may wait for a busy reader, so that none is missing in the list.
      const processor = new MediaStreamTrackProcessor({ track: own, maxBufferSize: 60 });
      const reader = processor.readable.getReader();
      const strip = new Uint8Array(widthPx * heightPx * 4);
      const result: { atMs: number; lumas: number[] }[] = [];
      const endMs = Date.now() + durationMs;
      while (Date.now() < endMs) {
        const { value: frame, done } = await reader.read();
        if (done) break;
        const atMs = performance.timeOrigin + performance.now();
        if (frame.codedWidth >= widthPx) {
          await frame.copyTo(strip, {
            rect: { x: 0, y: 0, width: widthPx, height: heightPx },
            format: "RGBA",
          });
          const lumas: number[] = [];
          for (let cell = 0; cell < cells; cell += 1) {
            let sum = 0;
            for (let y = 6; y < 10; y += 1)
              for (let x = 6; x < 10; x += 1)
                sum += strip[(y * widthPx + cell * cellPx + x) * 4 + 1]!;
            lumas.push(sum / 16);
          }
          result.push({ atMs, lumas });
        }
        frame.close();
      }
      await reader.cancel();
      own.stop();
      return result;
    },
    { selector, durationMs, ...stampStrip },
  );
  const frames = rows.flatMap(({ atMs, lumas }) => {
    const clear = lumas.every((luma) => luma < 96 || luma > 160);
    const stamp = clear ? decodeStamp(lumas.map((luma) => luma > 128)) : undefined;
    return stamp === undefined ? [] : [{ stamp, atMs, ageMs: stampAgeMs(stamp, Math.round(atMs)) }];
  });
  return { frames, unreadable: rows.length - frames.length };
};

/** `share` 0.5 is the median; the list need not be sorted. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
