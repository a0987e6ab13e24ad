import { type ChildProcess, spawn } from "node:child_process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";
import { testDocument, testSettings } from "./fixtures.ts";
import { launchStudio, type StudioApp, waitFor } from "./studio-app.ts";
import {
  isNear,
  launchViewers,
  openViewer,
  type Rgb,
  samplePicture,
  waitForPicture,
} from "./viewer.ts";

const size = { width: 640, height: 360 };
const windows: ChildProcess[] = [];

/** A real X11 window of one colour, without decorations. */
const showWindow = (title: string, hex: string, box: { x: number; y: number }): ChildProcess => {
  const child = spawn(
    "ffplay",
    `-loglevel error -noborder -window_title ${title} -left ${box.x} -top ${box.y} -x 400 -y 300 -f lavfi color=c=0x${hex}:s=400x300:r=10`.split(
      " ",
    ),
    { stdio: "ignore" },
  );
  windows.push(child);
  return child;
};

const addFromPicker = async (page: Page, kind: string, name: string) => {
  await page.getByRole("button", { name: "添加", exact: true }).click();
  await page.getByRole("menuitem", { name: kind, exact: true }).click();
  const picker = page.getByRole("dialog");
  await picker.getByRole("listitem").filter({ hasText: name }).first().getByRole("button").click();
  await picker.getByRole("button", { name: "使用" }).click();
};

let studio: StudioApp;
let viewers: Browser;

beforeAll(async () => {
  showWindow("anchor-test-magenta", "d020d0", { x: 20, y: 580 });
  studio = await launchStudio({ document: testDocument([]), settings: testSettings });
  viewers = await launchViewers();
});
afterAll(async () => {
  await viewers?.close();
  await studio?.close();
  for (const child of windows) child.kill();
});

const expectColour = async (page: Page, point: { x: number; y: number }, expected: Rgb) => {
  let seen: Rgb | undefined;
  await waitFor(`${expected.join()} at ${point.x},${point.y}`, async () => {
    [seen] = await samplePicture(page, size, [point]);
    return seen && isNear(seen, expected, 32);
  }).catch((error: unknown) => {
    throw new Error(`there is ${seen?.join()}`, { cause: error });
  });
};

it("captures the window and the screen that were chosen, as they are on the X11 display", async () => {
  const viewer = await openViewer(viewers, studio.viewerUrl);
  await studio.page.getByRole("button", { name: "开播", exact: true }).click();
  await waitForPicture(viewer.page);

  await addFromPicker(studio.page, "窗口", "anchor-test-magenta");
  await expectColour(viewer.page, { x: 320, y: 180 }, [0xd0, 0x20, 0xd0]);

  // 1440x900 fitted into 640x360 is 576x360, 32 px from the left. A window that opens now is on top of the display.
  await addFromPicker(studio.page, "屏幕", "");
  showWindow("anchor-test-orange", "e09020", { x: 900, y: 580 });
  await expectColour(
    viewer.page,
    { x: 32 + (1100 / 1440) * 576, y: (780 / 900) * 360 },
    [0xe0, 0x90, 0x20],
  );
});
