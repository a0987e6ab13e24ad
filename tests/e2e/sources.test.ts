import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDocument, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import { isNear, launchViewers, openViewer, samplePicture, waitForPicture } from "./viewer.ts";

const size = { width: 640, height: 360 };
let folder: string;
let studio: StudioApp;
let viewers: Browser;
let viewer: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "anchor-pictures-"));
  // A voice for the fake microphone: syllables, as a steady tone would be taken for noise and suppressed.
  const voice = join(folder, "voice.wav");
  execFileSync("ffmpeg", [
    ..."-loglevel error -f lavfi -i".split(" "),
    "aevalsrc=0.4*(sin(2*PI*160*t)+sin(2*PI*480*t)+sin(2*PI*1100*t))*max(0\\,sin(2*PI*3*t)):d=8:s=48000",
    voice,
  ]);
  studio = await launchStudio({
    document: testDocument([]),
    settings: testSettings,
    chromiumArgs: [
      "--use-fake-device-for-media-stream=device-count=2,fps=30",
      `--use-file-for-fake-audio-capture=${voice}`,
    ],
  });
  viewers = await launchViewers();
  viewer = (await openViewer(viewers, studio.viewerUrl)).page;
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer);
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  await rm(folder, { recursive: true, force: true });
});

const add = async (...path: string[]): Promise<void> => {
  await studio.page.getByRole("button", { name: "添加", exact: true }).click();
  for (const name of path) await studio.page.getByRole("menuitem", { name }).first().click();
};

const addPicture = async (file: string): Promise<void> => {
  const chooser = studio.page.waitForEvent("filechooser");
  await add("图片");
  await (await chooser).setFiles(file);
};

const centre = async () => (await samplePicture(viewer, size, [{ x: 320, y: 180 }]))[0]!;

it("shows a camera, and then tells the real encoder", async () => {
  expect(isNear(await centre(), [0, 0, 0])).toBe(true);
  await add("摄像头", "fake_device_0");
  // Chromium's fake camera is a green picture with a pacman on it.
  await waitFor("the camera's green", async () => {
    const [corner] = await samplePicture(viewer, size, [{ x: 200, y: 60 }]);
    return corner && corner[1] > corner[0] + 40 && corner[1] > 80;
  });
  await studio.page.getByText(/OpenH264/).waitFor();
});

it("hears a microphone, and says so when it speaks while muted", async () => {
  await add("麦克风", "Fake Audio Input 1");
  const mute = studio.page
    .getByRole("button", { name: "静音: Fake Audio Input 1", exact: true })
    .first();
  await mute.click();
  await studio.page.getByText("你正在说话，但已静音").first().waitFor();
  await studio.page.getByRole("button", { name: "取消静音: Fake Audio Input 1" }).first().click();
  await studio.page.getByText("你正在说话，但已静音").waitFor({ state: "detached" });
});

it("takes in a picture, and refuses what is none in words", async () => {
  const good = join(folder, "orange.png");
  execFileSync("ffmpeg", [
    ..."-loglevel error -f lavfi -i color=c=0xe08020:s=640x360 -frames:v 1".split(" "),
    good,
  ]);
  await addPicture(good);
  await waitFor("the picture in the programme", async () =>
    isNear(await centre(), [0xe0, 0x80, 0x20]),
  );

  const broken = join(folder, "broken.png");
  await writeFile(broken, "not a picture");
  await addPicture(broken);
  await studio.page.getByText("broken.png: 这不是可用的图片").waitFor();
  expect(isNear(await centre(), [0xe0, 0x80, 0x20])).toBe(true);
});

it("moves, hides and deletes by mouse and keyboard what is on the stage", async () => {
  // The picture lies on top and is selected; its row follows the stage.
  const stage = await studio.page.locator("video").boundingBox();
  if (!stage) throw new Error("no stage");
  const scale = stage.width / size.width;
  const at = (x: number, y: number) => ({ x: stage.x + x * scale, y: stage.y + y * scale });
  const from = at(320, 180);
  const to = at(320 + 400, 180);
  await studio.page.mouse.click(from.x, from.y);
  await studio.page.mouse.move(from.x, from.y);
  await studio.page.mouse.down();
  await studio.page.mouse.move(to.x, to.y, { steps: 8 });
  await studio.page.mouse.up();
  // Its left edge is now at 400: the camera is seen again in the centre.
  await waitFor(
    "the picture to have moved",
    async () => !isNear(await centre(), [0xe0, 0x80, 0x20]),
  );
  const right = async () => (await samplePicture(viewer, size, [{ x: 560, y: 180 }]))[0]!;
  await waitFor("the picture at the right", async () => isNear(await right(), [0xe0, 0x80, 0x20]));

  await studio.page.keyboard.press("h");
  await waitFor("the picture to be hidden", async () => !isNear(await right(), [0xe0, 0x80, 0x20]));
  await studio.page.keyboard.press("h");
  await waitFor("the picture to be back", async () => isNear(await right(), [0xe0, 0x80, 0x20]));
  for (let i = 0; i < 20; i += 1) await studio.page.keyboard.press("Shift+ArrowRight");
  await waitFor("it to be nudged away", async () => !isNear(await right(), [0xe0, 0x80, 0x20]));
  await studio.page.keyboard.press("Delete");
  await studio.page.getByText("orange", { exact: true }).waitFor({ state: "detached" });
});
