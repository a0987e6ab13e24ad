import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Of a viewer's browser without a GPU. */
export const viewerArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--autoplay-policy=no-user-gesture-required",
] as const;

/**
 * A browser of a viewer; each viewer of it is a person of their own. `acceptedKey` is that of a certificate of which the
 * browser has warned and whose warning the viewer has answered: SHA-256 of its public key (SPKI), base64.
 */
export const launchViewers = (acceptedKey?: string): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["ANCHOR_CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      ...viewerArguments,
      ...(acceptedKey === undefined
        ? []
        : [`--ignore-certificate-errors-spki-list=${acceptedKey}`]),
    ],
  });

export interface Viewer {
  readonly page: Page;
  readonly context: BrowserContext;
}

export const openViewer = async (
  browser: Browser,
  url: string,
  size: { width: number; height: number } = { width: 1280, height: 720 },
): Promise<Viewer> => {
  const context = await browser.newContext({ viewport: size, locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(url);
  return { page, context };
};

const videoSelector = "[data-testid=watch-video]";

/** Resolves once the viewer's picture moves. */
export const waitForPicture = async (page: Page, limitMs = 30_000): Promise<void> => {
  await page.waitForFunction(
    (selector) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      return (
        video !== null &&
        video.videoWidth > 0 &&
        video.getVideoPlaybackQuality().totalVideoFrames > 5
      );
    },
    videoSelector,
    { timeout: limitMs },
  );
};

export type Rgb = readonly [number, number, number];

/** Mean colour of 8x8 pixels around each point of the viewer's picture; points in pixels of `width` x `height`. */
export const samplePicture = (
  page: Page,
  size: { width: number; height: number },
  points: readonly { x: number; y: number }[],
): Promise<Rgb[]> =>
  page.evaluate(
    ({ selector, size, points }) => {
      const video = document.querySelector<HTMLVideoElement>(selector);
      if (!video) throw new Error("no video");
      const canvas = new OffscreenCanvas(size.width, size.height);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (!context) throw new Error("no 2d context");
      context.drawImage(video, 0, 0, size.width, size.height);
      return points.map(({ x, y }) => {
        const { data } = context.getImageData(x - 4, y - 4, 8, 8);
        const sum = [0, 0, 0];
        for (let i = 0; i < data.length; i++) if (i % 4 < 3) sum[i % 4]! += data[i]!;
        return sum.map((value) => value / 64) as [number, number, number];
      });
    },
    { selector: videoSelector, size, points: [...points] },
  );

/** Whether two colours are alike after YUV 4:2:0 and an encoder. */
export const isNear = (actual: Rgb, expected: Rgb, tolerance = 24): boolean =>
  actual.every((value, i) => Math.abs(value - expected[i]!) <= tolerance);
