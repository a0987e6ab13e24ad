// Where finding people fails the room stays hidden, the anchor is told, and it comes back by itself.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FilterId } from "../../preload/contract/ids.ts";
import { type AppCopy, copyApp } from "./app-copy.ts";
import { testDocument, testSettings } from "./fixtures.ts";
import {
  cameraLayer,
  cameraSize,
  makePersonCamera,
  type PersonCamera,
  personPoints,
  roomPoints,
} from "./person-camera.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import {
  isNear,
  launchViewers,
  openViewer,
  type Rgb,
  samplePicture,
  waitForPicture,
} from "./viewer.ts";

const green: Rgb = [0, 0xb1, 0x40];
const black: Rgb = [0, 0, 0];

let camera: PersonCamera;
let app: AppCopy;
let models: ReadonlyMap<string, Uint8Array>;
let studio: StudioApp;
let viewers: Browser;
let viewer: Page;

beforeAll(async () => {
  camera = await makePersonCamera();
  app = await copyApp();
  const assets = join(app.directory, "out/renderer/assets");
  const names = (await readdir(assets)).filter((name) => name.endsWith(".tflite"));
  if (names.length !== 2) throw new Error(`models: ${names.join()}`);
  models = new Map(
    await Promise.all(
      names.map(async (name) => [join(assets, name), await readFile(join(assets, name))] as const),
    ),
  );
  for (const [path, bytes] of models) await writeFile(path, bytes.subarray(0, 1_000));
  studio = await launchStudio({
    document: testDocument([
      cameraLayer([
        {
          kind: "background",
          id: FilterId.parse("background"),
          enabled: true,
          mode: "colour",
          radiusPx: 32,
          pictureId: null,
          colour: "#00b140",
          edge: 0,
          softness: 0.3,
        },
      ]),
    ]),
    settings: testSettings,
    chromiumArgs: camera.chromiumArgs,
    packagedApp: app.directory,
  });
  viewers = await launchViewers();
  viewer = (await openViewer(viewers, studio.viewerUrl)).page;
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  await app?.remove();
  await camera?.remove();
});

/** The programme's track as the stage has it: another one where the compositor was made anew. */
const programmeTrack = (): Promise<string | undefined> =>
  studio.page
    .locator("video")
    .first()
    .evaluate((video) =>
      video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream
        ? video.srcObject.getVideoTracks()[0]?.id
        : undefined,
    );
const seen = (points: typeof roomPoints): Promise<Rgb[]> =>
  samplePicture(viewer, cameraSize, points);
/** Green, or nothing yet. */
const isHidden = (colour: Rgb): boolean => isNear(colour, green, 40) || isNear(colour, black, 40);
const notice = () => studio.page.getByRole("complementary", { name: "属性" }).getByRole("alert");
const mark = () =>
  studio.page.getByRole("list", { name: "来源" }).getByRole("img", { name: /^人像识别出错/ });

/** What should have been hidden. */
const shown: Rgb[] = [];
let track: string | undefined;
/** Looks at the viewer's picture until `holds`, and at all that is seen meanwhile. */
const watchUntil = async (
  what: string,
  points: typeof roomPoints,
  holds: () => boolean | Promise<boolean>,
): Promise<void> => {
  await waitFor(
    what,
    async () => {
      for (const colour of await seen(points)) if (!isHidden(colour)) shown.push(colour);
      return holds();
    },
    60_000,
  );
  expect(shown).toEqual([]);
};
it("hides person and room while the model cannot be loaded, try after try, and says so in words", async () => {
  const { page } = studio;
  const all = [...personPoints, ...roomPoints];
  await watchUntil("the mark at the camera's row", all, () => mark().isVisible());
  track = await programmeTrack();
  expect(track).toBeDefined();
  await page
    .getByRole("list", { name: "来源" })
    .getByRole("button", { name: "camera" })
    .first()
    .click();
  await page.keyboard.press("Enter");
  await watchUntil("the words at the filter", all, () => notice().isVisible());
  expect(await notice().textContent()).toBe("人像识别出错，整个画面已遮住，约 10 秒后自动重试。");
  // It is tried again, which fails as well: the mark stays.
  const endMs = Date.now() + 15_000;
  let wasGone = false;
  await watchUntil("another try and its end", all, async () => {
    wasGone ||= !(await mark().isVisible());
    return Date.now() > endMs;
  });
  expect(wasGone).toBe(false);
  for (const colour of await seen(all)) expect(isNear(colour, green, 40)).toBe(true);
  expect(await programmeTrack()).toBe(track);
});

it("shows the person, and still not the room, once the model can be loaded", async () => {
  for (const [path, bytes] of models) await writeFile(path, bytes);
  await watchUntil("her orange suit", roomPoints, async () => {
    const [, , suit] = await seen(personPoints);
    return suit !== undefined && suit[0] > suit[2] + 80;
  });
  await watchUntil("no mark", roomPoints, async () => !(await mark().isVisible()));
  expect(await notice().count()).toBe(0);
  expect(await programmeTrack()).toBe(track);
});
