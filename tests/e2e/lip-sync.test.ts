import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flashRect } from "../../renderer/capture/kinds/test-pattern/fills.ts";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { quantile } from "./stamps.ts";
import { launchStudio, type StudioApp } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

let studio: StudioApp;
let viewers: Browser;

beforeAll(async () => {
  studio = await launchStudio({ document: testDocument([testPattern]), settings: testSettings });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
});

it("lets the viewer hear the beep in step with the flash", async () => {
  const viewer = await openViewer(viewers, studio.viewerUrl);
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer.page);
  await viewer.page.waitForTimeout(5_000);

  const { beeps, flashes } = await viewer.page.evaluate(
    async (flash) => {
      const video = document.querySelector<HTMLVideoElement>("[data-testid=watch-video]");
      if (!video) throw new Error("no video");
      const now = () => performance.timeOrigin + performance.now();
      const beeps: number[] = [];
      const flashes: number[] = [];

      const audio = new AudioContext({ sampleRate: 48_000 });
      const analyser = audio.createAnalyser();
      analyser.fftSize = 512;
      audio.createMediaStreamSource(video.srcObject as MediaStream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let loud = false;
      const listening = setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const at = samples.findIndex((value) => Math.abs(value) > 0.05);
        // The newest sample is now; the beep began at the first loud one of the window.
        if (at >= 0 && !loud) beeps.push(now() - ((samples.length - at) / 48_000) * 1_000);
        loud = at >= 0;
      }, 4);

      const probe = new OffscreenCanvas(1, 1);
      const context = probe.getContext("2d", { willReadFrequently: true });
      if (!context) throw new Error("no 2d context");
      let lit = false;
      const onFrame: VideoFrameRequestCallback = (_, metadata) => {
        context.drawImage(video, flash.x, flash.y, flash.width, flash.height, 0, 0, 1, 1);
        const bright = context.getImageData(0, 0, 1, 1).data[1]! > 128;
        if (bright && !lit) flashes.push(performance.timeOrigin + metadata.presentationTime);
        lit = bright;
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
      await new Promise((done) => setTimeout(done, 22_000));
      clearInterval(listening);
      await audio.close();
      return { beeps, flashes };
    },
    flashRect(640, 360),
  );

  const offsets = flashes.flatMap((shownMs) => {
    const nearest = beeps.toSorted((a, b) => Math.abs(a - shownMs) - Math.abs(b - shownMs))[0];
    return nearest !== undefined && Math.abs(nearest - shownMs) < 500 ? [nearest - shownMs] : [];
  });
  expect(offsets.length).toBeGreaterThanOrEqual(20);
  expect(Math.abs(quantile(offsets, 0.5))).toBeLessThan(100);
});
