import { expect, it } from "vitest";
import { testDocument, testPattern, testSettings } from "./fixtures.ts";
import { collectStamps } from "./stamps.ts";
import { launchStudio } from "./studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "./viewer.ts";

it.each([
  ["vp8", "VP8"],
  ["vp8Simulcast", "VP8"],
  ["vp9", "VP9"],
  ["av1", "AV1"],
] as const)("broadcasts in %s by choice", async (profile, codec) => {
  const studio = await launchStudio({
    document: testDocument([testPattern]),
    settings: { ...testSettings, video: { profile, bitrateBps: 800_000 } },
  });
  const viewers = await launchViewers();
  try {
    const viewer = await openViewer(viewers, studio.viewerUrl);
    await studio.page.getByRole("button", { name: "开播", exact: true }).click();
    await waitForPicture(viewer.page);
    await studio.page.getByText(new RegExp(codec)).first().waitFor();
    // The lower layer of simulcast is too small for the stamp's cells: wait for the full one.
    await viewer.page.waitForFunction(
      () =>
        document.querySelector<HTMLVideoElement>("[data-testid=watch-video]")?.videoWidth === 640,
    );
    const { frames } = await collectStamps(viewer.page, "[data-testid=watch-video]", 3_000);
    expect(frames.length).toBeGreaterThan(30);
  } finally {
    await viewers.close();
    await studio.close();
  }
});
