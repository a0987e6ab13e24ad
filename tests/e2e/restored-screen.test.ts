import { afterAll, beforeAll, it } from "vitest";
import { testDocument, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";

let studio: StudioApp;

beforeAll(async () => {
  studio = await launchStudio({
    document: testDocument([
      {
        id: "screen",
        x: 0,
        y: 0,
        source: { kind: "screen", captureId: "screen:0:0", displayName: "" },
      },
    ]),
    settings: testSettings,
  });
});
afterAll(async () => {
  await studio?.close();
});

it("opens the screen of the saved scene again at the next start, without a click", async () => {
  // Playwright's own evaluate counts as a click of the user; the protocol's does not.
  const protocol = await studio.page.context().newCDPSession(studio.page);
  const look = `(() => {
    const video = document.querySelector("video");
    if (!video?.videoWidth) return false;
    const context = new OffscreenCanvas(64, 36).getContext("2d");
    context.drawImage(video, 0, 0, 64, 36);
    return context.getImageData(0, 0, 64, 36).data.some((value, i) => i % 4 < 3 && value > 60);
  })()`;
  await waitFor("the screen's picture on the stage", async () => {
    const { result } = await protocol.send("Runtime.evaluate", { expression: look });
    return result.value === true;
  });
});
