import type { Page } from "playwright-core";
import { decodeStamp, stampAgeMs, stampStrip } from "../../renderer/compositor/frame-stamp.ts";

/** The width and height of the programme that is watched. */
const size = { width: 640, height: 360 };

interface Recorder {
  take(): { atMs: number; lumas: number[] }[];
}

/** When each new frame of the programme was on the screen. */
export interface Shown {
  readonly atMs: number;
  /** When it was composed, by the clock of this machine. */
  readonly composedAtMs: number;
}

/**
 * Reads the stamp of every frame that the page's video presents, whatever stream it shows; `read` gives what is new
 * since it was asked last, without frames that repeat a stamp or go back. Lasts as long as the page.
 */
export const recordStamps = async (
  page: Page,
  selector: string,
): Promise<{ read: () => Promise<Shown[]> }> => {
  await page.evaluate(
    ({ selector, size, cells, cellPx, widthPx, heightPx }) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      const canvas = new OffscreenCanvas(widthPx, heightPx);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (!video || !context) throw new Error(`no video at ${selector}`);
      let rows: { atMs: number; lumas: number[] }[] = [];
      const take = (): void => {
        video.requestVideoFrameCallback(take);
        const atMs = performance.timeOrigin + performance.now();
        const width = (video.videoWidth * widthPx) / size.width;
        const height = (video.videoHeight * heightPx) / size.height;
        context.drawImage(video, 0, 0, width, height, 0, 0, widthPx, heightPx);
        const { data } = context.getImageData(0, 0, widthPx, heightPx);
        const lumas = Array.from({ length: cells }, (_, cell) => {
          let sum = 0;
          for (let y = 6; y < 10; y += 1)
            for (let x = 6; x < 10; x += 1) sum += data[(y * widthPx + cell * cellPx + x) * 4 + 1]!;
          return sum / 16;
        });
        rows.push({ atMs, lumas });
      };
      video.requestVideoFrameCallback(take);
      (window as unknown as { stampRecorder: Recorder }).stampRecorder = {
        take: () => {
          const taken = rows;
          rows = [];
          return taken;
        },
      };
    },
    { selector, size, ...stampStrip },
  );
  let newestMs = 0;
  return {
    read: async () => {
      const rows = await page.evaluate(() =>
        (window as unknown as { stampRecorder: Recorder }).stampRecorder.take(),
      );
      return rows.flatMap(({ atMs, lumas }) => {
        const clear = lumas.every((luma) => luma < 96 || luma > 160);
        const stamp = clear ? decodeStamp(lumas.map((luma) => luma > 128)) : undefined;
        if (stamp === undefined) return [];
        const composedAtMs = Math.round(atMs) - stampAgeMs(stamp, Math.round(atMs));
        if (composedAtMs <= newestMs) return [];
        newestMs = composedAtMs;
        return [{ atMs, composedAtMs }];
      });
    },
  };
};

/** The longest time without a new frame that ended after `fromMs`. */
export const longestGap = (
  shown: readonly Shown[],
  fromMs: number,
): { readonly beganMs: number; readonly endedMs: number } => {
  let longest = { beganMs: fromMs, endedMs: fromMs };
  for (const [index, { atMs }] of shown.entries()) {
    const beganMs = shown[index - 1]?.atMs;
    if (beganMs === undefined || atMs < fromMs) continue;
    if (atMs - beganMs > longest.endedMs - longest.beganMs) longest = { beganMs, endedMs: atMs };
  }
  return longest;
};
