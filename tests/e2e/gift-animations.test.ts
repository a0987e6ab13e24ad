import { resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeAppWithGifts } from "./app-with-gifts.ts";
import { alerts, colour, testDocument, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { launchViewers, openViewer, samplePicture, waitForPicture } from "./viewer.ts";

const size = { width: 640, height: 360 };
const background = [0x50, 0x50, 0x50] as const;
let app: Awaited<ReturnType<typeof makeAppWithGifts>>;
let studio: StudioApp;
let viewers: Browser;
let viewer: Page;

beforeAll(async () => {
  app = await makeAppWithGifts(resolve(import.meta.dirname, "../fixtures/gifts"));
  const document = testDocument([colour("background", "#505050", { x: 0, y: 0, ...size }), alerts]);
  studio = await launchStudio({ document, settings: testSettings, packagedApp: app.directory });
  viewers = await launchViewers();
  viewer = (await openViewer(viewers, studio.viewerUrl, { width: 390, height: 844 })).page;
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
  await viewer.getByTestId("gifts-open").click();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  await app?.remove();
});

/** Colours at 32 x 18 points of the viewer's picture. */
const picture = (): ReturnType<typeof samplePicture> =>
  samplePicture(
    viewer,
    size,
    Array.from({ length: 32 * 18 }, (_, index) => ({
      x: 10 + (index % 32) * 20,
      y: 10 + Math.floor(index / 32) * 19,
    })),
  );
/** The fixtures have all of it in some of their pictures; nothing that is drawn for a gift without an animation has. */
const countBlue = async (): Promise<number> =>
  (await picture()).filter(([red, green, blue]) => blue > 150 && red < 100 && green < 110).length;
const countForeign = async (): Promise<number> =>
  (await picture()).filter((rgb) =>
    rgb.some((value, index) => Math.abs(value - (background[index] ?? 0)) > 30),
  ).length;

const skip = async (): Promise<void> => {
  await studio.page.getByRole("button", { name: /^跳过/ }).click();
  await waitFor("the alert to end", async () => (await countForeign()) === 0);
};

it.each(["webp", "apng", "avif", "lottie", "dotlottie", "svga", "vap", "halves"])(
  "a viewer's gift with an animation (%s) is seen in the programme",
  async (giftId) => {
    await viewer.getByTestId(`gift-${giftId}`).click();
    await waitFor("the animation's colour", async () => (await countBlue()) >= 4);
    await skip();
  },
);

it("an animation's sound is heard by viewers, in place of the chime", async () => {
  await viewer.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>("[data-testid=watch-video]");
    const [track] = (video?.srcObject as MediaStream | null)?.getAudioTracks() ?? [];
    if (!track) throw new Error("no sound");
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8_192 });
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(
      analyser,
    );
    const bins = new Uint8Array(analyser.frequencyBinCount);
    (globalThis as { loudestHertz?: () => number }).loudestHertz = () => {
      analyser.getByteFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins));
      return (bins[loudest] ?? 0) < 80 ? 0 : (loudest * context.sampleRate) / analyser.fftSize;
    };
  });
  await viewer.getByTestId("gift-sounding").click();
  // No bell of the chime has it.
  await waitFor("a sine of 440 Hz", () =>
    viewer.evaluate(
      () =>
        Math.abs((globalThis as unknown as { loudestHertz(): number }).loudestHertz() - 440) < 8,
    ),
  );
  await skip();
});

it("a gift whose file is broken is thanked all the same, and the anchor is told why", async () => {
  await viewer.getByTestId("gift-broken").click();
  await waitFor("the usual design", async () => (await countForeign()) > 40);
  expect(await countBlue()).toBe(0);
  const mark = studio.page.getByRole("button", { name: "1 个礼物动画或声音无法使用" });
  await mark.click();
  const told = studio.page.getByRole("listitem").filter({ hasText: "broken.mp4" });
  await told.getByText("动画文件已损坏").waitFor();
  await studio.page.keyboard.press("Escape");
});
