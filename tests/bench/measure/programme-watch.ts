import type { Page } from "playwright-core";

/** What is kept of the newest frames: one pixel of brightness of eight by eight. */
const keptFrames = 150;

/** In the page, as `benchProgramme`. */
interface Watch {
  /** Of the frames that came since the last call: how many were new, and in how many seconds. */
  takeRate(): { readonly newFrames: number; readonly seconds: number };
  /**
   * Milliseconds from `sentMs` (of the epoch) to the first frame in which half of what has come and stands still from 0.9
   * seconds on, until now, is there at least by half. Undefined where nothing came.
   */
  delayOf(sentMs: number): number | undefined;
  /** Does the newest frame look like the first one? */
  isAsAtFirst(): boolean;
  /** The window's own drawing since the last call. */
  takeUi(): { readonly frames: number; readonly over50Ms: number };
}
type BenchWindow = typeof globalThis & { benchProgramme: Watch };

/** Begins to read the programme's track and the window's own rate. The programme has a stamp in its top left corner. */
export const watchProgramme = (page: Page): Promise<void> =>
  page.evaluate((kept) => {
    const video = document.querySelector<HTMLVideoElement>("video");
    const track = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0];
    if (!track) throw new Error("no programme");
    const reader = new MediaStreamTrackProcessor({
      track: track.clone(),
      maxBufferSize: 30,
    }).readable.getReader();
    const frames: { atMs: number; lumas: Uint8Array }[] = [];
    let first: Uint8Array | undefined;
    let stamp = "";
    let newFrames = 0;
    let sinceMs = performance.now();
    let bytes = new Uint8Array();
    const read = async (): Promise<void> => {
      for (;;) {
        const { value: frame, done } = await reader.read();
        if (done) return;
        const atMs = Date.now();
        const width = frame.codedWidth;
        const height = frame.codedHeight;
        const size = frame.allocationSize();
        if (bytes.length < size) bytes = new Uint8Array(size);
        await frame.copyTo(bytes);
        frame.close();
        let bits = "";
        for (let cell = 0; cell < 32; cell += 1) bits += bytes[8 * width + 16 * cell + 8]! > 128;
        if (bits !== stamp) newFrames += 1;
        stamp = bits;
        const lumas = new Uint8Array((width >> 3) * (height >> 3));
        let at = 0;
        for (let y = 4; y + 4 <= height; y += 8)
          for (let x = 4; x + 4 <= width; x += 8) lumas[at++] = y < 24 ? 0 : bytes[y * width + x]!;
        first ??= lumas;
        frames.push({ atMs, lumas });
        if (frames.length > kept) frames.shift();
      }
    };
    void read();
    let uiFrames = 0;
    let over50Ms = 0;
    let drawnMs = performance.now();
    const draw = (): void => {
      const nowMs = performance.now();
      uiFrames += 1;
      if (nowMs - drawnMs > 50) over50Ms += 1;
      drawnMs = nowMs;
      requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
    (globalThis as BenchWindow).benchProgramme = {
      takeRate: () => {
        const nowMs = performance.now();
        const rate = { newFrames, seconds: (nowMs - sinceMs) / 1_000 };
        newFrames = 0;
        sinceMs = nowMs;
        return rate;
      },
      takeUi: () => {
        const ui = { frames: uiFrames, over50Ms };
        uiFrames = 0;
        over50Ms = 0;
        return ui;
      },
      isAsAtFirst: () => {
        const newest = frames.at(-1)?.lumas;
        const before = first;
        if (!newest || !before) return false;
        return newest.filter((luma, at) => Math.abs(luma - before[at]!) > 12).length < 10;
      },
      delayOf: (sentMs) => {
        const before = frames.findLast(({ atMs }) => atMs < sentMs)?.lumas;
        const after = frames.filter(({ atMs }) => atMs >= sentMs);
        const rest = after
          .filter(({ atMs }, index) => atMs > sentMs + 900 && index % 3 === 0)
          .map(({ lumas }) => lumas);
        if (!before || rest.length === 0) return undefined;
        const changes: { at: number; change: number }[] = [];
        for (let at = 0; at < before.length; at += 1) {
          const values = rest.map((lumas) => lumas[at]!).toSorted((a, b) => a - b);
          const change = values[values.length >> 1]! - before[at]!;
          const standsStill = (values.at(-1) ?? 0) - (values[0] ?? 0) <= 10;
          if (standsStill && Math.abs(change) > 20) changes.push({ at, change });
        }
        if (changes.length < 60) return undefined;
        const covered = after.find(({ lumas }) => {
          const there = changes.filter(
            ({ at, change }) => (lumas[at]! - before[at]!) / change >= 0.5,
          );
          return there.length * 2 >= changes.length;
        });
        return covered && covered.atMs - sentMs;
      },
    };
  }, keptFrames);

export const takeRate = (page: Page): Promise<ReturnType<Watch["takeRate"]>> =>
  page.evaluate(() => (globalThis as BenchWindow).benchProgramme.takeRate());

export const isAsAtFirst = (page: Page): Promise<boolean> =>
  page.evaluate(() => (globalThis as BenchWindow).benchProgramme.isAsAtFirst());

export const takeUi = (page: Page): Promise<ReturnType<Watch["takeUi"]>> =>
  page.evaluate(() => (globalThis as BenchWindow).benchProgramme.takeUi());

export const delayOf = (page: Page, sentMs: number): Promise<number | undefined> =>
  page.evaluate((ms) => (globalThis as BenchWindow).benchProgramme.delayOf(ms), sentMs);
