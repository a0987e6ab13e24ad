// The room behind a person, from the camera to the viewer's picture.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDocument, testSettings } from "./fixtures.ts";
import {
  cameraLayer,
  cameraSize as size,
  makePersonCamera,
  type PersonCamera,
  personPoints as person,
  roomPoints as room,
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

let camera: PersonCamera;
let viewers: Browser;
let studio: StudioApp;
let viewer: Page;

beforeAll(async () => {
  camera = await makePersonCamera();
  studio = await launchStudio({
    document: testDocument([cameraLayer()]),
    settings: testSettings,
    chromiumArgs: camera.chromiumArgs,
  });
  viewers = await launchViewers();
  viewer = (await openViewer(viewers, studio.viewerUrl)).page;
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  await camera?.remove();
});

const seen = (points: typeof person) => samplePicture(viewer, size, points);
const areNear = (found: readonly Rgb[], wanted: readonly Rgb[], tolerance = 30): boolean =>
  found.every((colour, at) => isNear(colour, wanted[at] ?? [0, 0, 0], tolerance));

let before: { readonly person: Rgb[]; readonly room: Rgb[] };

it("puts a colour where the room was, and leaves the person", async () => {
  const { page } = studio;
  await waitFor("her orange suit", async () => {
    const [, , suit] = await seen(person);
    return suit && suit[0] > suit[2] + 80;
  });
  before = { person: await seen(person), room: await seen(room) };
  expect(before.room.some((colour) => isNear(colour, green, 60))).toBe(false);
  await page
    .getByRole("list", { name: "来源" })
    .getByRole("button", { name: "camera" })
    .first()
    .click();
  await page.keyboard.press("Enter");
  const filters = page.getByRole("region", { name: "滤镜" });
  await filters.getByRole("button", { name: "添加滤镜" }).click();
  await page.getByRole("menuitem", { name: "背景虚化/替换" }).click();
  await filters.getByText("纯色", { exact: true }).first().click();
  await waitFor(
    "green behind her, and her as before",
    async () =>
      areNear(await seen(room), [green, green, green]) &&
      areNear(await seen(person), before.person),
    90_000,
  );
  await filters.getByText(/没有使用显卡/).waitFor();
});

it("shows the room before and after to the anchor alone", async () => {
  const { page } = studio;
  await page.getByRole("button", { name: "前后对比（观众看不到）" }).click();
  const line = page.getByRole("slider", { name: "前后分界线" });
  await line.waitFor();
  // The newest video of the stage is the one without filters.
  await waitFor("the room in the anchor's comparison", () =>
    page.evaluate(
      ({ size, point, wanted }) =>
        [...document.querySelectorAll("video")].some((video) => {
          const canvas = new OffscreenCanvas(size.width, size.height);
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context?.drawImage(video, 0, 0, size.width, size.height);
          const found = context?.getImageData(point.x, point.y, 1, 1).data ?? [];
          return wanted.every((part, at) => Math.abs(part - (found[at] ?? 999)) < 40);
        }),
      { size, point: { x: 40, y: 180 }, wanted: before.room[1] ?? [0, 0, 0] },
    ),
  );
  expect(areNear(await seen(room), [green, green, green])).toBe(true);
  await page.getByRole("button", { name: "前后对比（观众看不到）" }).click();
});

it("blurs the room, and shows it again without the filter", async () => {
  const { page } = studio;
  const filters = page.getByRole("region", { name: "滤镜" });
  await filters.getByText("虚化", { exact: true }).first().click();
  await waitFor("the room, blurred: neither green nor as it was", async () => {
    const [, flag] = await seen(room);
    const [, own] = before.room;
    return flag && own && !isNear(flag, green, 60) && areNear(await seen(person), before.person);
  });
  await filters.getByRole("switch", { name: "启用背景虚化/替换" }).click();
  await waitFor("the room", async () => areNear(await seen(room), before.room));
});
