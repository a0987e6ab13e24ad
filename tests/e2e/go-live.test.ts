import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { colour, testDocument, testPattern, testSettings } from "./fixtures.ts";
import { collectStamps } from "./stamps.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { isNear, launchViewers, openViewer, samplePicture, waitForPicture } from "./viewer.ts";

const size = { width: 640, height: 360 };
const document = testDocument([
  testPattern,
  colour("red", "#e02020", { x: 40, y: 120, width: 160, height: 160 }),
  // Above red, so the overlap is green.
  colour("green", "#20c020", { x: 120, y: 200, width: 160, height: 120 }),
  // Blue is 100x100, cropped to its right half, and scaled by 2 and 1.
  {
    ...colour("blue", "#2020e0", { x: 360, y: 160, width: 100, height: 100 }),
    scaleX: 2,
    crop: { left: 50, top: 0, right: 0, bottom: 0 },
  },
  { ...colour("hidden", "#ffffff", { x: 480, y: 260, width: 100, height: 60 }), visible: false },
  {
    id: "title",
    x: 320,
    y: 290,
    source: {
      kind: "text",
      text: "■■■■",
      sizePx: 40,
      weight: "bold",
      align: "left",
      colour: "#ffff00",
      background: "#000000",
      maxWidthPx: 300,
    },
  },
]);

let studio: StudioApp;
let viewers: Browser;

beforeAll(async () => {
  studio = await launchStudio({ document, settings: testSettings });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
});

it("brings what was composed to a viewer: its stamps, and every layer where the scene says", async () => {
  const viewer = await openViewer(viewers, studio.viewerUrl);
  await viewer.page.getByTestId("watch-state").filter({ hasText: "直播还没开始" }).waitFor();
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer.page);

  const [composed, received] = await Promise.all([
    collectStamps(studio.page, "video", 6_000),
    collectStamps(viewer.page, "[data-testid=watch-video]", 5_000),
  ]);
  expect(received.frames.length).toBeGreaterThan(60);
  expect(received.unreadable).toBeLessThanOrEqual(received.frames.length / 20);
  // Each received stamp is one that was composed, in the order of composing.
  const known = new Set(composed.frames.map(({ stamp }) => stamp));
  const first = composed.frames[0]!.stamp;
  const strangers = received.frames.filter(({ stamp }) => stamp > first && !known.has(stamp));
  expect(strangers).toEqual([]);
  const stamps = received.frames.map(({ stamp }) => stamp);
  expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
  expect(new Set(stamps).size).toBeGreaterThan(stamps.length * 0.8);

  const points = [
    { at: { x: 80, y: 160 }, is: [0xe0, 0x20, 0x20] },
    { at: { x: 160, y: 240 }, is: [0x20, 0xc0, 0x20] },
    { at: { x: 370, y: 170 }, is: [0x20, 0x20, 0xe0] },
    { at: { x: 448, y: 250 }, is: [0x20, 0x20, 0xe0] },
  ] as const;
  for (const { at, is } of points)
    await waitFor(`${is.join()} at ${at.x},${at.y}`, async () => {
      const [seen] = await samplePicture(viewer.page, size, [at]);
      return seen && isNear(seen, is);
    });
  // Just outside blue and where the hidden layer would be: not their colours.
  const [beside, hidden] = await samplePicture(viewer.page, size, [
    { x: 352, y: 200 },
    { x: 495, y: 275 },
  ]);
  expect(isNear(beside!, [0x20, 0x20, 0xe0])).toBe(false);
  expect(isNear(hidden!, [0xff, 0xff, 0xff])).toBe(false);
});
